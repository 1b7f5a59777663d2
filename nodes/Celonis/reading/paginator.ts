import { formatTimestamp } from '../records/timestamp';
import type { TimeWindow } from '../records/timeWindow';
import { getServerTime, type HttpResponse } from '../http/response';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { Query } from '../http/request';

/** A page of the log, as received. */
export interface LogPage {
	readonly records: readonly unknown[];
	/** How many records a full page has. */
	readonly pageSize: number;
	/** The server's time when it responded, in whole seconds as epoch milliseconds. */
	readonly serverTimeMs: number;
	/** The server's time before it read the log for this page: what is older was visible then. */
	readonly readSinceMs: number;
	/** How many records the window has in all, if the API counts them. */
	readonly total?: number;
	/** Whether no page follows. */
	readonly isLast: boolean;
}

/** What part of the log to read. Without bounds: all of it. */
export interface PageRequest {
	readonly window?: Partial<TimeWindow>;
	/** Records per page; by default the maximum of the API version. */
	readonly pageSize?: number;
}

/**
 * Reads a part of the log page by page, in the server's order, which is not known. A page is fetched
 * only when it is requested, so the consumer may stop at any time. A page may have records just
 * outside of the window. Throws a `CelonisError`; the pages before it are not the whole window.
 */
export type Paginator = (request?: PageRequest) => AsyncIterable<LogPage>;

/**
 * The window as query parameters. It is not documented whether the server's bounds are inclusive: one
 * millisecond more at the start covers both cases, and `parsePage` drops the surplus.
 */
export function buildWindowQuery({ fromMs, toMs }: Partial<TimeWindow> = {}): Query {
	return {
		from: fromMs === undefined ? undefined : formatTimestamp(fromMs - 1),
		to: toMs === undefined ? undefined : formatTimestamp(toMs),
	};
}

/** The list of records in a response, and the fields next to it. Status 204 is an empty list. */
export function parseListing(
	api: ApiName,
	response: HttpResponse,
): {
	records: unknown[];
	fields: Record<string, unknown>;
} {
	if (response.status === 204) return { records: [], fields: {} };
	const { body } = response;
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	const fields = isObject ? (body as Record<string, unknown>) : {};
	const records = findList(fields);
	if (!records) throw new CelonisError('unexpectedJson', { api });
	return { records, fields };
}

/**
 * When the server responded, and a moment before it read the log, both by the server's clock. Without
 * that clock, neither a cursor nor a snapshot is possible.
 */
export function getServerTimes(
	api: ApiName,
	response: HttpResponse,
): Pick<LogPage, 'serverTimeMs' | 'readSinceMs'> {
	const serverTimeMs = getServerTime(response);
	if (serverTimeMs === undefined) throw new CelonisError('missingDate', { api });
	return { serverTimeMs, readSinceMs: serverTimeMs - response.durationMs };
}

/** `content`; or the only list in the response, since the field is not documented for version 2. */
function findList(fields: Record<string, unknown>): unknown[] | undefined {
	if (Array.isArray(fields.content)) return fields.content;
	const lists = Object.values(fields).filter((value) => Array.isArray(value));
	return lists.length === 1 ? lists[0] : undefined;
}
