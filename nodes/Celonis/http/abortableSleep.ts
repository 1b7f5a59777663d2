import { sleep } from 'n8n-workflow';
import { CelonisError } from '../errors/celonisError';
import { raceAbort } from './raceAbort';

/** n8n's timers cannot be stopped: short ones leave nothing behind. */
const MAX_TIMER_MS = 1000;

/** Waits for some milliseconds; throws the fault `cancelled` as soon as the execution is stopped. */
export async function abortableSleep(ms: number, cancelled?: AbortSignal): Promise<void> {
	if (!cancelled) return await sleep(ms);
	for (let leftMs = ms; leftMs > 0; leftMs -= MAX_TIMER_MS) {
		const nap = raceAbort(sleep(Math.min(leftMs, MAX_TIMER_MS)), cancelled);
		await nap.catch(() => Promise.reject(new CelonisError({ code: 'cancelled' })));
	}
}
