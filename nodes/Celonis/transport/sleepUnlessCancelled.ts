import { sleep } from 'n8n-workflow';
import { CelonisFault } from '../faults/fault';
import { unlessAborted } from './unlessAborted';

/** Waits for some milliseconds; throws the fault `cancelled` as soon as the execution is stopped. */
export async function sleepUnlessCancelled(ms: number, cancelled?: AbortSignal): Promise<void> {
	if (!cancelled) return await sleep(ms);
	await unlessAborted(sleep(ms), cancelled).catch(() =>
		Promise.reject(new CelonisFault({ kind: 'cancelled' })),
	);
}
