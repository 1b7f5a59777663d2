import type { FirstPage } from '../reading/firstPage';
import type { SlicingOptions } from '../reading/slicingOptions';
import { describeFirstPage, getTimeSpanMs, type SplitLimits } from '../reading/splitWindow';
import { countRecords, getHighWatermark, type Cursor } from './cursor';

/** Slices have few pages at most, so that a poll that is cut short keeps most of what it fetched. */
const TARGET_PAGES_PER_SLICE = 4;
const MAX_PAGES_PER_SLICE = 16;

/** How full the pages of a slice should be: the room left absorbs a few more events without another page. */
const FILL = 0.9;

/** Until the first slice is complete, a slice that may be too long gets at most this many pages. */
const INITIAL_MAX_PAGES_PER_SLICE = 8;

/** How a slice is split that turns out to be too long. */
const SPLIT: SplitLimits = { max: 4, whenUnknown: 16, targetPages: 12 };

/** A slice takes a small part of the poll, so that a slow server does not prevent all progress. */
const MIN_SLICES_PER_POLL = 4;

/** What decides about the length of slices. */
export interface SlicingConditions {
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	/** How many of them are sent in parallel at present. */
	readonly workers: number;
	/** How many events are probably to be read until no more are needed. */
	readonly demand: () => number;
	/** The time that is left for the poll. */
	readonly remainingMs: number;
	/** How long the first page took. */
	readonly firstPageMs: number;
}

/** Chooses slices of a few pages each: all workers share what is needed. Fewer if the server is slow. */
export function chooseSlicing(
	cursor: Cursor,
	firstPage: FirstPage,
	{ concurrency, workers, demand, remainingMs, firstPageMs }: SlicingConditions,
): SlicingOptions {
	const { pageSize } = firstPage.page;
	const pagesInTime = Math.floor(remainingMs / MIN_SLICES_PER_POLL / Math.max(1, firstPageMs));
	const maxPages = Math.max(1, Math.min(MAX_PAGES_PER_SLICE, pagesInTime));
	// Half of the maximum: a slice with a few more events than expected is not split.
	const mostPages = Math.min(TARGET_PAGES_PER_SLICE, Math.floor(maxPages / 2));
	const sharedPages = Math.ceil(demand() / pageSize / workers);
	const targetPages = Math.max(1, Math.min(mostPages, sharedPages));
	const eventsPerPage = Math.max(1, FILL * pageSize);
	const targetEvents = targetPages * eventsPerPage;
	return {
		direction: 'oldestFirst',
		sliceMs: targetPages * FILL * estimatePageSpanMs(cursor, firstPage),
		targetEvents,
		expectedEvents: targetEvents,
		eventsPerPage,
		getLimits: (isAnyComplete) => ({
			maxEstimatedPages: 2 * maxPages,
			maxPages: isAnyComplete ? maxPages : Math.min(maxPages, INITIAL_MAX_PAGES_PER_SLICE),
			split: SPLIT,
		}),
		concurrency,
		demand,
	};
}

/** Estimates the time that a page spans, by the known density of the log, else by the first page. */
function estimatePageSpanMs(cursor: Cursor, { records, page }: FirstPage): number {
	const count = countRecords(cursor);
	return count > page.pageSize
		? ((getHighWatermark(cursor) - cursor.lowWatermark.ms) / count) * page.pageSize
		: getTimeSpanMs(describeFirstPage(page, records).times);
}
