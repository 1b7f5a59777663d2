import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { fullAccessApiKey, fullAccessAppKey, fullAccessClient } from '../../celonis/access.mts';
import { runningClock } from '../../celonis/clock.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import { behaveLike, createReportedOptions } from '../../celonis/like.mts';
import { startSimulator, type SimulatorOptions } from '../../celonis/simulator.mts';
import { MINUTE_MS } from '../../support/durations.mts';
import { closeLoop } from './closedLoop.mts';

type Environment = Record<string, string>;

/** The variables of the client that may read everything. */
const CLIENT: Environment = {
	CELONIS_CLIENT_ID: fullAccessClient.clientId,
	CELONIS_CLIENT_SECRET: fullAccessClient.clientSecret,
};

/** Runs `npm run conformance` against a simulated company. */
async function runConformance(
	credential: Environment,
	options: SimulatorOptions = {},
): Promise<{ code: unknown; output: string }> {
	const { clock = runningClock() } = options;
	const company = createCompanyTeam(1, clock.now(), { eventsPerMinute: 0 });
	const simulator = await startSimulator({ seed: 1, ...company, ...options, clock });
	const env: NodeJS.ProcessEnv = {
		...process.env,
		CELONIS_TEAM_URL: simulator.url,
		...credential,
	};
	const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/conformance.mts'], {
		cwd: packageRoot,
		env,
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const [code] = await once(child, 'close');
	await simulator.close();
	return { code, output };
}

describe('npm run conformance', () => {
	it.each<[string, Environment]>([
		['an application key', { CELONIS_APP_KEY: fullAccessAppKey.key }],
		['an API key', { CELONIS_API_KEY: fullAccessApiKey.key }],
	])(
		'passes with %s, and names what it skips',
		async (_name, credential) => {
			const { code, output } = await runConformance(credential);
			expect({ code, output }).toMatchObject({ code: 0 });
			expect(output).toMatch(/^Tests: +5 skipped, \d\d passed, \d\d total$/m);
			expect(output).toContain('Push Rows, which writes to a data pool (only a simulator');
		},
		5 * MINUTE_MS,
	);

	it(
		'names what a credential may not read',
		async () => {
			const client = { ...fullAccessClient, scopes: ['audit.log:read'] };
			const { code, output } = await runConformance(CLIENT, { oauthClients: [client] });
			expect({ code, output }).toMatchObject({ code: 0 });
			expect(output).toContain(
				'may not read: logins, members, permissions. Their tests are skipped.',
			);
			expect(output).toContain(
				'skipped are listed with ID, name and status, each once (not readable',
			);
		},
		5 * MINUTE_MS,
	);

	// Teams whose pages may be as large as documented: others refuse what the nodes ask for.
	it.each([3, 7])(
		'passes against a simulator like a reported team: drawn team %i',
		async (seed) => {
			const { first } = await closeLoop(seed);
			const { code, output } = await runConformance(
				CLIENT,
				createReportedOptions(behaveLike(first)),
			);
			expect({ code, output }).toMatchObject({ code: 0 });
			expect(output).toMatch(/^Tests: .* passed/m);
		},
		5 * MINUTE_MS,
	);
});
