import { bugs } from '../../test/simulation/bugs/index.mts';
import { runSeed } from '../../test/simulation/runSeed.mts';
import type { SourceName } from '../../nodes/Celonis/sources';
import { readReportedServer } from './reported.mts';
import { addResult, createTotals } from './totals.mts';

/** Seeds to run, and how. */
export interface Job {
	readonly from: number;
	readonly count: number;
	readonly bug: string | undefined;
	readonly sourceName: SourceName;
	readonly itemFaults: boolean;
	/** The report whose team the server behaves like. */
	readonly reportFile: string | undefined;
}

process.on('message', (job: Job) => void run(job));

async function run({ from, count, bug, sourceName, itemFaults, reportFile }: Job): Promise<void> {
	const totals = createTotals();
	const reported = await readReportedServer(reportFile);
	for (let seed = from; seed < from + count; seed++) {
		addResult(
			totals,
			await runSeed(seed, {
				sourceName,
				itemFaults,
				reported,
				...(bug !== undefined && { bug: bugs[bug] }),
			}),
		);
	}
	process.send?.(totals);
}
