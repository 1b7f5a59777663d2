import { parseArgs } from 'node:util';
import {
	defaultApiKey,
	defaultAppKey,
	defaultClient,
	defaultPoolId,
	fullAccessClient,
} from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import { readReport } from '../../scripts/probe/files.mts';
import { createCompanyTeam } from './company/team.mts';
import { behaveLike, createReportedOptions, describeLikeness, type ReportedTeam } from './like.mts';
import { TABLES_PATH } from './pages/tablesPage.mts';
import type { Simulator, SimulatorOptions } from './simulator.mts';
import { startSimulator } from './simulator.mts';

const help = `Usage: npm run simulator -- [options]

Starts a simulated Celonis team on 127.0.0.1. The team is a company with more than a year of history:
its members, their sign-ins, and what they, applications and scheduled jobs did. Its log keeps growing.

  --port NUMBER     port to listen on (default: any free one)
  --seed NUMBER     same seed, same team and events (default: 1)
  --rate NUMBER     new events a minute, beside what happens anyway (default: 4); of a company,
                    fewer while nobody works
  --quirks          instead of a company, random records with odd forms and texts
  --backlog NUMBER  the same, with about this many records of the two days before now
                    (default: 2000)
  --like FILE       behave like the team of a report of npm run probe
  --json            print the address and the credentials as one line of JSON
  --help            show this text

Stop it with Ctrl+C.
`;

const BACKLOG_DAYS = 2;

interface Settings {
	port: number;
	seed: number;
	rate: number;
	/** Number of events of the odd log; undefined: the company. */
	quirks: number | undefined;
	json: boolean;
	/** What a report says; undefined: the simulator's own behaviour. */
	like: ReportedTeam | undefined;
}

/** Parses the arguments; undefined means: show the help. */
async function parseSettings(args: string[]): Promise<Settings | undefined> {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '0' },
			seed: { type: 'string', default: '1' },
			rate: { type: 'string', default: '4' },
			quirks: { type: 'boolean', default: false },
			backlog: { type: 'string' },
			json: { type: 'boolean', default: false },
			like: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { quirks, backlog } = values;
	const hasQuirks = quirks || backlog !== undefined;
	return {
		port: parseWholeNumber('port', values.port, 65_535),
		seed: parseWholeNumber('seed', values.seed, 4_294_967_295),
		rate: parseWholeNumber('rate', values.rate, 100_000),
		quirks: hasQuirks ? parseWholeNumber('backlog', backlog ?? '2000', 1_000_000) : undefined,
		json: values.json,
		like: values.like === undefined ? undefined : behaveLike(await readReport(values.like)),
	};
}

function parseWholeNumber(name: string, text: string, max: number): number {
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (!(value <= max)) throw new Error(`--${name} must be a whole number from 0 to ${max}.`);
	return value;
}

function formatIntroduction(simulator: Simulator, { json, rate, like }: Settings): string {
	const { url, log, access } = simulator;
	const [client = defaultClient, wideClient = fullAccessClient] = access.oauthClients;
	const { clientId, clientSecret, scopes } = client;
	const scope = scopes.join(' ');
	const wideScope = wideClient.scopes.join(' ');
	const appKey = defaultAppKey.key;
	const apiKey = defaultApiKey.key;
	if (json) return JSON.stringify({ url, clientId, clientSecret, scope, appKey, apiKey });
	return [
		`Simulated Celonis team: ${url}`,
		`  audit log        ${auditV2Path} and ${auditV1Path}`,
		`  events           ${log.size}, and about ${rate} more a minute`,
		`  client id        ${clientId}`,
		`  client secret    ${clientSecret}`,
		`  scope            ${scope}`,
		`  application key  ${appKey}`,
		`  API key          ${apiKey}`,
		'For the Login History, the members, the permissions and Data Push as well:',
		`  client id        ${wideClient.clientId}`,
		`  client secret    ${wideClient.clientSecret}`,
		`  scope            ${wideScope}`,
		`  data pool        ${defaultPoolId}, its tables at ${url}${TABLES_PATH}`,
		...(like ? [describeLikeness(like)] : []),
		'Stop it with Ctrl+C.',
	].join('\n');
}

function createOptions({ port, seed, rate, quirks, like }: Settings): SimulatorOptions {
	const lateness = like?.lateness ?? { lateShare: 0.05, maxLatenessMs: 60_000 };
	const growth = { eventsPerMinute: rate, ...lateness };
	const reported = like ? createReportedOptions(like) : {};
	const nowMs = Date.now() + (like?.clockOffsetMs ?? 0);
	if (quirks === undefined) {
		return { port, seed, ...createCompanyTeam(seed, nowMs, growth), ...reported };
	}
	const backlog = { events: quirks, days: BACKLOG_DAYS };
	return { port, seed, backlog, growth, logins: { content: { backlog, growth } }, ...reported };
}

async function main(): Promise<void> {
	const selected = await parseSettings(process.argv.slice(2));
	if (!selected) {
		process.stdout.write(help);
		return;
	}
	const simulator = await startSimulator(createOptions(selected));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
	process.stdout.write(`${formatIntroduction(simulator, selected)}\n`);
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
	const message =
		error.code === 'EADDRINUSE'
			? `Port ${error.port} is in use. Choose another with --port.`
			: error.message;
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
});
