import { formatTimestamp } from '../records/timestamp';
import type { TimeWindow } from '../records/timeWindow';
import { getServerTime, type HttpResponse } from '../http/response';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { Query } from '../http/request';

/** A page of the log as it came. */
export interface LogPage {
	readonly records: readonly unknown[];
	/** How many records a full page has. */
	readonly pageSize: number;
	/** The server's time when it answered, in whole seconds as epoch milliseconds. */
	readonly serverTimeMs: number;
	/** The server's time before it read the log for this page: what is older was visible then. */
	readonly readSinceMs: number;
	/** How many records the window holds in all, where the API tells. */
	readonly total?: number;
	/** Nothing comes after this page. */
	readonly isLast: boolean;
}

/** What part of the log to read. Without bounds: all of it. */
export interface PageRequest {
	readonly window?: Partial<TimeWindow>;
	/** Records a page; the most that the API version allows where it is not given. */
	readonly pageSize?: number;
}

/**
 * Reads a part of the log page by page, in the server's order, which is not known. Stop when you
 * like: a page is fetched only when it is asked for. Records just outside of the window may come.
 * Throws a `CelonisError`; after one the pages read so far don't make the window.
 */
export type Paginator = (request?: PageRequest) => AsyncIterable<LogPage>;

/**
 * The window as query parameters. Whether the server's bounds are inclusive is not documented: one
 * millisecond more at the start covers both readings, the reader drops what is too much.
 */
export function buildWindowQuery({ fromMs, toMs }: Partial<TimeWindow> = {}): Query {
	return {
		from: fromMs === undefined ? undefined : formatTimestamp(fromMs - 1),
		to: toMs === undefined ? undefined : formatTimestamp(toMs),
	};
}

/** The list of records in an answer, and what stands beside it. Status 204 is an empty list. */
export function parseListing(
	api: ApiName,
	answer: HttpResponse,
): {
	records: unknown[];
	fields: Record<string, unknown>;
} {
	if (answer.status === 204) return { records: [], fields: {} };
	const { body } = answer;
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	const fields = isObject ? (body as Record<string, unknown>) : {};
	const records = findList(fields);
	if (!records) throw new CelonisError('unexpectedJson', { api });
	return { records, fields };
}

/**
 * When a page was served, and since when at the latest it was being read, both by the server's
 * clock; without it neither a cursor nor a pinned window is possible.
 */
export function getServerTimes(
	api: ApiName,
	answer: HttpResponse,
): Pick<LogPage, 'serverTimeMs' | 'readSinceMs'> {
	const serverTimeMs = getServerTime(answer);
	if (serverTimeMs === undefined) throw new CelonisError('missingDate', { api });
	return { serverTimeMs, readSinceMs: serverTimeMs - answer.durationMs };
}

/** `content`; or, since version 2 does not document its name, the only list in the answer. */
function findList(fields: Record<string, unknown>): unknown[] | undefined {
	if (Array.isArray(fields.content)) return fields.content;
	const lists = Object.values(fields).filter((value) => Array.isArray(value));
	return lists.length === 1 ? lists[0] : undefined;
}
