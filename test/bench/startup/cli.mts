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
		printLine(`run ${run + 1} of ${runs}: ${figures[run]!.loadCpuMs.toFixed(1)} ms of CPU`);
	}
	await celonis.close();
	const median = (of: Exclude<keyof StartFigures, 'costs'>) =>
		getMedian(figures.map((each) => each[of]));
	const format = (of: Parameters<typeof median>[0]) => `${median(of).toFixed(1)} ms`;
	printLine(`\nMedians of ${runs} new processes:`);
	printLine(`  loading and creating both nodes       ${format('loadMs')}`);
	printLine(`  CPU time of that                      ${format('loadCpuMs')}`);
	for (const group of Object.keys(figures[0]!.costs).sort()) {
		const ms = getMedian(figures.map(({ costs }) => costs[group] ?? 0));
		printLine(`    ${group.padEnd(40)}${ms.toFixed(1).padStart(5)} ms`);
	}
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
