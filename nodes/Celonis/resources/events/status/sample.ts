import type { EventLog } from '../../../reading/eventLog';
import { rethrow } from '../../../errors/rethrow';
import { parsePage } from '../../../reading/parsePage';
import { TooManyRequests } from './requestMeter';

/** The first pages of a window that ends with the newest event. */
export interface Sample {
	/** Timestamps of its events in the server's order, epoch milliseconds. */
	readonly times: readonly number[];
	/** How many events the window has at least. */
	readonly minCount: number;
	/** Whether these are all events of the window. */
	readonly isComplete: boolean;
	/** Whether the newest event is certainly among them. */
	readonly hasNewest: boolean;
}

/** What part of the log to sample. */
export interface SampleRequest {
	/** Start of the window; the beginning of the log by default. */
	readonly fromMs?: number;
	readonly maxPages: number;
	/** Whether a further page may be requested. */
	canContinue(): boolean;
}

/**
 * Reads the first pages of a window. The server's order is not documented: if it is not newest first,
 * further pages would not lead to the newest event, and one page is read.
 */
export async function fetchSample(
	{ pages }: EventLog,
	{ fromMs = -Infinity, maxPages, canContinue }: SampleRequest,
): Promise<Sample> {
	const window = { fromMs, toMs: Infinity };
	const times: number[] = [];
	let pageCount = 0;
	let minCount = 0;
	try {
		for await (const page of pages({ window: fromMs === -Infinity ? {} : { fromMs } })) {
			for (const { problem, timestampMs } of parsePage(page, window)) {
				if (!problem) times.push(timestampMs);
			}
			// A count of records, or one of pages.
			minCount = Math.max(times.length, page.total ?? 0);
			if (page.isLast) return { times, minCount: times.length, isComplete: true, hasNewest: true };
			const isUseful = times.length === 0 || isNewestFirst(times);
			if (++pageCount >= maxPages || !isUseful || !canContinue()) break;
		}
	} catch (error) {
		if (!(error instanceof TooManyRequests) || pageCount === 0) throw rethrow(error);
	}
	return { times, minCount, isComplete: false, hasNewest: isNewestFirst(times) };
}

/** Counts the events of a window by the API's own count; `undefined` if it has none. */
export async function fetchCount({ pages }: EventLog, fromMs: number): Promise<number | undefined> {
	// Whether `totalCount` counts records or pages is not known. With one record on each page, it is
	// the same.
	for await (const { total, records } of pages({ window: { fromMs }, pageSize: 1 })) {
		return total === undefined ? undefined : Math.max(total, records.length);
	}
	return undefined;
}

function isNewestFirst(times: readonly number[]): boolean {
	const isDescending = times.every((ms, index) => index === 0 || ms <= (times[index - 1] ?? ms));
	return isDescending && (times[0] ?? 0) > (times[times.length - 1] ?? 0);
}
