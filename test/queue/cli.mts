/**
 * Loads an n8n in queue mode and kills workers: `npm run test:queue`. Exits with code 1 if an event was
 * lost or repeated.
 */
import { durableEngine, inMemoryEngine } from '../e2e/support/engines.mts';
import { prepare } from '../e2e/support/prepared.mts';
import { help, parseOptions, type Options } from './options.mts';
import { runQueue, type Outcome } from './queueRun.mts';
import { printLine } from '../../scripts/printLine.mts';

const configurations = [
	{ engine: 'memory', name: 'in memory', settings: inMemoryEngine },
	{ engine: 'durable', name: 'durable scheduler', settings: durableEngine },
];

async function main(options: Options): Promise<void> {
	await prepare();
	printLine(`seed ${options.seed}`);
	// Sequentially: they would slow each other down.
	for (const configuration of configurations.filter(
		(each) => (options.engine ?? each.engine) === each.engine,
	)) {
		const outcome = await runQueue(configuration.settings, options, (text) =>
			printLine(`  ${text}`),
		);
		printLine(`${configuration.name}: ${formatOutcome(outcome)}`);
		for (const each of [...outcome.started.wrong, ...outcome.received.wrong])
			printLine(`  ${each}`);
		if (!isAsPromised(outcome)) process.exitCode = 1;
	}
}

function formatOutcome({ started, received, receivedAfterRetry, ...outcome }: Outcome): string {
	const { loadSeconds, deliveredSeconds, executions, largest, interrupted } = outcome;
	const { events, lost, repeated, wrong } = started;
	const inInterrupted = interrupted.reduce((sum, { events: own }) => sum + own.length, 0);
	const statuses = Object.entries(outcome.statuses).map(([status, count]) => `${count} ${status}`);
	const figures = {
		events,
		rate: `${Math.floor(events / loadSeconds)}/s`,
		executions,
		largest,
		lost,
		repeated,
		wrong: wrong.length + received.wrong.length,
		seconds: deliveredSeconds,
		interrupted: `${interrupted.length} (${inInterrupted} events)`,
		ended: statuses.join(', '),
		'not received': received.lost,
		'after a retry': receivedAfterRetry.lost,
		'received twice': received.repeated,
	};
	return Object.entries(figures)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ');
}

/** A killed worker's executions are n8n's to finish; everything else must have arrived once. */
function isAsPromised({ started, received, lost }: Outcome): boolean {
	const { repeated, wrong } = started;
	const counts = [started.lost, repeated, wrong.length, received.wrong.length, lost];
	return counts.every((count) => count === 0);
}

try {
	const options = parseOptions(process.argv.slice(2));
	if (options) await main(options);
	else process.stdout.write(help);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
