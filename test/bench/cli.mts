/** How fast the nodes are: `npm run bench`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { N8N_VERSION, NODE_VERSION } from '../../scripts/n8n/versions.mts';
import { renderChart } from './chart.mts';
import { prepareInstallation } from './installation.mts';
import { describeLimits } from './limits.mts';
import { help, parseOptions, type Options } from './options.mts';
import { renderReport } from './report.mts';
import { runAll } from './runAll.mts';
import {
	createDistantTable,
	createProfileTable,
	createTargetTable,
	createReadingTables,
	formatText,
	createTriggerTable,
} from './tables.mts';
import { printLine } from '../../scripts/printLine.mts';

async function main(options: Options, command: string): Promise<void> {
	const results = await runAll(await prepareInstallation(), options, printLine);
	const trigger = createTriggerTable(results);
	const distant = createDistantTable(results);
	const profile = createProfileTable(results);
	const tables = [
		...createReadingTables(results),
		...(profile ? [profile] : []),
		...(distant ? [distant] : []),
		createTargetTable(results),
		...(trigger ? [trigger] : []),
	];
	for (const table of tables) printLine(formatText(table));
	for (const limit of describeLimits(results)) printLine(`\n${limit}`);

	const folder = resolve(options.output);
	await mkdir(folder, { recursive: true });
	const page = join(folder, 'performance.md');
	const circumstances = {
		cores: availableParallelism(),
		nodeVersion: NODE_VERSION,
		n8nVersion: N8N_VERSION,
		repeats: options.repeats,
		command,
	};
	await writeFile(page, renderReport(results, circumstances));
	if (results.readings.length > 0 || results.distant.length > 0) {
		await writeFile(join(folder, 'performance.svg'), renderChart(results));
	}
	printLine(`\nWritten: ${options.output}/performance.md, performance.svg`);
}

const args = process.argv.slice(2);
try {
	const options = parseOptions(args);
	if (options)
		await main(options, ['npm run bench', ...(args.length ? ['--', ...args] : [])].join(' '));
	else process.stdout.write(help);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
