import type { TimeWindow } from '../records/timeWindow';
import { countRecords, getHighWatermark, type Cursor } from './cursor';
import { intervalsDueForEarlyRead, intervalsDueForFinalRead } from './intervals';

/** Up to this many pages after the low watermark, each poll reads all of them again. */
const MAX_PAGES_FULLY_REREAD = 4;

/** Parts of the log that were read before and are read again, since late events may have appeared. */
export interface WindowsToReread {
	/** Before anything else: their lookback has passed. */
	readonly dueForFinalRead: TimeWindow[];
	/** If there is time left. */
	readonly dueForEarlyRead: TimeWindow[];
}

export const NOTHING_TO_REREAD: WindowsToReread = { dueForFinalRead: [], dueForEarlyRead: [] };

/** Finds what a poll has to read again of what comes after the low watermark. */
export function findWindowsToReread(
	cursor: Cursor,
	pageSize: number,
	nowMs: number,
	lookbackMs: number,
): WindowsToReread {
	const { lowWatermark, intervals } = cursor;
	if (countRecords(cursor) > MAX_PAGES_FULLY_REREAD * pageSize) {
		return {
			dueForFinalRead: intervalsDueForFinalRead(intervals, nowMs, lookbackMs),
			dueForEarlyRead: intervalsDueForEarlyRead(intervals, nowMs, lookbackMs),
		};
	}
	const whole = { fromMs: lowWatermark.ms, toMs: getHighWatermark(cursor) };
	return { dueForFinalRead: whole.fromMs < whole.toMs ? [whole] : [], dueForEarlyRead: [] };
}
