import { CelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import { getLengthMs, type OpenWindow, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchRest, type Slice, type SliceLimits } from './fetchSlice';
import { chooseFirstSliceMs, SLICES_WHEN_UNKNOWN, TARGET_EVENTS_PER_SLICE } from './firstSlice';
import { fetchFirstPage, getSnapshotEnd, type FirstPage } from './firstPage';
import { isPageShift } from './pageShift';
import { PAGINATION_LIMITS } from './paginationGuard';
import { fetchSlices } from './fetchSlices';
import type { Direction, SlicingOptions } from './slicingOptions';
import { describeFirstPage, estimatePages, splitWindow, type FirstPageStats } from './splitWindow';

/** How to read a window. */
export interface ReadOptions {
	readonly direction: Direction;
	/** Maximum number of slices that are read in parallel. */
	readonly concurrency: number;
	/** How many more events are needed; `Infinity` for all. Asked before each slice. */
	readonly demand: () => number;
}

/** How many pages a slice should have: so many that its last page, half empty on average, hardly counts. */
const TARGET_PAGES_PER_SLICE = 20;

/** A window with a few more pages than the first one is read to its end without being sliced. */
const MAX_PAGES_UNSLICED = 3;

/** How many slices there may be for each worker, so that the last ones end together. */
const MAX_SLICES_PER_WORKER = 2;

/**
 * Reads a window from one end to the other, slice by slice; stop when you like. A window of one page
 * costs one request. Where all events are needed, a larger window is read in as many slices as it
 * takes to keep all workers busy; else in slices that begin with what is needed and grow. The events
 * of each slice come in the direction of reading. Throws the error `endlessPaging` for more events
 * than fit into n8n's memory.
 */
export async function* readEvents(
	log: EventLog,
	window: OpenWindow,
	options: ReadOptions,
): AsyncIterable<Slice> {
	let count = 0;
	for await (const slice of readSlices(log, window, options)) {
		count += slice.events.length;
		if (count > PAGINATION_LIMITS.maxRecords) {
			throw new CelonisError('endlessPaging', { api: log.api, limit: `${count} events` });
		}
		yield slice;
	}
}

async function* readSlices(
	log: EventLog,
	window: OpenWindow,
	options: ReadOptions,
): AsyncIterable<Slice> {
	const first = await fetchFirstPage(log, window);
	const whole = { fromMs: window.fromMs, toMs: window.toMs ?? getSnapshotEnd(first.page) };
	const stats = describeFirstPage(first.page, first.records);
	if (isReadUnsliced(whole, stats, first, options)) {
		const events = await readUnsliced(log, window, first);
		if (events) {
			yield { ...whole, events: options.direction === 'oldestFirst' ? events : events.reverse() };
			return;
		}
	}
	const pages = estimatePages(whole, stats);
	const isAllNeeded =
		options.demand() === Infinity || (pages ?? 0) * first.page.pageSize <= options.demand();
	yield* isAllNeeded
		? fetchAll(log, whole, stats, options)
		: fetchFromEnd(log, whole, stats, first.page.pageSize, options);
}

/** Whether the window is so small, or so few slices are allowed, that the pages just go on. */
function isReadUnsliced(
	whole: TimeWindow,
	stats: FirstPageStats,
	{ page }: FirstPage,
	{ concurrency, demand }: ReadOptions,
): boolean {
	if (page.isLast) return true;
	const isAllNeeded = demand() === Infinity;
	if (isAllNeeded && concurrency === 1) return true;
	const pages = estimatePages(whole, stats) ?? Infinity;
	return pages <= (isAllNeeded ? MAX_PAGES_UNSLICED : 2);
}

/** Reads the pages after the first one too; `undefined` where they shift. */
async function readUnsliced(
	log: EventLog,
	{ fromMs, toMs = Infinity }: OpenWindow,
	{ page, nextPages }: FirstPage,
): Promise<Slice['events'] | undefined> {
	return await fetchRest(log, { fromMs, toMs }, page, nextPages).catch((error: unknown) =>
		isPageShift(error) ? undefined : rethrow(error),
	);
}

/** Reads all of a window, in slices that were chosen by its first page. */
async function* fetchAll(
	log: EventLog,
	window: TimeWindow,
	stats: FirstPageStats,
	{ direction, concurrency }: ReadOptions,
): AsyncIterable<Slice> {
	const split = {
		min: concurrency,
		max: MAX_SLICES_PER_WORKER * concurrency,
		whenUnknown: concurrency,
		targetPages: TARGET_PAGES_PER_SLICE,
		tolerance: 1.5,
		multipleOf: concurrency,
	};
	const isDivisible = concurrency > 1 && getLengthMs(window) > 1;
	const parts = isDivisible ? splitWindow(window, stats, split) : [window];
	yield* fetchSlices(log, direction === 'oldestFirst' ? parts : parts.reverse(), {
		direction,
		sliceMs: Infinity,
		targetEvents: 1,
		expectedEvents: 1,
		getLimits: () =>
			limitSlice(TARGET_PAGES_PER_SLICE, { ...split, min: 2, max: Math.max(4, split.max) }),
		concurrency,
		maxWaiting: Infinity,
		demand: () => Infinity,
		fetchesAhead: false,
	});
}

/** Reads a window from one end, in slices that grow as long as they bring too little. */
async function* fetchFromEnd(
	log: EventLog,
	window: TimeWindow,
	stats: FirstPageStats,
	pageSize: number,
	{ direction, concurrency, demand }: ReadOptions,
): AsyncIterable<Slice> {
	const targetPages = Math.max(1, TARGET_EVENTS_PER_SLICE / pageSize);
	const split = { min: 2, max: 4, whenUnknown: SLICES_WHEN_UNKNOWN, targetPages };
	const options: SlicingOptions = {
		direction,
		sliceMs: chooseFirstSliceMs(window, stats, direction, demand()),
		targetEvents: TARGET_EVENTS_PER_SLICE,
		expectedEvents: Math.min(TARGET_EVENTS_PER_SLICE, demand()),
		getLimits: () => limitSlice(targetPages, split),
		concurrency,
		maxWaiting: 0,
		demand,
		fetchesAhead: true,
	};
	yield* fetchSlices(log, [window], options);
}

function limitSlice(targetPages: number, split: SliceLimits['split']): SliceLimits {
	return { maxEstimatedPages: 2 * targetPages, maxPages: Infinity, split };
}
