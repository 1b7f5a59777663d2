import { CelonisError } from '../errors/celonisError';
import type { LogRecord } from '../records/record';
import type { OpenWindow, TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { findOpenEnd, type OpenEnd } from './clockReading';
import { openPages } from './fetchSlice';
import type { LogPage } from './paginator';
import { parsePage } from './parsePage';
import type { Prefetcher } from './prefetch';

/** The first page of a window. */
export interface FirstPage {
	readonly page: LogPage;
	/** Its records that lie in the window. */
	readonly records: readonly LogRecord[];
	/** The pages after it. None of them was fetched yet. */
	readonly nextPages: Prefetcher<LogPage>;
}

/** Fetches the first page of a window. If it is also the last one, its records are all there are. */
export async function fetchFirstPage(
	log: EventLog,
	{ fromMs, toMs }: OpenWindow,
): Promise<FirstPage> {
	const nextPages = openPages(log, { fromMs, toMs });
	const page = await nextPages.next();
	if (!page) throw new CelonisError('emptyResponse', { api: log.api });
	const records = parsePage(page, { fromMs, toMs: toMs ?? Infinity });
	return { page, records, nextPages };
}

/** Where to close a window that is open up to now, by its first page. */
export function getOpenEnd({ page, records }: Pick<FirstPage, 'page' | 'records'>): OpenEnd {
	return findOpenEnd(page.clocks, getNewestMs(records));
}

/**
 * Closes a window that is open up to now. Where the clocks differ, the time between them is a window of
 * its own: it is probably empty, and costs one request then.
 */
export function closeWindow(
	{ fromMs, toMs }: OpenWindow,
	first: FirstPage,
): { readonly whole: TimeWindow; readonly tail?: TimeWindow } {
	if (toMs !== undefined) return { whole: { fromMs, toMs } };
	const { likelyMs, latestMs } = getOpenEnd(first);
	const whole = { fromMs, toMs: Math.max(likelyMs, fromMs + 1) };
	return latestMs > whole.toMs
		? { whole, tail: { fromMs: whole.toMs, toMs: latestMs } }
		: { whole };
}

/** The timestamp of the newest record, in epoch milliseconds; `-Infinity` without records. */
export function getNewestMs(records: readonly LogRecord[]): number {
	return records.reduce(
		(newest, { timestampMs, problem }) => (problem ? newest : Math.max(newest, timestampMs)),
		-Infinity,
	);
}
