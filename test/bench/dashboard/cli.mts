/**
 * How long the example audit-dashboard takes with many events in the period, and how much memory:
 * `npm run bench:dashboard -- [events]`. A real n8n with its task runner, whose 2 cores nobody else uses;
 * fails above the bounds.
 */
import { printLine } from '../../../scripts/printLine.mts';
import { createFullAccessTeam } from '../../../scripts/n8n/simulatedTeam.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import { prepare } from '../../e2e/support/prepared.mts';
import { startExampleHarness, type ExampleHarness } from '../../e2e/support/exampleHarness.mts';
import { publish, waitForPublication } from '../../e2e/support/workflows.mts';
import { DAY_MS } from '../../support/durations.mts';
import { watchProcess } from './watchProcess.mts';

const MAX_SECONDS = 5;
/** Resident memory above what n8n and its task runner have before. */
const MAX_MAIN_MEGABYTES = 650;
const MAX_RUNNER_MEGABYTES = 250;

const LATENCY_MS = 20;
const ROUNDS = 3;
const SEED = 20_260;
/** The last days of the log have as many events as are needed. */
const BUSY_DAYS = 60;
const login = { user: 'bench', password: 'bench-only' };

/** The company's log, with more events in its last days. */
function createTeamWith(events: number) {
	const now = Date.now();
	const since = now - BUSY_DAYS * DAY_MS;
	for (let eventsPerMinute = 0.2; ; eventsPerMinute *= 1.25) {
		const team = createCompanyTeam(SEED, since, { eventsPerMinute });
		const { length } = team.log.getVisible(now);
		if (length >= events) return { team, events: length };
	}
}

async function addDashboard(harness: ExampleHarness): Promise<void> {
	const httpBasicAuth = await harness.credential('httpBasicAuth', login);
	const id = await harness.add('audit-dashboard.json', { credentials: { httpBasicAuth } });
	await publish(harness.n8n.api, id);
	await waitForPublication(harness.n8n.api, id);
}

/** Requests a page; each period is another one, so that none comes from the cache. */
async function getPage(url: string, period: string): Promise<{ ms: number; html: string }> {
	const authorization = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
	const startedMs = performance.now();
	const response = await fetch(`${url}/webhook/celonis-audit-dashboard?period=${period}`, {
		headers: { authorization },
	});
	const html = await response.text();
	if (response.status !== 200) throw new Error(`${response.status}: ${html.slice(-2000)}`);
	return { ms: performance.now() - startedMs, html };
}

const formatSeconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const formatMegabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

async function main(requested: number): Promise<void> {
	if (!(requested > 0)) throw new Error('Give a number of events');
	await prepare();
	const { team, events } = createTeamWith(requested);
	const harness = await startExampleHarness(team.log, team, createFullAccessTeam);
	try {
		await addDashboard(harness);
		harness.celonis.behaviour.latencyMs = LATENCY_MS;
		await getPage(harness.n8n.api.url, '1h');
		for (let round = 0; round < ROUNDS; round++) {
			const before = harness.celonis.requests.length;
			const { result, cpuSeconds, ...memory } = await watchProcess(
				harness.n8n.pid(),
				async () => await getPage(harness.n8n.api.url, `${400 - round}d`),
			);
			const mainBytes = memory.peak.main - memory.before.main;
			const runnerBytes = memory.peak.children - memory.before.children;
			printLine(
				[
					`${events} events, ${LATENCY_MS} ms a request:`,
					`${formatSeconds(result.ms)} (${formatSeconds(cpuSeconds * 1000)} on n8n's processor),`,
					`${harness.celonis.requests.length - before} requests,`,
					`page of ${Math.round(result.html.length / 1000)} kB;`,
					`n8n at most ${formatMegabytes(mainBytes)} above ${formatMegabytes(memory.before.main)},`,
					`its task runner ${formatMegabytes(runnerBytes)} above ${formatMegabytes(memory.before.children)}`,
				].join(' '),
			);
			const isGood =
				result.ms < MAX_SECONDS * 1000 &&
				mainBytes < MAX_MAIN_MEGABYTES * 1e6 &&
				runnerBytes < MAX_RUNNER_MEGABYTES * 1e6;
			if (!isGood) process.exitCode = 1;
		}
	} finally {
		await harness.close();
	}
}

await main(Number(process.argv[2] ?? 100_000));
