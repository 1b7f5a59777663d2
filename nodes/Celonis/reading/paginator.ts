import type { TimeWindow } from '../records/timeWindow';
import type { ClockReading } from './clockReading';
import { getServerTime, type HttpResponse } from '../http/response';

/** A page of the log, as received. */
export interface LogPage {
	readonly records: readonly unknown[];
	/** How many records were requested. */
	readonly pageSize: number;
	readonly clocks: ClockReading;
	/** How many records the window has in all, if the API seems to count them. */
	readonly total?: number;
	/** Whether no page follows. */
	readonly isLast: boolean;
	/** Whether the pages after this one are requested in parallel: see `PageRequest`. */
	readonly isRestParallel?: boolean;
}

/** What part of the log to read. Without bounds: all of it. */
export interface PageRequest {
	readonly window?: Partial<TimeWindow>;
	/** Records per page at most; by default the maximum of the API version. */
	readonly pageSize?: number;
	/**
	 * If all pages are needed: how many of them to request in parallel; 0 once the read is stopped. It is
	 * done where the API numbers its pages and counts its records, so that pages that shift meanwhile are
	 * noticed.
	 */
	readonly getParallelPages?: () => number;
}

/**
 * Reads a part of the log page by page, in the server's order, which is not known. A page is fetched
 * only when it is requested, so the consumer may stop at any time. A page may have records just
 * outside of the window. Throws a `CelonisError`; the pages before it are not the whole window.
 */
export type Paginator = (request?: PageRequest) => AsyncIterable<LogPage>;

/** What the clocks showed around a response. */
export function readClocks(response: HttpResponse): ClockReading {
	const { sentAtMs, durationMs } = response;
	return { serverMs: getServerTime(response), machineMs: sentAtMs, durationMs };
}
