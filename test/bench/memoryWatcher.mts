import { workerData } from 'node:worker_threads';

const INTERVAL_MS = 5;

/** Keeps the highest resident memory of the whole process in the one place that it was given. */
const highest = workerData as Float64Array;
setInterval(() => {
	highest[0] = Math.max(highest[0] ?? 0, process.memoryUsage.rss());
}, INTERVAL_MS);
