import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
	/** Named in the error when the time is up. */
	what: string;
	timeoutMs: number;
	everyMs?: number;
	/** Ends the waiting early by throwing. */
	check?: () => void;
}

/** Asks again and again until the answer is something; an error when `timeoutMs` passes without. */
export async function waitFor<T>(
	ask: () => T | undefined | Promise<T | undefined>,
	{ what, timeoutMs, everyMs = 200, check }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		check?.();
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain: ${what}`);
		}
		await delay(everyMs);
	}
}
