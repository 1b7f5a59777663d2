/**
 * Loads an n8n in queue mode, kills a worker, and counts: `npm run test:queue`. Ends with exit code 1
 * where an event was lost or came twice.
 */
import { durableEngine, inMemoryEngine } from '../e2e/support/engines.mts';
import { prepare } from '../e2e/support/prepared.mts';
import { help, readOptions, type Options } from './options.mts';
import { queueRun, type Outcome } from './queueRun.mts';

const setUps = [
	{ engine: 'memory', name: 'in memory', settings: inMemoryEngine },
	{ engine: 'durable', name: 'durable scheduler', settings: durableEngine },
];

async function main(options: Options): Promise<void> {
	await prepare();
	say(`seed ${options.seed}`);
	// One after the other: they would take each other's time.
	for (const setUp of setUps.filter((each) => (options.engine ?? each.engine) === each.engine)) {
		const outcome = await queueRun(setUp.settings, options, (text) => say(`  ${text}`));
		say(`${setUp.name}: ${figuresOf(outcome)}`);
		for (const each of [...outcome.started.wrong, ...outcome.received.wrong]) say(`  ${each}`);
		if (!keepsPromise(outcome)) process.exitCode = 1;
	}
}

function figuresOf({ started, received, receivedAfterRetry, ...outcome }: Outcome): string {
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

/** What a dead worker was working on is n8n's to finish; all else has arrived, once. */
function keepsPromise({ started, received, missingElsewhere }: Outcome): boolean {
	const { lost, repeated, wrong } = started;
	const counts = [lost, repeated, wrong.length, received.wrong.length, missingElsewhere];
	return counts.every((count) => count === 0);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

try {
	const options = readOptions(process.argv.slice(2));
	if (options) await main(options);
	else process.stdout.write(help);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
