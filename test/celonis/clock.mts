/** The simulator's only source of time: tests move it instead of waiting. */
export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	/** Jumps to a point in time: epoch milliseconds, a `Date` or an ISO 8601 text. */
	set(time: number | string | Date): void;
	/** Jumps ahead (or back, with a negative number). */
	advance(ms: number): void;
}

/** Real time; `set` and `advance` make it wrong by a fixed amount, like a server whose clock is off. */
export function runningClock(): Clock {
	let offsetMs = 0;
	const now = () => Date.now() + offsetMs;
	return {
		now,
		set: (time) => {
			offsetMs += toEpochMs(time) - now();
		},
		advance: (ms) => {
			offsetMs += ms;
		},
	};
}

/** Stands still until it is moved. */
export function manualClock(start: number | string | Date = '2026-06-01T08:00:00.000Z'): Clock {
	let currentMs = toEpochMs(start);
	return {
		now: () => currentMs,
		set: (time) => {
			currentMs = toEpochMs(time);
		},
		advance: (ms) => {
			currentMs += ms;
		},
	};
}

function toEpochMs(time: number | string | Date): number {
	const ms = new Date(time).getTime();
	if (Number.isNaN(ms)) throw new Error(`Not a point in time: ${String(time)}`);
	return ms;
}
