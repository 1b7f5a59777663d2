import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Options } from './options.mts';
import { addTotals, createTotals, type Totals } from './totals.mts';
import type { Job } from './worker.mts';

const SEEDS_PER_JOB = 10;
const WORKER = fileURLToPath(new URL('worker.mts', import.meta.url));

export const PROCESSES = Math.max(1, Math.min(8, availableParallelism()));

/** Runs the seeds on all cores; reports the totals after each job. */
export async function runCampaign(
	{ from, count, bug, sourceName, itemFaults, reportFile }: Options,
	onProgress: (totals: Totals) => void,
): Promise<Totals> {
	const totals = createTotals();
	const end = from + count;
	let next = from;
	const takeJob = (): Job | undefined => {
		if (next >= end) return undefined;
		const job = {
			from: next,
			count: Math.min(SEEDS_PER_JOB, end - next),
			bug,
			sourceName,
			itemFaults,
			reportFile,
		};
		next += job.count;
		return job;
	};

	const work = async () => {
		const worker = fork(WORKER);
		try {
			for (let job = takeJob(); job; job = takeJob()) {
				addTotals(totals, await runJob(worker, job));
				onProgress(totals);
			}
		} finally {
			worker.disconnect();
		}
	};
	await Promise.all(Array.from({ length: PROCESSES }, work));
	totals.failed.sort((a, b) => a - b);
	return totals;
}

async function runJob(worker: ChildProcess, job: Job): Promise<Totals> {
	return await new Promise((resolve, reject) => {
		const onExit = (code: number | null) =>
			reject(new Error(`A worker exited with code ${code}; its job began at seed ${job.from}.`));
		worker.once('exit', onExit);
		worker.once('message', (totals) => {
			worker.off('exit', onExit);
			resolve(totals as Totals);
		});
		worker.send(job);
	});
}
