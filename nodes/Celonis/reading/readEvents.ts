import { CelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { LogEvent } from '../records/eventId';
import { getLengthMs, type OpenWindow, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { estimateDemand } from './estimateDemand';
import { fetchRest, type Slice, type SliceLimits } from './fetchSlice';
import { chooseFirstSliceMs, SLICES_WHEN_UNKNOWN, TARGET_EVENTS_PER_SLICE } from './firstSlice';
import { closeWindow, fetchFirstPage, type FirstPage } from './firstPage';
import { isPageShift, retryOnPageShift } from './pageShift';
import { PAGINATION_LIMITS } from './paginationGuard';
import { fetchAllSlices, fetchSlices } from './fetchSlices';
import type { WindowPart } from './windowPart';
import { createUnreadableFilter } from './unreadableFilter';
import type { Direction, SlicingOptions } from './slicingOptions';
import {
	describeFirstPage,
	estimatePages,
	isNewestPage,
	splitEvenly,
	type FirstPageStats,
} from './splitWindow';

/** Which events of a window to read, and how. */
export interface ReadOptions {
	readonly direction: Direction;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	/** How many events to read; `Infinity` for all. */
	readonly limit: number;
	readonly matches: (event: LogEvent) => boolean;
}

/** How to read a window, and what is still needed of it. */
interface SliceReadOptions {
	readonly direction: Direction;
	readonly concurrency: number;
	/** How many more events are needed; `Infinity` for all. */
	readonly demand: () => number;
	/** How many events are probably to be read until then. */
	readonly estimateDemand: () => number;
}

/**
 * Pages for each part of a window whose records are counted, on average. The pages of a part are requested
 * in parallel. A server probably counts the whole part for each of them, and a late record makes one part be
 * read again.
 */
const PAGES_PER_COUNTED_PART = 50;

/** A window of up to this many pages is read without slices. */
const MAX_PAGES_UNSLICED = 3;

/**
 * Reads the matching events of a window from one end to the other, slice by slice, until the limit is
 * reached; the consumer may stop at any time. A window of one page costs one request. If all events
 * are needed, there are enough slices to keep all workers busy; otherwise the first slice is as long
 * as what is needed, and the next ones grow. The events of each slice are in the direction of the
 * read. Throws the error `endlessPaging` for more events than fit into n8n's memory.
 */
export async function* readEvents(
	log: EventLog,
	window: OpenWindow,
	{ limit, matches, ...options }: ReadOptions,
): AsyncIterable<LogEvent[]> {
	const isNew = createUnreadableFilter();
	let read = 0;
	let found = 0;
	const demand = () => limit - found;
	const slices = readSlices(log, window, {
		...options,
		demand,
		estimateDemand: () => estimateDemand({ needed: demand(), read, found }),
	});
	for await (const { events } of slices) {
		read += events.length;
		if (read > PAGINATION_LIMITS.maxRecords) {
			throw new CelonisError('endlessPaging', { api: log.api, limit: `${read} events` });
		}
		const matching = events.filter((event) => isNew(event) && matches(event)).slice(0, demand());
		found += matching.length;
		yield matching;
		if (found >= limit) return;
	}
}

async function* readSlices(
	log: EventLog,
	window: OpenWindow,
	options: SliceReadOptions,
): AsyncIterable<Slice> {
	const first = await retryOnPageShift(async () => await fetchFirstPage(log, window));
	const { whole, tail } = closeWindow(window, first);
	const stats = describeFirstPage(first.page, first.records);
	if (shouldReadUnsliced(whole, stats, first, options)) {
		const events = await readUnsliced(log, window, first);
		if (events) {
			yield { ...whole, events: options.direction === 'oldestFirst' ? events : events.reverse() };
			return;
		}
	}
	const isTailFirst = options.direction === 'newestFirst';
	if (tail && isTailFirst) yield* readSlices(log, tail, options);
	const pages = estimatePages(whole, stats);
	const isAllNeeded =
		options.demand() === Infinity || (pages ?? 0) * first.page.pageSize <= options.demand();
	yield* isAllNeeded
		? fetchAll(log, whole, stats, options)
		: fetchFromEnd(log, whole, stats, first.page.pageSize, options);
	if (tail && !isTailFirst) yield* readSlices(log, tail, options);
}

/** Whether to read without slices: the window is small, or slices would not be read in parallel. */
function shouldReadUnsliced(
	whole: TimeWindow,
	stats: FirstPageStats,
	{ page }: FirstPage,
	{ concurrency, demand }: SliceReadOptions,
): boolean {
	if (page.isLast) return true;
	const isAllNeeded = demand() === Infinity;
	if (isAllNeeded && concurrency === 1) return true;
	const pages = estimatePages(whole, stats) ?? Infinity;
	return pages <= (isAllNeeded ? MAX_PAGES_UNSLICED : 2);
}

/** Reads the pages after the first one too; `undefined` if they shift, or are many. */
async function readUnsliced(
	log: EventLog,
	{ fromMs, toMs = Infinity }: OpenWindow,
	{ page, nextPages }: FirstPage,
): Promise<LogEvent[] | undefined> {
	return await fetchRest(log, { fromMs, toMs }, page, nextPages).catch((error: unknown) =>
		isPageShift(error) ? undefined : rethrow(error),
	);
}

/** Reads a whole window. Its first page tells how it can be shared among workers. */
function fetchAll(
	log: EventLog,
	window: TimeWindow,
	stats: FirstPageStats,
	{ direction, concurrency }: SliceReadOptions,
): AsyncIterable<Slice> {
	const parts = describeParts(window, stats, concurrency);
	if (direction === 'newestFirst') parts.reverse();
	return fetchAllSlices(log, parts, { direction, concurrency });
}

function describeParts(
	window: TimeWindow,
	stats: FirstPageStats,
	concurrency: number,
): WindowPart[] {
	const estimatedPages = estimatePages(window, stats);
	if (concurrency === 1 || getLengthMs(window) === 1) return [window];
	if (estimatedPages === undefined) return splitEvenly(window, concurrency);
	if (stats.total !== undefined) {
		return splitEvenly(window, Math.max(1, Math.round(estimatedPages / PAGES_PER_COUNTED_PART)));
	}
	const knownEnd = isNewestPage(window, stats) ? 'newest' : 'oldest';
	return [{ ...window, estimatedPages, knownEnd }];
}

/** Reads a window from one end, in slices that grow until they have enough events. */
async function* fetchFromEnd(
	log: EventLog,
	window: TimeWindow,
	stats: FirstPageStats,
	pageSize: number,
	{ direction, concurrency, demand, estimateDemand }: SliceReadOptions,
): AsyncIterable<Slice> {
	const targetPages = Math.max(1, TARGET_EVENTS_PER_SLICE / pageSize);
	const split = { max: 4, whenUnknown: SLICES_WHEN_UNKNOWN, targetPages };
	const options: SlicingOptions = {
		direction,
		sliceMs: chooseFirstSliceMs(window, stats, direction, demand()),
		targetEvents: TARGET_EVENTS_PER_SLICE,
		expectedEvents: Math.min(TARGET_EVENTS_PER_SLICE, demand()),
		getLimits: () => limitSlice(targetPages, split),
		concurrency,
		demand,
		estimateDemand,
	};
	yield* fetchSlices(log, [window], options);
}

function limitSlice(targetPages: number, split: SliceLimits['split']): SliceLimits {
	return { maxEstimatedPages: 2 * targetPages, maxPages: Infinity, split };
}
