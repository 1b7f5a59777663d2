import { createEventIdAssigner, type LogEvent } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import type { LogPage } from './paginator';
import type { EventLog } from './eventLog';
import { splitWindow, estimatePages, type FirstPageStats, type SplitLimits } from './splitWindow';
import { prefetch } from './prefetch';
import { parsePage } from './parsePage';

/** A part of a window that was read to its end; its events come oldest first. */
export interface Slice extends TimeWindow {
	readonly events: LogEvent[];
}

/** What became of the reading of a slice. */
export type SliceOutcome =
	| Pick<Slice, 'events'>
	/** It is too long: it is to be read in these parts instead. */
	| { readonly parts: TimeWindow[] };

/** When a slice is too long. */
export interface SliceLimits {
	/** How many pages it may have, by what its first page tells. */
	readonly maxEstimatedPages: number;
	/** After how many pages it is given up: where the server has no order, the first does not tell. */
	readonly maxPages: number;
	/** Into how many parts it is cut. */
	readonly split: SplitLimits;
}

/** Reads a slice to its end, unless it is too long. A single millisecond is never too long. */
export async function fetchSlice(
	log: EventLog,
	slice: TimeWindow,
	most: SliceLimits,
): Promise<SliceOutcome> {
	const isSmallest = slice.toMs - slice.fromMs === 1;
	return await fetchPages(log, slice, (page, records, pageNumber) => {
		if (isSmallest || (pageNumber > 1 && pageNumber < most.maxPages)) return undefined;
		const first = describeFirstPage(page, records);
		const told = pageNumber === 1 ? estimatePages(slice, first) : undefined;
		const isLong =
			pageNumber >= most.maxPages || (told !== undefined && told > most.maxEstimatedPages);
		return isLong ? { parts: splitWindow(slice, first, most.split) } : undefined;
	});
}

/**
 * Reads a window to its end. Its events count only then: the order of the pages is not known, and
 * identities depend on all records of a moment.
 */
export async function fetchWhole(log: EventLog, window: TimeWindow): Promise<LogEvent[]> {
	return (await fetchPages<never>(log, window, () => undefined)).events;
}

/**
 * Reads page after page, unless one of those that have a next one gives a reason to stop. While a
 * page is worked on, the next one is on its way.
 */
async function fetchPages<Reason>(
	log: EventLog,
	window: TimeWindow,
	stopBy: (page: LogPage, records: LogRecord[], pageNumber: number) => Reason | undefined,
): Promise<Pick<Slice, 'events'> | Reason> {
	const identification = createEventIdAssigner(log.identityFields);
	const chain = prefetch(log.pages({ window }));
	for (let pageNumber = 1; ; pageNumber++) {
		const page = await chain.next();
		if (!page) break;
		const records = parsePage(page, pageNumber, window);
		if (!page.isLast) {
			const reason = stopBy(page, records, pageNumber);
			if (reason !== undefined) return reason;
			chain.start();
		}
		identification.add(records);
		if (page.isLast) break;
	}
	return { events: identification.events() };
}

/** What a page tells about the rest of its window; `found` are its records that lie in there. */
export function describeFirstPage(
	{ records, total }: LogPage,
	found: readonly Pick<LogRecord, 'timestampMs'>[],
): FirstPageStats {
	return { records: records.length, total, times: found.map(({ timestampMs }) => timestampMs) };
}
