import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { Direction } from './slicingOptions';

/**
 * Cuts a slice of this length off the first of some windows, at the end that is read first. Removes it
 * from the windows, of which there must be one.
 */
export function takeSlice(
	windows: TimeWindow[],
	sliceMs: number,
	direction: Direction,
): TimeWindow {
	const [first, ...others] = windows as [TimeWindow, ...TimeWindow[]];
	const lengthMs = Math.min(getLengthMs(first), Math.max(1, Math.floor(sliceMs)));
	const isOldestFirst = direction === 'oldestFirst';
	const cutMs = isOldestFirst ? first.fromMs + lengthMs : first.toMs - lengthMs;
	const before = { fromMs: first.fromMs, toMs: cutMs };
	const after = { fromMs: cutMs, toMs: first.toMs };
	const [slice, rest] = isOldestFirst ? [before, after] : [after, before];
	windows.splice(0, windows.length, ...(getLengthMs(rest) > 0 ? [rest] : []), ...others);
	return slice;
}
