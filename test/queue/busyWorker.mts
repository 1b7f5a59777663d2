import { setTimeout as delay } from 'node:timers/promises';
import type { N8nProcess } from '../../scripts/n8n/n8nProcess.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';

export interface BusyWorker {
	readonly worker: N8nProcess;
	/** Ids of the executions that it is working on. */
	readonly executions: readonly string[];
}

/** Waits until one of the workers is in the middle of an execution: still busy `delayMs` after it began. */
export async function busyWorker(
	workers: ReadonlySet<N8nProcess>,
	delayMs: number,
): Promise<BusyWorker> {
	const find = async () => {
		for (const worker of workers) {
			const [begun] = executionsUnderWay(worker);
			if (begun === undefined) continue;
			await delay(delayMs);
			const executions = executionsUnderWay(worker);
			if (executions.includes(begun)) return { worker, executions };
		}
		return undefined;
	};
	const what = 'a worker to be in the middle of an execution';
	return await waitFor(find, { what, timeoutMs: 180_000, everyMs: 20 });
}

/** By what the worker logs. */
function executionsUnderWay(worker: N8nProcess): string[] {
	const underWay = new Set<string>();
	const log = worker.output();
	for (const [, what, id = ''] of log.matchAll(/Worker (started|finished) execution (\d+) /g)) {
		if (what === 'started') underWay.add(id);
		else underWay.delete(id);
	}
	return [...underWay];
}
