import { assignEventIds, type LogEvent } from '../records/eventId';
import { createPaginationGuard, PAGINATION_LIMITS } from './paginationGuard';
import type { EventLog } from './eventLog';
import { splitWindow, TARGET_PAGES_PER_SLICE } from './splitWindow';
import { describeFirstPage, fetchSlice } from './readSlice';
import { fromEnd, type End } from './readEnd';
import {
	snapshotEnd,
	fetchFirstPage,
	fetchWindow,
	retryOnPageShift,
	type OpenWindow,
} from './readWindow';
import { runPool } from './pool';

/** A slice with more is cut, so that no worker is left with much to do when the others are done. */
const MOST_PAGES_A_SLICE = 2 * TARGET_PAGES_PER_SLICE;

/** How to read all of a window. */
export interface ReadingOfAll<T> {
	/** How many slices are read at once. */
	readonly concurrency: number;
	/** The end of the window that comes first. */
	readonly end: End;
	/** What is made of the events of a slice, while others are still being read. */
	readonly make: (events: LogEvent[]) => T[];
}

/**
 * Reads a window to its end, as several slices of time at once, and gives what is made of them in
 * their order. A window of one page costs one request. How many pages are to come is judged by the
 * first page of the window and of each slice: the log may be quiet at night and busy by day. Slices
 * are cut between milliseconds, so that records which share their content and moment stay together.
 */
export async function readAll<T>(
	log: EventLog,
	{ fromMs, toMs }: OpenWindow,
	{ concurrency, end, make }: ReadingOfAll<T>,
): Promise<T[]> {
	const makeAll = (events: LogEvent[]) => make(fromEnd(events, end));
	// One page after the other, nothing has to be known of a closed window.
	const isChain = concurrency === 1 && toMs !== undefined;
	if (isChain) return makeAll(await fetchWindow(log, { fromMs, toMs }));
	const { records, page } = await fetchFirstPage(log.pages, { fromMs, toMs });
	if (page.isLast) return makeAll(assignEventIds(records, log.identityFields));

	const whole = { fromMs, toMs: toMs ?? snapshotEnd(page) };
	if (concurrency === 1) return makeAll(await fetchWindow(log, whole));
	const count = createPaginationGuard({
		...PAGINATION_LIMITS,
		maxPages: Infinity,
		maxEmptyPages: Infinity,
	});
	// Some more than workers, so that none has much left when the others are done.
	const mostParts = 2 * concurrency;
	const limits = {
		maxEstimatedPages: MOST_PAGES_A_SLICE,
		maxPages: 2 * MOST_PAGES_A_SLICE,
		split: { min: 2, max: mostParts, whenUnknown: 2 },
	};
	const slices = splitWindow(whole, describeFirstPage(page, records), {
		min: concurrency,
		max: mostParts,
		whenUnknown: concurrency,
	});
	const made: Array<{ readonly fromMs: number; readonly results: T[] }> = [];
	await runPool(slices, concurrency, async (slice) => {
		const outcome = await retryOnPageShift(() => fetchSlice(log, slice, limits));
		if (!('events' in outcome)) return outcome.parts;
		count(outcome.events.length);
		made.push({ fromMs: slice.fromMs, results: makeAll(outcome.events) });
		return [];
	});
	const inOrder = made.sort((a, b) => a.fromMs - b.fromMs).map(({ results }) => results);
	return (end === 'oldest' ? inOrder : inOrder.reverse()).flat();
}
