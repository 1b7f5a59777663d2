import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
	/** Named in the error after a timeout. */
	description: string;
	timeoutMs: number;
	everyMs?: number;
	/** Aborts by throwing. */
	check?: () => void;
}

/** Polls until the result is defined; an error after `timeoutMs`. */
export async function waitFor<T>(
	poll: () => T | undefined | Promise<T | undefined>,
	{ description, timeoutMs, everyMs = 200, check }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		check?.();
		const result = await poll();
		if (result !== undefined) return result;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain: ${description}`);
		}
		await delay(everyMs);
	}
}
