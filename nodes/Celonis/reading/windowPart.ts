import type { TimeWindow } from '../records/timeWindow';

/** The older or the newer end of a window. */
export type WindowEnd = 'oldest' | 'newest';

/** A part of a window, and what is known about it. */
export interface WindowPart extends TimeWindow {
	/** How many pages it probably has; missing if nobody knows. */
	readonly estimatedPages?: number;
	/** The end at which the estimate is the most reliable; the newest by default. */
	readonly knownEnd?: WindowEnd;
	/** Whether the API has counted its records. */
	readonly isCounted?: boolean;
}

/** Joins parts that touch each other, in either direction, if it is known how many pages they have. */
export function joinParts(parts: readonly WindowPart[]): WindowPart[] {
	const joined: WindowPart[] = [];
	for (const part of parts) {
		const last = joined.pop();
		const whole = last && join(last, part);
		joined.push(...(whole ? [whole] : last ? [last, part] : [part]));
	}
	return joined;
}

function join(a: WindowPart, b: WindowPart): WindowPart | undefined {
	const isTouching = a.toMs === b.fromMs || b.toMs === a.fromMs;
	if (!isTouching || a.estimatedPages === undefined || b.estimatedPages === undefined) {
		return undefined;
	}
	return {
		...b,
		fromMs: Math.min(a.fromMs, b.fromMs),
		toMs: Math.max(a.toMs, b.toMs),
		estimatedPages: a.estimatedPages + b.estimatedPages,
	};
}
