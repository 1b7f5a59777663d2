import { bugs } from '../../test/simulation/bugs/index.mts';
import { runSeed } from '../../test/simulation/runSeed.mts';
import type { SourceName } from '../../nodes/Celonis/sources';
import { count, noTotals } from './totals.mts';

/** Seeds to run, and how. */
export interface Job {
	readonly from: number;
	readonly count: number;
	readonly bug: string | undefined;
	readonly sourceName: SourceName;
	readonly itemFaults: boolean;
}

process.on('message', (job: Job) => void run(job));

async function run({ from, count: seeds, bug, sourceName, itemFaults }: Job): Promise<void> {
	const totals = noTotals();
	for (let seed = from; seed < from + seeds; seed++) {
		count(
			totals,
			await runSeed(seed, { sourceName, itemFaults, ...(bug !== undefined && { bug: bugs[bug] }) }),
		);
	}
	process.send?.(totals);
}
