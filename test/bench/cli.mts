/** How fast the nodes are: `npm run bench`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { N8N_VERSION, NODE_VERSION } from '../../scripts/n8n/versions.mts';
import { chartOf } from './chart.mts';
import { prepareInstallation } from './installation.mts';
import { help, readOptions, type Options } from './options.mts';
import { reportOf } from './report.mts';
import { HEAP_MEGABYTES, runAll } from './runAll.mts';
import { barTable, readingTables, textOf, triggerTable } from './tables.mts';

async function main(options: Options, command: string): Promise<void> {
	const results = await runAll(await prepareInstallation(), options, say);
	const trigger = triggerTable(results);
	const tables = [...readingTables(results), barTable(results), ...(trigger ? [trigger] : [])];
	for (const table of tables) say(textOf(table));

	const folder = resolve(options.output);
	await mkdir(folder, { recursive: true });
	const page = join(folder, 'performance.md');
	const circumstances = {
		cores: availableParallelism(),
		nodeVersion: NODE_VERSION,
		n8nVersion: N8N_VERSION,
		heapMegabytes: HEAP_MEGABYTES,
		repeats: options.repeats,
		command,
	};
	await writeFile(page, await reportOf(results, circumstances, page));
	if (results.readings.length > 0) {
		await writeFile(join(folder, 'performance.svg'), chartOf(results));
	}
	say(`\nWritten: ${options.output}/performance.md, performance.svg`);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

const args = process.argv.slice(2);
try {
	const options = readOptions(args);
	if (options)
		await main(options, ['npm run bench', ...(args.length ? ['--', ...args] : [])].join(' '));
	else process.stdout.write(help);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
