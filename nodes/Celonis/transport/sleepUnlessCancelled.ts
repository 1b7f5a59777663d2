import { sleep } from 'n8n-workflow';
import { CelonisFault } from './faults';

/** Waits for some milliseconds; throws the fault `cancelled` as soon as the execution is stopped. */
export async function sleepUnlessCancelled(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(ms);
	let onAbort = () => {};
	const cancelled = new Promise<never>((_, reject) => {
		onAbort = () => reject(new CelonisFault({ kind: 'cancelled' }));
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort, { once: true });
	});
	await Promise.race([sleep(ms), cancelled]).finally(() =>
		signal.removeEventListener('abort', onAbort),
	);
}
