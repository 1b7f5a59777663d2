import { earlyParts, joinWindows, overdueParts } from './intervals';
import { watermarkOf, type Cursor } from './cursor';
import { beginDelivery, type Delivered, type DeliveryRules } from './delivery';
import { identify } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import { isOutOfTime } from '../errors/celonisError';
import type { LogPage } from '../reading/paginator';
import type { OpenLog } from '../reading/eventLog';
import { spanOf } from '../reading/splitWindow';
import { readSlices } from '../reading/readSlices';
import { closeAt, readFirstPage } from '../reading/readWindow';

/** How long a reading may take, and how much of it may happen at once. */
export interface ReadingLimits {
	/** Milliseconds on any clock that runs on. */
	readonly now: () => number;
	/** On the clock of `now`. */
	readonly deadlineMs: number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
}

/** What a poll delivers. */
export interface NewEvents extends Delivered {
	/** Why the reading stopped before its end, where it failed after it had found something. */
	readonly stoppedBy?: unknown;
}

/** As long as all after the floor has no more pages, all of it is read again at each poll. */
const PAGES_READ_AGAIN = 4;

/** How many pages a slice should have: few, so that much of what was read is kept in the end. */
const PAGES_AT_A_TIME = 4;
const MOST_PAGES_AT_A_TIME = 16;

/** A slice should take a small part of the time, so that slow answers don't keep all from being kept. */
const SLICES_IN_TIME = 4;

/**
 * Reads what is new since the cursor, and moves it on. What fits into one page costs one request;
 * more is read slice by slice, as far as the time and the most events allow: first what will not be
 * read again, then what is new, then what may have shown up late. A failure throws, unless earlier
 * slices brought events: those are delivered, and the next poll meets the failure again if it lasts.
 */
export async function readNew(
	log: OpenLog,
	cursor: Cursor,
	rules: DeliveryRules,
	limits: ReadingLimits,
): Promise<NewEvents> {
	const { now, deadlineMs } = limits;
	const startedMs = now();
	const watermarkMs = watermarkOf(cursor);
	// Several stretches: all that is after the floor was too much for one poll the last time.
	const fromMs = cursor.stretches.length > 1 ? watermarkMs : cursor.floor.ms;
	const { records, page } = await readFirstPage(log.pages, { fromMs });
	const nowMs = page.readAfterMs;
	const delivery = beginDelivery(cursor, nowMs, rules);

	const isAll = page.isLast && fromMs === cursor.floor.ms;
	const again = isAll ? NOTHING_AGAIN : partsToReadAgain(cursor, page, rules);
	const tail = { fromMs: watermarkMs, toMs: Math.max(closeAt(page), watermarkMs) };
	const mostPages = mostPagesASlice(deadlineMs - now(), now() - startedMs);
	// Half of what it may have: one that has a little more than expected is not given up.
	const pagesASlice = Math.max(1, Math.min(PAGES_AT_A_TIME, Math.floor(mostPages / 2)));
	const cutting = {
		sliceMs: pagesASlice * pageLengthMs(cursor, page, records),
		eventsASlice: pagesASlice * page.pageSize,
		mostPages,
		concurrency: limits.concurrency,
		wanted: delivery.room,
	};
	/** Tells whether there is time and room for more. */
	const takeAll = async (windows: TimeWindow[]): Promise<boolean> => {
		for await (const slice of readSlices(log, joinWindows(windows), cutting)) {
			delivery.take(slice);
			if (delivery.room() === 0 || now() >= deadlineMs) return false;
		}
		return true;
	};
	let failure: { readonly stoppedBy?: unknown } = {};
	try {
		const goesOn = await takeAll(page.isLast ? again.overdue : [...again.overdue, tail]);
		if (goesOn && page.isLast) {
			delivery.take({
				fromMs,
				toMs: Math.max(nowMs, fromMs),
				events: identify(records, log.contentFields),
			});
		}
		if (goesOn) await takeAll(again.early);
	} catch (error) {
		const isMerelyLate = isOutOfTime(error) && delivery.hasProgress();
		if (!delivery.hasFound() && !isMerelyLate) return await Promise.reject(error);
		if (!isMerelyLate) failure = { stoppedBy: error };
	}
	return { ...delivery.result(), ...failure };
}

/** What was read before and is to be read once more, because something may have shown up late. */
interface PartsAgain {
	/** Before anything else. */
	readonly overdue: TimeWindow[];
	/** If there is time left. */
	readonly early: TimeWindow[];
}

const NOTHING_AGAIN: PartsAgain = { overdue: [], early: [] };

function partsToReadAgain(
	cursor: Cursor,
	{ pageSize, readAfterMs }: LogPage,
	{ lookbackMs }: DeliveryRules,
): PartsAgain {
	const { floor, stretches } = cursor;
	const isLittle = countIn(cursor) <= PAGES_READ_AGAIN * pageSize;
	if (!isLittle) {
		return {
			overdue: overdueParts(stretches, readAfterMs, lookbackMs),
			early: earlyParts(stretches, readAfterMs, lookbackMs),
		};
	}
	const whole = { fromMs: floor.ms, toMs: watermarkOf(cursor) };
	return { overdue: whole.fromMs < whole.toMs ? [whole] : [], early: [] };
}

/** The time that a page spans, by what is known of the log's density; else by the first page. */
function pageLengthMs(
	cursor: Cursor,
	{ pageSize }: LogPage,
	records: readonly LogRecord[],
): number {
	const count = countIn(cursor);
	return count > pageSize
		? ((watermarkOf(cursor) - cursor.floor.ms) / count) * pageSize
		: spanOf(records.map(({ timestampMs }) => timestampMs));
}

function mostPagesASlice(leftMs: number, pageTookMs: number): number {
	const pagesInTime = Math.floor(leftMs / SLICES_IN_TIME / Math.max(1, pageTookMs));
	return Math.max(1, Math.min(MOST_PAGES_AT_A_TIME, pagesInTime));
}

function countIn({ stretches }: Cursor): number {
	return stretches.reduce((sum, { count }) => sum + count, 0);
}
