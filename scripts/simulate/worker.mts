import { bugs } from '../../test/simulation/bugs/index.mts';
import { runSeed } from '../../test/simulation/runSeed.mts';
import type { SourceName } from '../../test/simulation/trigger';
import { count, noTotals } from './totals.mts';

/** Seeds to run, and the name of a wrong trigger to run them with. */
export interface Job {
	readonly from: number;
	readonly count: number;
	readonly bug: string | undefined;
	readonly sourceName: SourceName;
}

process.on('message', (job: Job) => void run(job));

async function run({ from, count: seeds, bug, sourceName }: Job): Promise<void> {
	const totals = noTotals();
	for (let seed = from; seed < from + seeds; seed++) {
		count(
			totals,
			await runSeed(seed, { sourceName, ...(bug !== undefined && { bug: bugs[bug] }) }),
		);
	}
	process.send?.(totals);
}
