import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoLogin } from '../../scripts/n8n/owner.mts';
import { findFreePort, isFree } from '../../scripts/n8n/ports.mts';
import { RestClient } from '../../scripts/n8n/rest.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { MAX_LINE_LENGTH } from '../../scripts/n8n/wrap.mts';
import { JSON_FILE, writeReport } from '../../scripts/probe/files.mts';
import { startSimulator } from '../celonis/simulator.mts';
import { createTeamOptions } from '../integration/probe/drawTeam.mts';
import { DAY_MS, HOUR_MS } from '../support/durations.mts';
import { probeSimulator } from '../support/probeTeam.mts';
import { startBrowser } from './support/browser.mts';
import { runWorkflow } from './support/executions.mts';
import { runNpmStart, type Started } from './support/npmStart.mts';
import { saveScreenshot } from './support/screenshots.mts';
import { createSecretAccess, findSecrets } from './support/secrets.mts';
import { createTemporaryFolder } from './support/testN8n.mts';

interface Named {
	id: string;
	name: string;
	nodes?: Array<{ name: string }>;
}

const listName = "Celonis: list the last day's audit events";
const triggerName = 'Celonis: new audit events';
const pushName = 'Celonis: audit events into a data pool';
const getLongestLine = (terminal: Started): number =>
	Math.max(
		...terminal
			.output()
			.split('\n')
			.map((line) => line.length),
	);
const ready = /n8n is ready: {2}(\S+)/;

describe('npm start', () => {
	let home: string;
	let port: number;
	let started: Started | undefined;
	const all: Started[] = [];

	beforeAll(async () => {
		home = await createTemporaryFolder();
		port = await findFreePort();
	});

	afterAll(async () => {
		for (const each of all) await each.interrupt();
		await rm(home, { recursive: true, force: true });
	});

	const start = (env: Record<string, string> = {}): Started => {
		started = runNpmStart({ N8N_PORT: String(port), N8N_DEMO_HOME: home, ...env });
		all.push(started);
		return started;
	};
	const signIn = async (url: string): Promise<RestClient> => {
		const api = new RestClient(url);
		await api.login(demoLogin);
		return api;
	};
	/** As n8n's start page lists them. */
	const listedWorkflows = async (api: RestClient): Promise<string[]> => {
		const workflows = await api.get<Named[]>('/rest/workflows?sortBy=updatedAt:desc');
		return workflows.map(({ name }) => name);
	};
	const workflowNamed = async (api: RestClient, name: string): Promise<Named> => {
		const workflows = await api.get<Named[]>('/rest/workflows');
		return workflows.find((workflow) => workflow.name === name)!;
	};

	test('prints the address and how to sign in; the example lists events', async () => {
		const runInTerminal = performance.now();
		const terminal = start();
		const url = await terminal.seen(ready);

		expect(url).toBe(`http://localhost:${port}`);
		expect(terminal.output()).toContain(demoLogin.email);
		expect(terminal.output()).toContain(demoLogin.password);
		expect(getLongestLine(terminal)).toBeLessThanOrEqual(MAX_LINE_LENGTH);
		const api = await signIn(url);
		const { id } = await workflowNamed(api, listName);
		expect(await listedWorkflows(api)).toEqual([listName, triggerName, pushName]);
		const { status, items } = await runWorkflow(api, id, 'Run by hand');
		const seconds = Math.round((performance.now() - runInTerminal) / 1000);
		expect(status).toBe('success');
		// The simulated team is a company: little more than scheduled jobs on a day off.
		expect(items['Readable table']!.length).toBeGreaterThan(12);
		process.stdout.write(`From npm start to first events, n8n installed: ${seconds} s\n`);
	});

	test('serves a page of the simulated team, which loads nothing', async () => {
		const address = await started!.seen(/simulated team at (\S+):/);
		const browser = await startBrowser();
		const page = await browser.profile.newPage();
		const problems: string[] = [];
		page.on('console', (message) => problems.push(message.text()));
		page.on('requestfailed', (request) => problems.push(request.url()));

		await page.goto(address);
		const rows = await page.locator('table').first().locator('tr').allInnerTexts();
		await saveScreenshot(page, 'simulator');
		await page.getByRole('link', { name: 'The pushed tables' }).click();
		const tables = await page.locator('body').innerText();

		await browser.close();
		expect(rows.join('\n')).toMatch(/^Audit log\t.*\t\d+ events$/m);
		expect(tables).toContain('Nothing has been pushed yet.');
		expect(browser.outsideRequests).toEqual([]);
		expect(problems).toEqual([]);
	});

	test('refuses a second one on the same folder in one line, and changes nothing', async () => {
		const otherPort = String(await findFreePort());
		const second = runNpmStart({ N8N_PORT: otherPort, N8N_DEMO_HOME: home });

		expect(await second.exitCode).toBe(1);
		expect(second.output()).toMatch(
			/^Another npm start uses \S+\. Stop it, or .*N8N_DEMO_HOME\.$/m,
		);
		expect(second.output()).not.toContain('Building');
	});

	test('exits on Ctrl-C and leaves no process', async () => {
		const terminal = started!;
		const simulatorPort = Number(await terminal.seen(/simulated team at http:\/\/127.0.0.1:(\d+)/));

		await terminal.interrupt();

		expect(terminal.output()).toContain('n8n has stopped.');
		expect(await isFree(port)).toBe(true);
		expect(await isFree(simulatorPort)).toBe(true);
	});

	test('continues with existing data: creates nothing twice, and keeps changes of the user', async () => {
		const first = await signIn(await start().seen(ready));
		const renamed = await workflowNamed(first, triggerName);
		await first.patch(`/rest/workflows/${renamed.id}`, { name: 'Mine now' });
		await started!.interrupt();

		const second = await signIn(await start().seen(ready));

		const workflows = await second.get<Named[]>('/rest/workflows');
		const credentials = await second.get<Named[]>('/rest/credentials');
		expect(workflows.map(({ name }) => name).sort()).toEqual([pushName, listName, 'Mine now']);
		expect(credentials.map(({ name }) => name).sort()).toEqual([
			'Celonis OAuth2 (simulator)',
			'Celonis key (simulator)',
		]);
	});

	test('prints one line if the port is in use', async () => {
		const another = runNpmStart({ N8N_PORT: String(port), N8N_DEMO_HOME: home });

		expect(await another.exitCode).toBe(1);
		expect(another.output()).toMatch(new RegExp(`^Port ${port} is in use.*N8N_PORT=`, 'm'));
		expect(another.output()).not.toMatch(/^\s+at /m);
		expect(await isFree(port)).toBe(false);
		await started!.interrupt();
	});

	test('lets the simulated team behave as a report says', async () => {
		const team = await startSimulator({
			...createTeamOptions(0),
			behaviour: { timestampForm: 'epoch milliseconds', order: 'asc', totalCount: 'pages' },
		});
		const report = await probeSimulator(team);
		await team.close();
		await writeReport(report, home);
		const terminal = start({ CELONIS_SIMULATE_LIKE: join(home, JSON_FILE) });
		const api = await signIn(await terminal.seen(ready));
		const { id } = await workflowNamed(api, listName);
		const { items } = await runWorkflow(api, id, 'Run by hand');

		expect(terminal.output()).toContain('It behaves like the team of the report.');
		const times = items['Readable table']!.map(({ time }) => Number(time));
		expect(times.length).toBeGreaterThan(12);
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(times.at(-1)).toBeGreaterThan(Date.now() - DAY_MS - HOUR_MS);
	});

	test('leaves no n8n process when npm is stopped', async () => {
		const terminal = started!;

		terminal.endNpm();

		await waitFor(async () => (await isFree(port)) || undefined, {
			description: 'the port to become free',
			timeoutMs: 30_000,
		});
	});

	test('uses the real team of the environment', async () => {
		const team = await startSimulator({
			...createSecretAccess(),
			backlog: { events: 400, days: 1 },
		});
		const terminal = start({
			CELONIS_TEAM_URL: `${team.url}/ui/`,
			CELONIS_APP_KEY: team.access.appKeys[0]!.key,
		});

		const api = await signIn(await terminal.seen(ready));
		const { id } = await workflowNamed(api, `${listName} (127.0.0.1)`);
		const { status, items } = await runWorkflow(api, id, 'Run by hand');

		await terminal.interrupt();
		await team.close();
		expect(status).toBe('success');
		expect(items['Readable table']!.length).toBeGreaterThan(100);
		expect(terminal.output()).not.toContain('simulated');
		expect(findSecrets(terminal.output())).toEqual([]);
	});

	test('says that a team cannot be reached or refuses the credential, and starts all the same', async () => {
		const team = await startSimulator();
		const unreachable = `http://127.0.0.1:${await findFreePort()}`;
		const client = { CELONIS_CLIENT_ID: 'id', CELONIS_CLIENT_SECRET: 'secret' };
		for (const [env, problem] of [
			[{ CELONIS_TEAM_URL: unreachable, ...client }, /the team cannot be reached from here/],
			[{ CELONIS_TEAM_URL: team.url, CELONIS_APP_KEY: 'k' }, /the credential does not work: .*401/],
		] as const) {
			const terminal = start(env);
			await terminal.seen(ready);
			await terminal.interrupt();
			expect(terminal.output()).toMatch(problem);
			expect(getLongestLine(terminal)).toBeLessThanOrEqual(MAX_LINE_LENGTH);
		}
		await team.close();
	});

	test.each([
		[{ CELONIS_TEAM_URL: 'https://my-team.eu-1.celonis.cloud' }, 'CELONIS_APP_KEY'],
		[{ CELONIS_APP_KEY: 'a key' }, 'CELONIS_TEAM_URL'],
		[{ N8N_PORT: 'http' }, 'N8N_PORT'],
		[{ N8N_BIN: '/nowhere/n8n' }, 'N8N_BIN'],
	])('prints one line about what is wrong with %j', async (env, named) => {
		const terminal = start(env);

		expect(await terminal.exitCode).toBe(1);
		const lines = terminal.output().split('\n');
		expect(lines.filter((line) => line.includes(named))).toHaveLength(1);
		expect(terminal.output()).not.toMatch(/^\s+at /m);
	});
});
