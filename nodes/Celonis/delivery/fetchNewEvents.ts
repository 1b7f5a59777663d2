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
	/** Fetching ends at this moment, by the clock that is passed along with the rules. */
	readonly deadlineMs: number;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
}

/** What a poll delivers, and what ended it early. */
export interface FetchedEvents extends DeliveryResult {
	/** The error that ended fetching early, after new events had been found. */
	readonly stoppedBy?: unknown;
}

/** Up to this many pages after the low watermark, each poll reads all of them again. */
const MAX_PAGES_FULLY_REREAD = 4;

/** Slices have few pages, so that a poll that is cut short keeps most of what it fetched. */
const TARGET_PAGES_PER_SLICE = 4;
const MAX_PAGES_PER_SLICE = 16;

/** Until the first slice is complete, a slice that may be too long gets at most this many pages. */
const INITIAL_MAX_PAGES_PER_SLICE = 8;

/** How a slice is split that turns out to be too long. */
const SPLIT: SplitLimits = { min: 2, max: 4, whenUnknown: 16, targetPages: 12 };

/** A slice takes a small part of the poll, so that a slow server does not prevent all progress. */
const MIN_SLICES_PER_POLL = 4;

/**
 * Fetches the events since the cursor and returns them with the cursor after them. What fits into
 * one page costs one request. More is fetched slice by slice, as far as the deadline and the maximum
 * number of events allow: first what is due for its final read, then what is new, then what is due
 * for an early read. A failure throws, unless earlier slices had new events: those are delivered, and
 * if the failure persists, the next poll fails.
 */
export async function fetchNewEvents(
	log: EventLog,
	cursor: Cursor,
	rules: FetchRules,
	clock: Clock,
): Promise<FetchedEvents> {
	const startedMs = clock.now();
	const watermarkMs = getHighWatermark(cursor);
	// Several intervals: the last poll did not read everything after the low watermark again.
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
	/** Returns whether there is time and capacity for more. */
	const observeSlices = async (parts: TimeWindow[]): Promise<boolean> => {
		for await (const slice of fetchSlices(log, mergeWindows(parts), options)) {
			delivery.observe(slice);
			if (delivery.remaining() === 0 || clock.now() >= rules.deadlineMs) return false;
		}
		return true;
	};
	const fetchAll = async (): Promise<void> => {
		const { dueForFinalRead, dueForEarlyRead } = windows;
		const canContinue = await observeSlices(
			page.isLast ? dueForFinalRead : [...dueForFinalRead, newest],
		);
		if (!canContinue) return;
		if (page.isLast) observeFirstPage(log, delivery, firstPage, fromMs);
		await observeSlices(dueForEarlyRead);
	};
	const stopped = await fetchAll().then(
		() => ({}),
		(error: unknown) => keepProgress(delivery, error),
	);
	return { ...delivery.result(), ...stopped };
}

/** Observes a first page that is also the last one: it holds everything since `fromMs`. */
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

/** After a failure: new events are delivered nevertheless; without any, the failure is thrown. */
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
	/** Before anything else: their lookback has passed. */
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

/** Chooses slices of a few pages each, fewer if the server is slow. */
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
	// Half of the maximum: a slice with a few more events than expected is not split.
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
		isAllNeeded: false,
		demand: delivery.remaining,
	};
}

/** Estimates the time that a page spans, by the known density of the log, else by the first page. */
function estimatePageSpanMs(cursor: Cursor, { records, page }: FirstPage): number {
	const count = countRecords(cursor);
	return count > page.pageSize
		? ((getHighWatermark(cursor) - cursor.lowWatermark.ms) / count) * page.pageSize
		: getTimeSpanMs(records.map(({ timestampMs }) => timestampMs));
}

function countRecords({ intervals }: Cursor): number {
	return intervals.reduce((sum, { count }) => sum + count, 0);
}
