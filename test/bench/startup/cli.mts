/** What the start of n8n takes for this package, up to the first request: `npm run bench:startup -- [runs]`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { printLine } from '../../../scripts/printLine.mts';
import { fullAccessAppKey } from '../../celonis/access.mts';
import { startSimulator } from '../../celonis/simulator.mts';
import { prepareInstallation } from '../installation.mts';
import { getMedian } from '../statistics.mts';
import type { StartFigures, StartJob } from './job.mts';

async function main(runs: number): Promise<void> {
	if (!(runs > 0)) throw new Error('Give a number of runs');
	const { node, ...installation } = await prepareInstallation();
	const celonis = await startSimulator();
	const team = { url: celonis.url, appKey: fullAccessAppKey.key };
	const figures: StartFigures[] = [];
	for (let run = 0; run < runs; run++) {
		figures.push(await measureInChild({ team, installation }, node));
		printLine(`run ${run + 1} of ${runs}: ${figures[run]!.loadMs.toFixed(1)} ms`);
	}
	await celonis.close();
	const median = (of: keyof StartFigures) => getMedian(figures.map((each) => each[of]));
	const format = (of: keyof StartFigures) => `${median(of).toFixed(1)} ms`;
	printLine(`\nMedians of ${runs} new processes:`);
	printLine(`  loading and creating both nodes       ${format('loadMs')}`);
	printLine(
		`  files of the package that are loaded  ${median('modules')}, ${Math.round(median('bytes') / 1000)} kB`,
	);
	printLine(`  first execution to its first request  ${format('firstMs')}`);
	printLine(`  second execution to its first request ${format('secondMs')}`);
	printLine(`  files that the first execution loads  ${median('lateModules')}`);
}

async function measureInChild(job: StartJob, node: string): Promise<StartFigures> {
	const child = fork(fileURLToPath(new URL('child.mts', import.meta.url)), [], {
		execPath: node,
		// No loader that transforms modules: it would be measured too.
		execArgv: [],
		env: { ...process.env, NODE_ENV: 'production', N8N_LOG_LEVEL: 'silent' },
	});
	child.send(job);
	const [{ result, error }] = (await once(child, 'message')) as [
		{ result?: StartFigures; error?: unknown },
	];
	if (!result) throw new Error(String(error));
	return result;
}

await main(Number(process.argv[2] ?? 9));
