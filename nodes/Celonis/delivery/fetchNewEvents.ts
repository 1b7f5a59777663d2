import { intervalsDueForEarlyRead, mergeWindows, intervalsDueForFinalRead } from './intervals';
import { getHighWatermark, type Cursor } from './cursor';
import { startDelivery, type DeliveryResult, type DeliveryRules } from './delivery';
import { assignEventIds } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import { isOutOfTime } from '../errors/celonisError';
import type { LogPage } from '../reading/paginator';
import type { EventLog } from '../reading/eventLog';
import { getTimeSpanMs } from '../reading/splitWindow';
import { fetchSlices } from '../reading/readSlices';
import { snapshotEnd, fetchFirstPage } from '../reading/readWindow';

/** How long a reading may take, and how much of it may happen at once. */
export interface FetchLimits {
	/** Milliseconds on any clock that runs on. */
	readonly now: () => number;
	/** On the clock of `now`. */
	readonly deadlineMs: number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
}

/** What a poll delivers. */
export interface FetchedEvents extends DeliveryResult {
	/** Why the reading stopped before its end, where it failed after it had found something. */
	readonly stoppedBy?: unknown;
}

/** As long as all after the low watermark has no more pages, all of it is read again at each poll. */
const MAX_PAGES_FULLY_REREAD = 4;

/** How many pages a slice should have: few, so that much of what was read is kept in the end. */
const TARGET_PAGES_PER_SLICE = 4;
const MAX_PAGES_PER_SLICE = 16;

/** A slice should take a small part of the time, so that slow answers don't keep all from being kept. */
const MIN_SLICES_PER_POLL = 4;

/**
 * Reads what is new since the cursor, and moves it on. What fits into one page costs one request;
 * more is read slice by slice, as far as the time and the most events allow: first what will not be
 * read again, then what is new, then what may have shown up late. A failure throws, unless earlier
 * slices brought events: those are delivered, and the next poll meets the failure again if it lasts.
 */
export async function fetchNewEvents(
	log: EventLog,
	cursor: Cursor,
	rules: DeliveryRules,
	limits: FetchLimits,
): Promise<FetchedEvents> {
	const { now, deadlineMs } = limits;
	const startedMs = now();
	const watermarkMs = getHighWatermark(cursor);
	// Several intervals: all that is after the low watermark was too much for one poll the last time.
	const fromMs = cursor.intervals.length > 1 ? watermarkMs : cursor.lowWatermark.ms;
	const { records, page } = await fetchFirstPage(log.pages, { fromMs });
	const nowMs = page.readSinceMs;
	const delivery = startDelivery(cursor, nowMs, rules);

	const isAll = page.isLast && fromMs === cursor.lowWatermark.ms;
	const again = isAll ? NOTHING_TO_REREAD : findWindowsToReread(cursor, page, rules);
	const tail = { fromMs: watermarkMs, toMs: Math.max(snapshotEnd(page), watermarkMs) };
	const maxPages = maxPagesPerSlice(deadlineMs - now(), now() - startedMs);
	// Half of what it may have: one that has a little more than expected is not given up.
	const pagesASlice = Math.max(1, Math.min(TARGET_PAGES_PER_SLICE, Math.floor(maxPages / 2)));
	const cutting = {
		sliceMs: pagesASlice * estimatePageSpanMs(cursor, page, records),
		targetEvents: pagesASlice * page.pageSize,
		maxPages,
		concurrency: limits.concurrency,
		demand: delivery.remaining,
	};
	/** Tells whether there is time and room for more. */
	const takeAll = async (windows: TimeWindow[]): Promise<boolean> => {
		for await (const slice of fetchSlices(log, mergeWindows(windows), cutting)) {
			delivery.observe(slice);
			if (delivery.remaining() === 0 || now() >= deadlineMs) return false;
		}
		return true;
	};
	let failure: { readonly stoppedBy?: unknown } = {};
	try {
		const goesOn = await takeAll(page.isLast ? again.overdue : [...again.overdue, tail]);
		if (goesOn && page.isLast) {
			delivery.observe({
				fromMs,
				toMs: Math.max(nowMs, fromMs),
				events: assignEventIds(records, log.identityFields),
			});
		}
		if (goesOn) await takeAll(again.early);
	} catch (error) {
		const isMerelyLate = isOutOfTime(error) && delivery.hasProgress();
		if (!delivery.hasEvents() && !isMerelyLate) return await Promise.reject(error);
		if (!isMerelyLate) failure = { stoppedBy: error };
	}
	return { ...delivery.result(), ...failure };
}

/** What was read before and is to be read once more, because something may have shown up late. */
interface WindowsToReread {
	/** Before anything else. */
	readonly overdue: TimeWindow[];
	/** If there is time left. */
	readonly early: TimeWindow[];
}

const NOTHING_TO_REREAD: WindowsToReread = { overdue: [], early: [] };

function findWindowsToReread(
	cursor: Cursor,
	{ pageSize, readSinceMs }: LogPage,
	{ lookbackMs }: DeliveryRules,
): WindowsToReread {
	const { lowWatermark, intervals } = cursor;
	const isLittle = countRecords(cursor) <= MAX_PAGES_FULLY_REREAD * pageSize;
	if (!isLittle) {
		return {
			overdue: intervalsDueForFinalRead(intervals, readSinceMs, lookbackMs),
			early: intervalsDueForEarlyRead(intervals, readSinceMs, lookbackMs),
		};
	}
	const whole = { fromMs: lowWatermark.ms, toMs: getHighWatermark(cursor) };
	return { overdue: whole.fromMs < whole.toMs ? [whole] : [], early: [] };
}

/** The time that a page spans, by what is known of the log's density; else by the first page. */
function estimatePageSpanMs(
	cursor: Cursor,
	{ pageSize }: LogPage,
	records: readonly LogRecord[],
): number {
	const count = countRecords(cursor);
	return count > pageSize
		? ((getHighWatermark(cursor) - cursor.lowWatermark.ms) / count) * pageSize
		: getTimeSpanMs(records.map(({ timestampMs }) => timestampMs));
}

function maxPagesPerSlice(leftMs: number, pageTookMs: number): number {
	const pagesInTime = Math.floor(leftMs / MIN_SLICES_PER_POLL / Math.max(1, pageTookMs));
	return Math.max(1, Math.min(MAX_PAGES_PER_SLICE, pagesInTime));
}

function countRecords({ intervals }: Cursor): number {
	return intervals.reduce((sum, { count }) => sum + count, 0);
}
