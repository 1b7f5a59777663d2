import { abortableSleep } from './abortableSleep';

/** The clock for retries, delays and deadlines. */
export interface Clock {
	/**
	 * Epoch milliseconds of this machine, which never decrease. Only use differences: the clock may be
	 * wrong.
	 */
	now(): number;
	/** This machine's wall clock, in epoch milliseconds. It may be wrong, and may be set. */
	wallNow(): number;
	/** Waits; rejects as soon as the execution is cancelled. */
	sleep(ms: number): Promise<void>;
	/** A signal that is aborted after some time. */
	createTimeout(ms: number): AbortSignal;
}

/** The clock of this machine, for one execution. */
export function createClock(cancelled?: AbortSignal): Clock {
	return {
		now: () => performance.timeOrigin + performance.now(),
		wallNow: () => Date.now(),
		sleep: async (ms) => await abortableSleep(ms, cancelled),
		createTimeout: (ms) => AbortSignal.timeout(ms),
	};
}
