/**
 * `npm run probe`: looks at a Celonis team and reports how its APIs behave where nobody says. Exits with
 * code 1 if it could not look at all, and with 2 if it was called wrongly.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatPath } from './n8n/paths.mts';
import { SetupError, toSetupError } from './n8n/setupError.mts';
import { findUnknownVariables, readTeamFromEnvironment } from './n8n/team.mts';
import { wrap } from './n8n/wrap.mts';
import { printLine } from './printLine.mts';
import type { ProbeClock } from './probe/client.mts';
import { JSON_FILE, MARKDOWN_FILE, writeReport } from './probe/files.mts';
import { formatSummary, formatTable } from './probe/format.mts';
import { help, parseOptions, type Options } from './probe/options.mts';
import { probe } from './probe/probe.mts';

const clock: ProbeClock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => {
		await delay(ms, undefined, { signal });
	},
};

const parsed = parseOptions(process.argv.slice(2));
if (parsed === 'help') printLine(help);
else if ('problem' in parsed) {
	process.stderr.write(`${parsed.problem}\n\n${help}`);
	process.exitCode = 2;
} else await run(parsed).catch(printProblem);

async function run({ folder, watchMinutes }: Options): Promise<void> {
	const team = readTeamFromEnvironment(process.env);
	if (!team) {
		throw new SetupError(
			'No team is set. Set CELONIS_TEAM_URL and a key or client, such as CELONIS_APP_KEY: see CONTRIBUTING.md. To try it, run npm run simulator and use what it prints.',
		);
	}
	const unknown = findUnknownVariables(process.env);
	if (unknown.length > 0) printLine(wrap(`Not used, see CONTRIBUTING.md: ${unknown.join(', ')}.`));
	const interruption = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => interruption.abort());
	}
	const report = await probe({
		team,
		clock,
		signal: interruption.signal,
		watchMinutes,
		onStep: (text, requests) => printLine(`${String(requests).padStart(3)}  ${text}`),
		onError: printProblem,
	});
	printLine(`\n${formatTable(report, process.stdout.columns)}\n\n${wrap(formatSummary(report))}`);
	await writeReport(report, folder);
	printLine(
		`\nReport: ${formatPath(join(folder, JSON_FILE))} and ${formatPath(join(folder, MARKDOWN_FILE))}`,
	);
	if (['no connection', 'not signed in'].includes(report.end)) process.exitCode = 1;
}

function printProblem(thrown: unknown): void {
	const error = toSetupError(thrown);
	const text =
		error instanceof SetupError
			? wrap(error.message)
			: String(error instanceof Error ? error.stack : error);
	process.stderr.write(`\n${text}\n`);
	process.exitCode = 1;
}
