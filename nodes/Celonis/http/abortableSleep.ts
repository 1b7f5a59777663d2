import { sleep } from 'n8n-workflow';
import { CelonisError } from '../errors/celonisError';
import { raceAbort } from './raceAbort';

/** n8n's timers cannot be stopped: short ones do not outlive an execution for long. */
const MAX_TIMER_MS = 1000;

/** Waits for some milliseconds; throws the error `cancelled` as soon as the signal is aborted. */
export async function abortableSleep(ms: number, cancelled?: AbortSignal): Promise<void> {
	if (!cancelled) return await sleep(ms);
	for (let remainingMs = ms; remainingMs > 0; remainingMs -= MAX_TIMER_MS) {
		const timer = raceAbort(sleep(Math.min(remainingMs, MAX_TIMER_MS)), cancelled);
		await timer.catch(() => {
			throw new CelonisError('cancelled');
		});
	}
}
