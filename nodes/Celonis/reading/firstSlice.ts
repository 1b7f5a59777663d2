import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { Direction } from './slicingOptions';
import { estimatePages, getTimeSpanMs, isNewestPage, type FirstPageStats } from './splitWindow';

/** Into how many slices a window is cut that is read from one end and whose density is unknown. */
export const SLICES_WHEN_UNKNOWN = 16;

/** A page that is further away from the end of the window does not show that end, in its own spans. */
const MAX_GAP_IN_SPANS = 4;

/** Holds so many events at a time where only one end of the window is needed. */
export const TARGET_EVENTS_PER_SLICE = 10_000;

/**
 * The length of a first slice that is likely to hold what is needed: where the first page shows that end of the
 * window, as far as it is known to hold as many events; else by the density of the page.
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
