/**
 * Simulates the trigger's delivery: `npm run simulate -- --seeds 1000`. Exits with code 1 if a seed
 * fails, and prints the command that reproduces it.
 */
import { bugs } from '../test/simulation/bugs/index.mts';
import type { Result } from '../test/simulation/run.mts';
import { runSeed } from '../test/simulation/runSeed.mts';
import { formatExcerpt, formatLine, type TraceLine } from '../test/simulation/trace.mts';
import { behaveLike, describeLikeness } from '../test/celonis/like.mts';
import { SetupError } from './n8n/setupError.mts';
import { readReport } from './probe/files.mts';
import { printLine } from './printLine.mts';
import { runCampaign, PROCESSES } from './simulate/campaign.mts';
import { help, parseOptions, type Options } from './simulate/options.mts';
import { readReportedServer } from './simulate/reported.mts';
import { addResult, createTotals, type Totals } from './simulate/totals.mts';

const MAX_SHOWN_FAILURES = 3;

const parsed = parseOptions(process.argv.slice(2));
if (parsed === 'help') printLine(help);
else if ('problem' in parsed) {
	process.stderr.write(`${parsed.problem}\n\n${help}`);
	process.exitCode = 2;
} else await run(parsed).catch(printProblem);

async function run(options: Options): Promise<void> {
	// Says now what is wrong with a report, not in each process.
	if (options.reportFile !== undefined) {
		printLine(describeLikeness(behaveLike(await readReport(options.reportFile))));
	}
	if (options.seed !== undefined) await printRun(options.seed, options);
	else await simulate(options);
}

function printProblem(error: unknown): void {
	if (!(error instanceof SetupError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 2;
}

async function simulate(options: Options): Promise<void> {
	const startedMs = performance.now();
	let printedTenths = 0;
	const totals = await runCampaign(options, ({ seeds, failed }) => {
		const tenths = Math.floor((10 * seeds) / options.count);
		if (tenths === printedTenths) return;
		printedTenths = tenths;
		printLine(`${seeds} of ${options.count} seeds, ${failed.length} failed`);
	});
	const seconds = (performance.now() - startedMs) / 1000;

	for (const seed of totals.failed.slice(0, MAX_SHOWN_FAILURES)) {
		const { lines } = await runTraced(seed, options);
		printLine(`\n${formatCommand(seed, options)}\n${formatExcerpt(lines).join('\n')}`);
	}
	const others = totals.failed.slice(MAX_SHOWN_FAILURES);
	if (others.length > 0) printLine(`\nOther failed seeds: ${others.slice(0, 50).join(' ')}`);
	printLine(`\n${(totals.seeds / seconds).toFixed(1)} seeds/s on ${PROCESSES} processes`);
	printSummary(totals);
}

async function printRun(seed: number, options: Options): Promise<void> {
	const { lines, result } = await runTraced(seed, options);
	printLine(lines.map(formatLine).join('\n'));
	const totals = createTotals();
	addResult(totals, result);
	printSummary(totals);
}

async function runTraced(
	seed: number,
	{ bug, sourceName, itemFaults, reportFile }: Options,
): Promise<{ lines: TraceLine[]; result: Result }> {
	const lines: TraceLine[] = [];
	const reported = await readReportedServer(reportFile);
	const result = await runSeed(seed, {
		sourceName,
		itemFaults,
		...(reported && { reported }),
		...(bug !== undefined && { bug: bugs[bug] }),
		write: (line) => lines.push(line),
	});
	return { lines, result };
}

function printSummary(totals: Totals): void {
	const { seeds, events, polls, faults, lost, repeated, wrong, failed } = totals;
	printLine(
		`allowed by the promise: ${totals.excusedLosses} events lost in crashes, ${totals.excusedRepeats} repeated after starts of n8n`,
	);
	if (wrong > 0) printLine(`${wrong} other violations`);
	printLine(
		`seeds=${seeds} events=${events} polls=${polls} faults=${faults} lost=${lost} repeated=${repeated} repeatedAfterSetBack=${totals.repeatedAfterSetBack}`,
	);
	if (failed.length > 0) process.exitCode = 1;
}

function formatCommand(seed: number, { bug, sourceName, itemFaults, reportFile }: Options): string {
	const likeOption = reportFile === undefined ? '' : ` --like ${reportFile}`;
	const itemOption = itemFaults ? ' --item-faults' : '';
	const bugOption = bug === undefined ? '' : ` --bug ${bug}`;
	return `npm run simulate -- --source ${sourceName} --seed ${seed}${itemOption}${likeOption}${bugOption}`;
}
