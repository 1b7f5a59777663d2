import { beginIdentification, type LogEvent } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import type { LogPage } from './paginator';
import type { OpenLog } from './eventLog';
import { cut, pagesTold, type FirstPage, type PartCount } from './splitWindow';
import { readAhead } from './prefetch';
import { recordsOf } from './parsePage';

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
	readonly pagesTold: number;
	/** After how many pages it is given up: where the server has no order, the first does not tell. */
	readonly pages: number;
	/** Into how many parts it is cut. */
	readonly parts: PartCount;
}

/** Reads a slice to its end, unless it is too long. A single millisecond is never too long. */
export async function readSlice(
	log: OpenLog,
	slice: TimeWindow,
	most: SliceLimits,
): Promise<SliceOutcome> {
	const isSmallest = slice.toMs - slice.fromMs === 1;
	return await readPages(log, slice, (page, records, pageNumber) => {
		if (isSmallest || (pageNumber > 1 && pageNumber < most.pages)) return undefined;
		const first = firstPage(page, records);
		const told = pageNumber === 1 ? pagesTold(slice, first) : undefined;
		const isLong = pageNumber >= most.pages || (told !== undefined && told > most.pagesTold);
		return isLong ? { parts: cut(slice, first, most.parts) } : undefined;
	});
}

/**
 * Reads a window to its end. Its events count only then: the order of the pages is not known, and
 * identities depend on all records of a moment.
 */
export async function readWhole(log: OpenLog, window: TimeWindow): Promise<LogEvent[]> {
	return (await readPages<never>(log, window, () => undefined)).events;
}

/**
 * Reads page after page, unless one of those that have a next one gives a reason to stop. While a
 * page is worked on, the next one is on its way.
 */
async function readPages<Reason>(
	log: OpenLog,
	window: TimeWindow,
	stopBy: (page: LogPage, records: LogRecord[], pageNumber: number) => Reason | undefined,
): Promise<Pick<Slice, 'events'> | Reason> {
	const identification = beginIdentification(log.contentFields);
	const chain = readAhead(log.pages({ window }));
	for (let pageNumber = 1; ; pageNumber++) {
		const page = await chain.next();
		if (!page) break;
		const records = recordsOf(page, pageNumber, window);
		if (!page.isLast) {
			const reason = stopBy(page, records, pageNumber);
			if (reason !== undefined) return reason;
			chain.begin();
		}
		identification.add(records);
		if (page.isLast) break;
	}
	return { events: identification.events() };
}

/** What a page tells about the rest of its window; `found` are its records that lie in there. */
export function firstPage(
	{ records, total }: LogPage,
	found: readonly Pick<LogRecord, 'timestampMs'>[],
): FirstPage {
	return { records: records.length, total, times: found.map(({ timestampMs }) => timestampMs) };
}
