import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { demoLogin } from '../../scripts/n8n/owner.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { AuditLog } from '../celonis/log.mts';
import { recordAt } from '../celonis/testRecords.mts';
import { startBrowser, type TestBrowser } from './support/browser.mts';
import type { Canvas } from './support/canvas.mts';
import type { CredentialDialog } from './support/credentialDialog.mts';
import { Editor } from './support/editor.mts';
import { executionsOf, isFinished } from './support/executions.mts';
import { asSent } from './support/records.mts';
import { secretAccess, secretsIn, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';

const hour = 60 * 60_000;
const happenings = ['PERMISSIONS_UPDATE', 'OAUTH_CLIENT_CREATED', 'STUDIO_PACKAGE_PUBLISHED'];

/** Every eight hours, over four days, one thing happens after the other. */
function logOfFourDays(now: number): AuditLog {
	const log = new AuditLog();
	for (let index = 0; index < 12; index++) {
		const event = happenings[index % happenings.length]!;
		const ipAddress = `203.0.113.${index + 1}`;
		log.append({ ...recordAt(now - (12 - index) * 8 * hour), event, ipAddress });
	}
	return log;
}

const { oauthClients, appKeys, apiKeys } = secretAccess();
const [client, , powerlessClient] = oauthClients;
const [appKey, powerlessKey] = appKeys;
const [apiKey] = apiKeys;
const columns = ['timestamp', 'event', 'ipAddress'];

describe("from an empty n8n to a workflow that runs by itself, in n8n's editor", () => {
	const now = Math.floor(Date.now() / 1000) * 1000;
	let celonis: Simulator;
	let n8n: TestN8n;
	let browser: TestBrowser;
	let editor: Editor;

	beforeAll(async () => {
		browser = await startBrowser();
		celonis = await startSimulator({ ...secretAccess(), log: logOfFourDays(now) });
		n8n = await startTestN8n();
		editor = new Editor(browser.profile, n8n.api.url);
		await editor.signIn(demoLogin);
	});

	afterEach(async () => {
		await editor?.leave();
	});

	afterAll(async () => {
		await browser?.close();
		await n8n?.close();
		await celonis?.close();
	});

	/** What the log holds of a window, newest first, as a table shows it. */
	const rowsOf = (fromMs: number, toMs: number, wants: (event: string) => boolean): string[][] =>
		celonis.log
			.visibleAt(celonis.clock.now())
			.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs)
			.map(({ json }) => JSON.parse(json) as Record<string, string>)
			.filter(({ event }) => wants(event!))
			.reverse()
			.map((record) => columns.map((column) => String(record[column])));

	test('the nodes are found, and audit events of a window read', async () => {
		expect(await n8n.api.get('/rest/credentials')).toEqual([]);
		const canvas = await editor.buildFirstWorkflow();
		const creator = await canvas.addFirstStep();

		for (const text of ['celonis', 'audit log', 'celonis audit log', 'audit events']) {
			const found = await creator.search(text, 'Celonis');
			expect(found.slice(0, 2)).toEqual(['Celonis', 'Celonis Trigger']);
		}
		await creator.search('celonis', 'Celonis');
		await canvas.screenshot('journey-1-nodes');
		const panel = await creator.add('Celonis');
		await panel.screenshot('journey-2-node');

		const dialog = await panel.connect();
		await dialog.fill({ 'Client ID': client!.clientId, 'Client Secret': wrongSecret });
		await dialog.fill({ 'Team URL': celonis.url });
		const refused = await dialog.save();
		await panel.screenshot('journey-3-wrong-secret');
		expect(refused).toMatchObject({ passed: false });
		expect(refused.text).toContain('Client authentication failed');
		expect(secretsIn(refused.text)).toEqual([]);

		await dialog.fill({
			'Client ID': powerlessClient!.clientId,
			'Client Secret': powerlessClient!.clientSecret,
		});
		expect((await dialog.save()).text).toContain("team permission 'Audit Log API'");
		await panel.screenshot('journey-4-no-permission');

		await dialog.fill({ 'Client ID': client!.clientId, 'Client Secret': client!.clientSecret });
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
		expect(celonis.requests.at(-1)).toMatchObject({
			path: '/log/api/external/v2/audit',
			status: 200,
		});
		const saved = await panel.editCredential();
		expect(await saved.verdict()).toMatchObject({ passed: true });
		await panel.screenshot('journey-5-oauth2');
		await saved.picture('credential');
		await saved.close();

		const from = now - 60 * hour;
		const to = now - 10 * hour;
		await panel.enterDate('To', localText(to));
		await panel.changeExpression('From', new Date(from).toISOString());
		await panel.add('Filters', 'Event Patterns');
		await panel.type('Event Patterns', 'OAUTH_*, *_UPDATE');
		await panel.execute();
		await panel.screenshot('journey-6-events');

		const expected = rowsOf(from, to, (event) => event !== 'STUDIO_PACKAGE_PUBLISHED');
		await panel.picture('node');
		expect(await panel.shownRows(columns)).toEqual(expected);
		expect(expected).toHaveLength(4);
		expect(rowsOf(from, to, () => true)).toHaveLength(6);
		await panel.close();
		expect(await canvas.nodeNames()).toContain('Get many audit events');
		await canvas.screenshot('journey-7-canvas');
	});

	test('a key is set up, of either kind, and each fault is told', async () => {
		const canvas = await editor.newWorkflow();
		const creator = await canvas.addFirstStep();
		await creator.search('celonis', 'Celonis');
		const panel = await creator.add('Celonis');
		const dialog = await newKeyCredential(panel);

		expect(await dialog.fields()).toEqual([
			'Team URL',
			'Key Type',
			'Key',
			'Allowed HTTP Request Domains',
		]);
		const faults: Array<[Record<string, string>, string]> = [
			[{ 'Team URL': celonis.url, Key: wrongSecret }, 'Celonis answered 401'],
			[{ Key: powerlessKey!.key }, "team permission 'Audit Log API'"],
			[{ 'Team URL': 'http://team.eu-1.celonis.cloud' }, 'https://'],
		];
		for (const [values, expected] of faults) {
			await dialog.fill(values);
			const verdict = await dialog.save();
			expect(verdict.passed).toBe(false);
			expect(verdict.text).toContain(expected);
			expect(secretsIn(verdict.text)).toEqual([]);
			await panel.screenshot(`journey-key-fault-${faults.findIndex(([one]) => one === values)}`);
		}
		await dialog.fill({ 'Team URL': celonis.url, Key: appKey!.key });
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
		expect(celonis.requests.at(-1)!.headers.authorization).toBe('AppKey appKey#1');

		const again = await panel.editCredential();
		expect(await again.verdict()).toMatchObject({ passed: true });
		await again.choose('Key Type', 'API Key');
		expect((await again.save()).text).toContain('Celonis answered 401');
		await again.fill({ Key: apiKey!.key });
		expect(await again.save()).toMatchObject({ passed: true });
		await again.close();
		expect(celonis.requests.at(-1)!.headers.authorization).toBe('Bearer apiKey#1');
		const last = await panel.editCredential();
		expect(await last.verdict()).toMatchObject({ passed: true });
		await panel.screenshot('journey-key');
	});

	test('the trigger shows what is there, and starts the workflow for what comes', async () => {
		const canvas = await editor.newWorkflow();
		const creator = await canvas.addFirstStep();
		await creator.search('audit log', 'Celonis Trigger');
		const panel = await creator.add('Celonis Trigger');
		await panel.screenshot('journey-trigger-1-node');

		await panel.execute();
		await panel.screenshot('journey-trigger-2-test-event');
		await panel.picture('trigger');
		const newest = rowsOf(now - 40 * hour, now, () => true);
		expect(await panel.shownRows(columns)).toEqual(newest);
		expect(newest).toHaveLength(5);
		await panel.close();

		await canvas.publish();
		await canvas.screenshot('journey-trigger-3-published');
		await startedFor(canvas);
	});

	test('the editor calls nobody outside this machine', () => {
		// Before it adds a node, n8n shows what npm's registry says of its package.
		const others = browser.outsideRequests.filter((url) => !url.endsWith('/n8n-nodes-celonis'));
		expect(others).toEqual([]);
		expect(n8n.outside.requests.filter((request) => !request.includes('npmjs'))).toEqual([]);
	});

	/** Something happens in Celonis after activation: one execution, with just that. */
	const startedFor = async (canvas: Canvas): Promise<void> => {
		const record = {
			...recordAt(celonis.clock.now(), 'after-activation'),
			event: 'USER_LOGGED_OUT',
		};
		celonis.log.append(record);
		const workflowId = canvas.workflowId();
		const executions = await waitFor(
			async () => {
				const all = await executionsOf(n8n.api, workflowId);
				const own = all.filter(({ items, text }) => isFinishedBySelf(items, text));
				return own.length > 0 && own.every(isFinished) ? own : undefined;
			},
			{ what: 'the workflow to start by itself', timeoutMs: 150_000, everyMs: 1000 },
		);
		const delivered = executions.flatMap(({ items }) => items['Celonis Trigger'] ?? []);
		expect(delivered.map(asSent)).toEqual([record]);
	};
});

/** Executions by hand are listed as well. */
function isFinishedBySelf(items: Record<string, unknown>, text: string): boolean {
	return 'Celonis Trigger' in items && text.includes('"mode":"trigger"');
}

/** A new credential of the other kind than the one that n8n has chosen for the node. */
async function newKeyCredential(panel: {
	newCredential(): Promise<CredentialDialog>;
}): Promise<CredentialDialog> {
	const dialog = await panel.newCredential();
	await dialog.chooseWay('Application or API Key');
	return dialog;
}

/** As one types it into n8n's date picker. */
function localText(ms: number): string {
	const text = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString();
	return text.slice(0, 19).replace('T', ' ');
}
