import type { Clock } from '../../../nodes/Celonis/http/clock';

/** A clock on which time passes only by sleeping, and the durations of all sleeps so far. */
export function createFakeClock(): Clock & { readonly sleeps: number[] } {
	const sleeps: number[] = [];
	let nowMs = 0;
	return {
		sleeps,
		now: () => nowMs,
		wallNow: () => nowMs,
		sleep: async (ms) => {
			sleeps.push(ms);
			nowMs += ms;
		},
		createTimeout: () => new AbortController().signal,
	};
}
