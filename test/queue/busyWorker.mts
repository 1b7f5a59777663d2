import { setTimeout as delay } from 'node:timers/promises';
import type { N8nProcess } from '../../scripts/n8n/n8nProcess.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';

export interface BusyWorker {
	readonly worker: N8nProcess;
	/** Ids of the executions that it is running. */
	readonly executions: readonly string[];
}

/** Waits until one of the workers has been running an execution for `delayMs`. */
export async function findBusyWorker(
	workers: ReadonlySet<N8nProcess>,
	delayMs: number,
): Promise<BusyWorker> {
	const find = async () => {
		for (const worker of workers) {
			const [begun] = findRunningExecutions(worker);
			if (begun === undefined) continue;
			await delay(delayMs);
			const executions = findRunningExecutions(worker);
			if (executions.includes(begun)) return { worker, executions };
		}
		return undefined;
	};
	const description = 'a worker to be in the middle of an execution';
	return await waitFor(find, { description, timeoutMs: 180_000, everyMs: 20 });
}

/** Read from the log of the worker. */
function findRunningExecutions(worker: N8nProcess): string[] {
	const running = new Set<string>();
	const log = worker.output();
	for (const [, status, id = ''] of log.matchAll(/Worker (started|finished) execution (\d+) /g)) {
		if (status === 'started') running.add(id);
		else running.delete(id);
	}
	return [...running];
}
