import type { Clock } from '../../nodes/Celonis/http/clock';

/** A clock whose time passes only while everything waits. */
export interface VirtualClock extends Clock {
	/** Lets time pass from one end of a wait to the next until the work is done. */
	run<T>(work: Promise<T>): Promise<T>;
}

export function createVirtualClock(startMs = Date.parse('2026-06-01T00:00:00Z')): VirtualClock {
	const waits: Array<{ readonly atMs: number; readonly wake: () => void }> = [];
	let nowMs = startMs;
	const now = () => nowMs;
	return {
		now,
		wallNow: now,
		sleep: async (ms) => await new Promise((wake) => waits.push({ atMs: now() + ms, wake })),
		createTimeout: () => new AbortController().signal,
		run: async (work) => {
			let isDone = false;
			work.finally(() => (isDone = true)).catch(() => undefined);
			for (;;) {
				await new Promise((resolve) => setImmediate(resolve));
				if (isDone) return await work;
				const next = waits.sort((a, b) => a.atMs - b.atMs).shift();
				if (!next) throw new Error('Nothing waits');
				nowMs = Math.max(nowMs, next.atMs);
				next.wake();
			}
		},
	};
}
