import { bugs } from '../../test/simulation/bugs/index.mts';
import { runSeed } from '../../test/simulation/runSeed.mts';
import type { SourceName } from '../../nodes/Celonis/sources';
import { addResult, createTotals } from './totals.mts';

/** Seeds to run, and how. */
export interface Job {
	readonly from: number;
	readonly count: number;
	readonly bug: string | undefined;
	readonly sourceName: SourceName;
	readonly itemFaults: boolean;
}

process.on('message', (job: Job) => void run(job));

async function run({ from, count, bug, sourceName, itemFaults }: Job): Promise<void> {
	const totals = createTotals();
	for (let seed = from; seed < from + count; seed++) {
		addResult(
			totals,
			await runSeed(seed, { sourceName, itemFaults, ...(bug !== undefined && { bug: bugs[bug] }) }),
		);
	}
	process.send?.(totals);
}
