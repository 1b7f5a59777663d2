import type { TimeWindow } from '../records/timeWindow';

/** The older or the newer end of a window. */
export type WindowEnd = 'oldest' | 'newest';

/** A part of a window, and what is known about it. */
export interface WindowPart extends TimeWindow {
	/** How many pages it probably has; missing if nobody knows. */
	readonly estimatedPages?: number;
	/** The end at which the estimate is the most reliable; the newest by default. */
	readonly knownEnd?: WindowEnd;
}
