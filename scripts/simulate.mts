/**
 * Simulates the trigger's delivery: `npm run simulate -- --seeds 1000`. Ends with exit code 1 where
 * a seed has lost or repeated an event, and says how to see it again.
 */
import { bugs } from '../test/simulation/bugs/index.mts';
import type { Result } from '../test/simulation/run.mts';
import { runSeed } from '../test/simulation/runSeed.mts';
import { excerptOf, formatLine, type TraceLine } from '../test/simulation/trace.mts';
import { runCampaign, PROCESSES } from './simulate/campaign.mts';
import { help, parseOptions, type Options } from './simulate/options.mts';
import { count, noTotals, type Totals } from './simulate/totals.mts';

const SHOWN_FAILURES = 3;

const options = parseOptions(process.argv.slice(2));
if (options === 'help') say(help);
else if ('problem' in options) {
	process.stderr.write(`${options.problem}\n\n${help}`);
	process.exitCode = 2;
} else if (options.seed !== undefined) await showSeed(options.seed, options);
else await simulate(options);

async function simulate(chosen: Options): Promise<void> {
	const beganMs = performance.now();
	let shownTenths = 0;
	const totals = await runCampaign(chosen, ({ seeds, failed }) => {
		const tenths = Math.floor((10 * seeds) / chosen.count);
		if (tenths === shownTenths) return;
		shownTenths = tenths;
		say(`${seeds} of ${chosen.count} seeds, ${failed.length} failed`);
	});
	const seconds = (performance.now() - beganMs) / 1000;

	for (const seed of totals.failed.slice(0, SHOWN_FAILURES)) {
		const { lines } = await runTraced(seed, chosen);
		say(`\n${formatCommand(seed, chosen)}\n${excerptOf(lines).join('\n')}`);
	}
	const others = totals.failed.slice(SHOWN_FAILURES);
	if (others.length > 0) say(`\nAlso failed: ${others.slice(0, 50).join(' ')}`);
	say(`\n${(totals.seeds / seconds).toFixed(1)} seeds/s on ${PROCESSES} processes`);
	conclude(totals);
}

async function showSeed(seed: number, chosen: Options): Promise<void> {
	const { lines, result } = await runTraced(seed, chosen);
	say(lines.map(formatLine).join('\n'));
	const totals = noTotals();
	count(totals, result);
	conclude(totals);
}

async function runTraced(
	seed: number,
	{ bug, sourceName, itemFaults }: Options,
): Promise<{ lines: TraceLine[]; result: Result }> {
	const lines: TraceLine[] = [];
	const result = await runSeed(seed, {
		sourceName,
		itemFaults,
		...(bug !== undefined && { bug: bugs[bug] }),
		write: (line) => lines.push(line),
	});
	return { lines, result };
}

function conclude(totals: Totals): void {
	const { seeds, events, polls, faults, lost, repeated, wrong, failed } = totals;
	say(
		`crashes cost ${totals.excusedLosses} events and starts of n8n repeated ${totals.excusedRepeats}, as promised`,
	);
	if (wrong > 0) say(`${wrong} other things went wrong`);
	say(
		`seeds=${seeds} events=${events} polls=${polls} faults=${faults} lost=${lost} repeated=${repeated}`,
	);
	if (failed.length > 0) process.exitCode = 1;
}

function formatCommand(seed: number, { bug, sourceName, itemFaults }: Options): string {
	const faults = itemFaults ? ' --item-faults' : '';
	const wrong = bug === undefined ? '' : ` --bug ${bug}`;
	return `npm run simulate -- --source ${sourceName} --seed ${seed}${faults}${wrong}`;
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
