import { createEventIdAssigner, type LogEvent } from '../records/eventId';
import type { LogRecord } from '../records/record';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import type { LogPage } from './paginator';
import { parsePage } from './parsePage';
import { prefetch, type Prefetcher } from './prefetch';
import {
	describeFirstPage,
	estimatePages,
	splitEvenly,
	splitWindow,
	type SplitLimits,
} from './splitWindow';
import type { WindowPart } from './windowPart';

/** A part of a window that was read to its end. */
export interface Slice extends TimeWindow {
	readonly events: LogEvent[];
}

/** The events of a slice, oldest first, and how many pages it had; or the parts to read instead. */
export type SliceOutcome =
	| { readonly events: LogEvent[]; readonly pages: number }
	| { readonly parts: readonly WindowPart[] };

/**
 * Decides after each page of a slice but its last one whether to read parts of the slice instead;
 * `undefined` to go on.
 */
export type SplitDecision = (
	page: LogPage,
	records: readonly LogRecord[],
	pageNumber: number,
) => readonly WindowPart[] | undefined;

/** When a slice is too long. */
export interface SliceLimits {
	/** How many pages it may have, as estimated by its first page. */
	readonly maxEstimatedPages: number;
	/**
	 * After how many pages it is split in any case: if the server has no order, the first page allows
	 * no estimate.
	 */
	readonly maxPages: number;
	/** Into how many parts it is split. */
	readonly split: SplitLimits;
}

/** The pages of a window, one after the other. Nothing is fetched yet. */
export function openPages(log: EventLog, window: Partial<TimeWindow>): Prefetcher<LogPage> {
	return prefetch(log.pages({ window }));
}

/**
 * Reads a slice to its end, unless it is split. A single millisecond never is. There are no events
 * before the end: the order of the pages is unknown, and event IDs depend on all records of a
 * millisecond.
 */
export async function fetchSlice(
	log: EventLog,
	slice: TimeWindow,
	decide: SplitDecision,
	pages = openPages(log, slice),
): Promise<SliceOutcome> {
	const isIndivisible = getLengthMs(slice) === 1;
	return await readPages(log, slice, pages, (...page) => {
		const parts = isIndivisible ? undefined : decide(...page);
		return parts && { parts };
	});
}

/** A window that seemed short and has more pages than this is better read in parallel slices. */
const MAX_PAGES_OF_REST = 6;

/**
 * Reads the rest of a window after its first page; returns the events of all pages, or `undefined` if
 * there are so many pages that slices are better.
 */
export async function fetchRest(
	log: EventLog,
	window: TimeWindow,
	firstPage: LogPage,
	pages: Prefetcher<LogPage>,
): Promise<LogEvent[] | undefined> {
	let isFirst = true;
	const all: Prefetcher<LogPage> = {
		start: () => pages.start(),
		next: async () => {
			if (!isFirst) return await pages.next();
			isFirst = false;
			return firstPage;
		},
	};
	const isParallel = (log.getConcurrency?.() ?? 1) > 1;
	const tooMany = { events: undefined };
	const { events } = await readPages(log, window, all, (_page, _records, pageNumber) =>
		isParallel && pageNumber >= MAX_PAGES_OF_REST ? tooMany : undefined,
	);
	return events;
}

/** Splits a slice that is too long. */
export function splitBeyond(
	slice: TimeWindow,
	{ maxPages, maxEstimatedPages, split }: SliceLimits,
): SplitDecision {
	return (page, records, pageNumber) => {
		if (pageNumber > 1 && pageNumber < maxPages) return undefined;
		const stats = describeFirstPage(page, records);
		const estimate = estimatePages(slice, stats) ?? 0;
		if (pageNumber === 1 && estimate > maxEstimatedPages) return splitWindow(slice, stats, split);
		// After so many pages, what a page shows is no basis for an estimate: records may come in bursts.
		return pageNumber >= maxPages ? splitEvenly(slice, split.max) : undefined;
	};
}

/** Reads page after page. After each page but the last one, `stop` may return a result to stop with. */
async function readPages<Stopped>(
	log: EventLog,
	window: TimeWindow,
	pages: Prefetcher<LogPage>,
	stop: (page: LogPage, records: LogRecord[], pageNumber: number) => Stopped | undefined,
): Promise<{ readonly events: LogEvent[]; readonly pages: number } | Stopped> {
	const assigner = createEventIdAssigner(log);
	let pageNumber = 1;
	for (; ; pageNumber++) {
		const page = await pages.next();
		if (!page) break;
		const records = parsePage(page, window);
		if (!page.isLast) {
			const stopped = stop(page, records, pageNumber);
			if (stopped) return stopped;
			pages.start();
		}
		assigner.add(records);
		if (page.isLast) break;
	}
	return { events: assigner.events(), pages: pageNumber };
}
