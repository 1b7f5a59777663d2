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
import { tablesPath } from './dataPush/tablesPage.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';

const help = `Usage: npm run simulator -- [options]

Starts a simulated Celonis team with an audit log, on 127.0.0.1.

  --port NUMBER     port to listen on (default: any free one)
  --seed NUMBER     same seed, same team and events (default: 1)
  --backlog NUMBER  events of the two days before now, roughly (default: 2000)
  --rate NUMBER     new events a minute (default: 30)
  --json            print the address and the credentials as one line of JSON
  --help            show this text

Stop it with Ctrl+C.
`;

const BACKLOG_DAYS = 2;

interface Settings {
	port: number;
	seed: number;
	backlog: number;
	rate: number;
	json: boolean;
}

/** Parses the arguments; undefined means: show the help. */
function parseSettings(args: string[]): Settings | undefined {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '0' },
			seed: { type: 'string', default: '1' },
			backlog: { type: 'string', default: '2000' },
			rate: { type: 'string', default: '30' },
			json: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	return {
		port: parseWholeNumber('port', values.port, 65_535),
		seed: parseWholeNumber('seed', values.seed, 4_294_967_295),
		backlog: parseWholeNumber('backlog', values.backlog, 1_000_000),
		rate: parseWholeNumber('rate', values.rate, 100_000),
		json: values.json,
	};
}

function parseWholeNumber(name: string, text: string, max: number): number {
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (!(value <= max)) throw new Error(`--${name} must be a whole number from 0 to ${max}.`);
	return value;
}

function formatIntroduction({ url, log }: Simulator, { json, rate }: Settings): string {
	const { clientId, clientSecret, scopes } = defaultClient;
	const scope = scopes.join(' ');
	const wideScope = fullAccessClient.scopes.join(' ');
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
		`  client id        ${fullAccessClient.clientId}`,
		`  client secret    ${fullAccessClient.clientSecret}`,
		`  scope            ${wideScope}`,
		`  data pool        ${defaultPoolId}, its tables at ${url}${tablesPath}`,
		'Stop it with Ctrl+C.',
	].join('\n');
}

async function main(): Promise<void> {
	const selected = parseSettings(process.argv.slice(2));
	if (!selected) {
		process.stdout.write(help);
		return;
	}
	const { port, seed, backlog, rate } = selected;
	const growth = { eventsPerMinute: rate, lateShare: 0.05, maxLatenessMs: 60_000 };
	const simulator = await startSimulator({
		port,
		seed,
		backlog: { events: backlog, days: BACKLOG_DAYS },
		growth,
		logins: { content: { backlog: { events: backlog, days: BACKLOG_DAYS }, growth } },
	});
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
