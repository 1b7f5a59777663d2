import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ask } from './askParent.mts';
import type { Measurement } from './job.mts';

/** Time for the garbage of the warm-up to be returned to the system. */
const SETTLE_MS = 200;

/**
 * Measures one reading in this process. `read` returns the records or items, which are held until
 * the memory has been measured, as a workflow holds them.
 */
export async function measure(read: () => Promise<readonly unknown[]>): Promise<Measurement> {
	const peak = watchMemory();
	collect();
	await delay(SETTLE_MS);
	const heapBefore = process.memoryUsage().heapUsed;
	const requestsBefore = await ask({ ask: 'requests' });
	const rssBefore = process.memoryUsage.rss();
	peak.reset();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const result = await read();
	const durationMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const highest = Math.max(peak.highest(), process.memoryUsage.rss());
	const requests = (await ask({ ask: 'requests' })) - requestsBefore;
	collect();
	const heldBytes = process.memoryUsage().heapUsed - heapBefore;
	return {
		durationMs,
		cpuMs: (user + system) / 1000,
		peakBytes: Math.max(0, highest - rssBefore),
		heldBytes,
		requests,
		events: result.length,
	};
}

function collect(): void {
	if (!globalThis.gc) throw new Error('Start the process with --expose-gc');
	globalThis.gc();
	globalThis.gc();
}

/** A separate thread measures, since garbage collection stops the thread that reads. */
function watchMemory() {
	const shared = new Float64Array(new SharedArrayBuffer(8));
	const worker = new Worker(new URL('memoryWatcher.mts', import.meta.url), { workerData: shared });
	worker.unref();
	return {
		reset: () => {
			shared[0] = 0;
		},
		highest: () => shared[0] ?? 0,
	};
}
