import { isPollDeadlineExceeded } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Clock } from '../http/clock';
import type { EventLog } from '../reading/eventLog';
import { fetchFirstPage, getSnapshotEnd, type FirstPage } from '../reading/firstPage';
import { fetchSlices } from '../reading/fetchSlices';
import type { SlicingOptions } from '../reading/slicingOptions';
import { getTimeSpanMs, type SplitLimits } from '../reading/splitWindow';
import { assignEventIds } from '../records/eventId';
import type { TimeWindow } from '../records/timeWindow';
import { getHighWatermark, type Cursor } from './cursor';
import { startDelivery, type Delivery, type DeliveryResult, type DeliveryRules } from './delivery';
import { intervalsDueForEarlyRead, intervalsDueForFinalRead, mergeWindows } from './intervals';

/** What to fetch, for how long, and with how many requests at once. */
export interface FetchRules extends DeliveryRules {
	/** Nothing more is fetched from this moment on, on the clock that is passed along. */
	readonly deadlineMs: number;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
}

/** What a poll delivers. */
export interface FetchedEvents extends DeliveryResult {
	/** Why fetching stopped before its end, where it failed after it had found something. */
	readonly stoppedBy?: unknown;
}

/** While all after the low watermark has no more pages than this, each poll reads all of it again. */
const MAX_PAGES_FULLY_REREAD = 4;

/** Slices have few pages, so that much of what was fetched is kept where the poll is cut short. */
const TARGET_PAGES_PER_SLICE = 4;
const MAX_PAGES_PER_SLICE = 16;

/** Until a slice is complete, no more pages than this are spent on one that may be too long. */
const INITIAL_MAX_PAGES_PER_SLICE = 8;

/** How a slice is split that turns out to be too long. */
const SPLIT: SplitLimits = { min: 2, max: 4, whenUnknown: 16, targetPages: 12 };

/** A slice takes a small part of the poll, so that slow responses can't keep all from being kept. */
const MIN_SLICES_PER_POLL = 4;

/**
 * Fetches the events since the cursor and gives them with the cursor after them. What fits into one
 * page costs one request. More is fetched slice by slice, as far as the deadline and the most events
 * allow: first what is due for its final read, then what is new, then what is due for an early read.
 * A failure throws, unless earlier slices brought events: those are delivered, and the next poll
 * meets the failure again if it lasts.
 */
export async function fetchNewEvents(
	log: EventLog,
	cursor: Cursor,
	rules: FetchRules,
	clock: Clock,
): Promise<FetchedEvents> {
	const startedMs = clock.now();
	const watermarkMs = getHighWatermark(cursor);
	// Several intervals: all that is after the low watermark was too much for one poll the last time.
	const fromMs = cursor.intervals.length > 1 ? watermarkMs : cursor.lowWatermark.ms;
	const firstPage = await fetchFirstPage(log, { fromMs });
	const delivery = startDelivery(cursor, firstPage.page.readSinceMs, rules);

	const { page } = firstPage;
	const isComplete = page.isLast && fromMs === cursor.lowWatermark.ms;
	const windows = isComplete ? NOTHING_TO_REREAD : findWindowsToReread(cursor, page, rules);
	const newest = { fromMs: watermarkMs, toMs: Math.max(getSnapshotEnd(page), watermarkMs) };
	const options = chooseSlicing(cursor, firstPage, delivery, rules, {
		remainingMs: rules.deadlineMs - clock.now(),
		firstPageMs: clock.now() - startedMs,
	});
	/** Whether there is time and room for more. */
	const observeSlices = async (parts: TimeWindow[]): Promise<boolean> => {
		for await (const slice of fetchSlices(log, mergeWindows(parts), options)) {
			delivery.observe(slice);
			if (delivery.remaining() === 0 || clock.now() >= rules.deadlineMs) return false;
		}
		return true;
	};
	const fetchAll = async (): Promise<void> => {
		const { dueForFinalRead, dueForEarlyRead } = windows;
		const goesOn = await observeSlices(
			page.isLast ? dueForFinalRead : [...dueForFinalRead, newest],
		);
		if (!goesOn) return;
		if (page.isLast) observeFirstPage(log, delivery, firstPage, fromMs);
		await observeSlices(dueForEarlyRead);
	};
	const stopped = await fetchAll().then(
		() => ({}),
		(error: unknown) => keepProgress(delivery, error),
	);
	return { ...delivery.result(), ...stopped };
}

/** The first page is all there is since `fromMs`: it was complete when the server read it. */
function observeFirstPage(
	log: EventLog,
	delivery: Delivery,
	{ records, page }: FirstPage,
	fromMs: number,
): void {
	delivery.observe({
		fromMs,
		toMs: Math.max(page.readSinceMs, fromMs),
		events: assignEventIds(records, log.identityFields),
	});
}

/** After a failure: what was found is delivered all the same; where nothing was found, it throws. */
async function keepProgress(
	delivery: Delivery,
	error: unknown,
): Promise<Pick<FetchedEvents, 'stoppedBy'>> {
	if (isPollDeadlineExceeded(error) && delivery.hasProgress()) return {};
	if (delivery.hasEvents()) return { stoppedBy: error };
	throw rethrow(error);
}

/** Parts of the log that were read before and are read again, since late events may have appeared. */
interface WindowsToReread {
	/** Before anything else: the lookback of these has passed. */
	readonly dueForFinalRead: TimeWindow[];
	/** If there is time left. */
	readonly dueForEarlyRead: TimeWindow[];
}

const NOTHING_TO_REREAD: WindowsToReread = { dueForFinalRead: [], dueForEarlyRead: [] };

function findWindowsToReread(
	cursor: Cursor,
	{ pageSize, readSinceMs }: FirstPage['page'],
	{ lookbackMs }: DeliveryRules,
): WindowsToReread {
	const { lowWatermark, intervals } = cursor;
	if (countRecords(cursor) > MAX_PAGES_FULLY_REREAD * pageSize) {
		return {
			dueForFinalRead: intervalsDueForFinalRead(intervals, readSinceMs, lookbackMs),
			dueForEarlyRead: intervalsDueForEarlyRead(intervals, readSinceMs, lookbackMs),
		};
	}
	const whole = { fromMs: lowWatermark.ms, toMs: getHighWatermark(cursor) };
	return { dueForFinalRead: whole.fromMs < whole.toMs ? [whole] : [], dueForEarlyRead: [] };
}

/** Slices of a few pages each, fewer where the server is slow. */
function chooseSlicing(
	cursor: Cursor,
	firstPage: FirstPage,
	delivery: Delivery,
	{ concurrency }: FetchRules,
	{ remainingMs, firstPageMs }: { readonly remainingMs: number; readonly firstPageMs: number },
): SlicingOptions {
	const { pageSize } = firstPage.page;
	const pagesInTime = Math.floor(remainingMs / MIN_SLICES_PER_POLL / Math.max(1, firstPageMs));
	const maxPages = Math.max(1, Math.min(MAX_PAGES_PER_SLICE, pagesInTime));
	// Half of the maximum: a slice that has a little more than expected is not given up.
	const targetPages = Math.max(1, Math.min(TARGET_PAGES_PER_SLICE, Math.floor(maxPages / 2)));
	const targetEvents = targetPages * pageSize;
	return {
		direction: 'oldestFirst',
		sliceMs: targetPages * estimatePageSpanMs(cursor, firstPage),
		targetEvents,
		expectedEvents: targetEvents,
		getLimits: (isAnyComplete) => ({
			maxEstimatedPages: 2 * maxPages,
			maxPages: isAnyComplete ? maxPages : Math.min(maxPages, INITIAL_MAX_PAGES_PER_SLICE),
			split: SPLIT,
		}),
		concurrency,
		maxWaiting: 0,
		demand: delivery.remaining,
		fetchesAhead: false,
	};
}

/** The time that a page spans, by what is known of the log's density; else by the first page. */
function estimatePageSpanMs(cursor: Cursor, { records, page }: FirstPage): number {
	const count = countRecords(cursor);
	return count > page.pageSize
		? ((getHighWatermark(cursor) - cursor.lowWatermark.ms) / count) * page.pageSize
		: getTimeSpanMs(records.map(({ timestampMs }) => timestampMs));
}

function countRecords({ intervals }: Cursor): number {
	return intervals.reduce((sum, { count }) => sum + count, 0);
}
