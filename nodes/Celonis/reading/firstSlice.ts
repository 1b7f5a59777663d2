import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { Direction } from './slicingOptions';
import { estimatePages, getTimeSpanMs, isNewestPage, type FirstPageStats } from './splitWindow';

/** Number of slices of a window that is read from one end, if its density is unknown. */
export const SLICES_WHEN_UNKNOWN = 16;

/** How far a page that shows the end of a window may be from that end, in time spans of the page. */
const MAX_GAP_IN_SPANS = 4;

/** How many events a slice should have, if only one end of the window is needed. */
export const TARGET_EVENTS_PER_SLICE = 10_000;

/**
 * Chooses the length of a first slice that is likely to hold what is needed. If the first page shows
 * the end of the window that is needed, the slice reaches as far as the page has enough events; else
 * the density of the page determines its length.
 */
export function chooseFirstSliceMs(
	window: TimeWindow,
	stats: FirstPageStats,
	direction: Direction,
	demand: number,
): number {
	const { times } = stats;
	if (times.length === 0 || estimatePages(window, stats) === undefined) {
		return getLengthMs(window) / SLICES_WHEN_UNKNOWN;
	}
	const isNewest = isNewestPage(window, stats);
	const distances = times
		.map((ms) => (isNewest ? window.toMs - ms : ms + 1 - window.fromMs))
		.sort((a, b) => a - b);
	const spanMs = getTimeSpanMs(times);
	const isNeededEnd = isNewest === (direction === 'newestFirst');
	const isNearEnd = (distances[0] ?? Infinity) <= MAX_GAP_IN_SPANS * spanMs;
	return isNeededEnd && isNearEnd
		? (distances[Math.min(demand, distances.length) - 1] ?? spanMs)
		: (spanMs / times.length) * Math.min(demand, TARGET_EVENTS_PER_SLICE);
}
