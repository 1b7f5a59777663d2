import { workerData } from 'node:worker_threads';

const INTERVAL_MS = 5;

/** Keeps the peak resident memory of the process in the shared memory. */
const highest = workerData as Float64Array;
setInterval(() => {
	highest[0] = Math.max(highest[0] ?? 0, process.memoryUsage.rss());
}, INTERVAL_MS);
