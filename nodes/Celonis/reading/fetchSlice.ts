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

/** A part of a window that was read to its end. */
export interface Slice extends TimeWindow {
	readonly events: LogEvent[];
}

/** The events of a slice, oldest first; or the parts to read instead, if it is too long. */
export type SliceOutcome =
	| { readonly events: LogEvent[] }
	| { readonly parts: readonly TimeWindow[] };

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
 * Reads a slice to its end, unless it is too long. A single millisecond is never too long. There are
 * no events before the end: the order of the pages is unknown, and event IDs depend on all records of
 * a millisecond.
 */
export async function fetchSlice(
	log: EventLog,
	slice: TimeWindow,
	limits: SliceLimits,
	pages = openPages(log, slice),
): Promise<SliceOutcome> {
	const isIndivisible = getLengthMs(slice) === 1;
	return await readPages(log, slice, pages, (page, records, pageNumber) =>
		isIndivisible ? undefined : splitIfTooLong(slice, limits, page, records, pageNumber),
	);
}

/** Reads the rest of a window after its first page; returns the events of all pages. */
export async function fetchRest(
	log: EventLog,
	window: TimeWindow,
	firstPage: LogPage,
	pages: Prefetcher<LogPage>,
): Promise<LogEvent[]> {
	let isFirst = true;
	const all: Prefetcher<LogPage> = {
		start: () => pages.start(),
		next: async () => {
			if (!isFirst) return await pages.next();
			isFirst = false;
			return firstPage;
		},
	};
	const { events } = await readPages<never>(log, window, all, () => undefined);
	return events;
}

function splitIfTooLong(
	slice: TimeWindow,
	{ maxPages, maxEstimatedPages, split }: SliceLimits,
	page: LogPage,
	records: readonly LogRecord[],
	pageNumber: number,
): SliceOutcome | undefined {
	if (pageNumber > 1 && pageNumber < maxPages) return undefined;
	const stats = describeFirstPage(page, records);
	const estimate = estimatePages(slice, stats) ?? 0;
	if (pageNumber === 1 && estimate > maxEstimatedPages) {
		return { parts: splitWindow(slice, stats, split) };
	}
	// After so many pages, what a page shows is no basis for an estimate: records may come in bursts.
	return pageNumber >= maxPages ? { parts: splitEvenly(slice, split.max) } : undefined;
}

/** Reads page after page. After each page but the last one, `stop` may return a result to stop with. */
async function readPages<Stopped>(
	log: EventLog,
	window: TimeWindow,
	pages: Prefetcher<LogPage>,
	stop: (page: LogPage, records: LogRecord[], pageNumber: number) => Stopped | undefined,
): Promise<{ readonly events: LogEvent[] } | Stopped> {
	const assigner = createEventIdAssigner(log);
	for (let pageNumber = 1; ; pageNumber++) {
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
	return { events: assigner.events() };
}
