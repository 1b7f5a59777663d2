import { sleep } from 'n8n-workflow';
import { CelonisFault } from '../errors/celonisError';
import { unlessAborted } from './raceAbort';

/** n8n's timers cannot be stopped: short ones leave nothing behind. */
const LONGEST_TIMER_MS = 1000;

/** Waits for some milliseconds; throws the fault `cancelled` as soon as the execution is stopped. */
export async function sleepUnlessCancelled(ms: number, cancelled?: AbortSignal): Promise<void> {
	if (!cancelled) return await sleep(ms);
	for (let leftMs = ms; leftMs > 0; leftMs -= LONGEST_TIMER_MS) {
		const nap = unlessAborted(sleep(Math.min(leftMs, LONGEST_TIMER_MS)), cancelled);
		await nap.catch(() => Promise.reject(new CelonisFault({ kind: 'cancelled' })));
	}
}
