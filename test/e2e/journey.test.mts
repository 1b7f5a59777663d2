import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { demoLogin } from '../../scripts/n8n/owner.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { AuditLog } from '../celonis/log.mts';
import { createRecord } from '../celonis/testRecords.mts';
import { startBrowser, type TestBrowser } from './support/browser.mts';
import type { Canvas } from './support/canvas.mts';
import type { CredentialDialog } from './support/credentialDialog.mts';
import { Editor } from './support/editor.mts';
import { getExecutions, getTriggerItems, isFinished } from './support/executions.mts';
import { removeAddedFields } from './support/records.mts';
import { createSecretAccess, findSecrets, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { HOUR_MS } from '../support/durations.mts';

const EVENT_NAMES = ['PERMISSIONS_UPDATE', 'OAUTH_CLIENT_CREATED', 'STUDIO_PACKAGE_PUBLISHED'];

/** One event every eight hours, over four days. */
function createLog(now: number): AuditLog {
	const log = new AuditLog();
	for (let index = 0; index < 12; index++) {
		const event = EVENT_NAMES[index % EVENT_NAMES.length]!;
		const ipAddress = `203.0.113.${index + 1}`;
		log.append({ ...createRecord(now - (12 - index) * 8 * HOUR_MS), event, ipAddress });
	}
	return log;
}

const { oauthClients, appKeys, apiKeys } = createSecretAccess();
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
		celonis = await startSimulator({ ...createSecretAccess(), log: createLog(now) });
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

	/** The table rows of a window of the log, newest first. */
	const getRows = (fromMs: number, toMs: number, wants: (event: string) => boolean): string[][] =>
		celonis.log
			.getVisible(celonis.clock.now())
			.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs)
			.map(({ json }) => JSON.parse(json) as Record<string, string>)
			.filter(({ event }) => wants(event!))
			.reverse()
			.map((record) => columns.map((column) => String(record[column])));

	test('finds the nodes, and lists audit events of a window', async () => {
		expect(await n8n.api.get('/rest/credentials')).toEqual([]);
		const canvas = await editor.buildFirstWorkflow();
		const creator = await canvas.addFirstStep();

		for (const text of ['celonis', 'audit log', 'celonis audit log', 'audit events']) {
			const found = await creator.search(text, 'Celonis');
			expect(found.slice(0, 2)).toEqual(['Celonis', 'Celonis Trigger']);
		}
		await creator.search('celonis', 'Celonis');
		await canvas.saveScreenshot('journey-1-nodes');
		const panel = await creator.add('Celonis');
		await panel.saveScreenshot('journey-2-node');

		const dialog = await panel.connect();
		await dialog.fill({ 'Client ID': client!.clientId, 'Client Secret': wrongSecret });
		await dialog.fill({ 'Team URL': celonis.url });
		const rejected = await dialog.save();
		await panel.saveScreenshot('journey-3-wrong-secret');
		expect(rejected).toMatchObject({ passed: false });
		expect(rejected.text).toContain('Client authentication failed');
		expect(findSecrets(rejected.text)).toEqual([]);

		await dialog.fill({
			'Client ID': powerlessClient!.clientId,
			'Client Secret': powerlessClient!.clientSecret,
		});
		expect((await dialog.save()).text).toContain("team permission 'Audit Log API'");
		await panel.saveScreenshot('journey-4-no-permission');

		await dialog.fill({ 'Client ID': client!.clientId, 'Client Secret': client!.clientSecret });
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
		expect(celonis.requests.at(-1)).toMatchObject({
			path: '/log/api/external/v2/audit',
			status: 200,
		});
		const saved = await panel.editCredential();
		expect(await saved.verdict()).toMatchObject({ passed: true });
		await panel.saveScreenshot('journey-5-oauth2');
		await saved.savePicture('credential');
		await saved.close();

		const from = now - 60 * HOUR_MS;
		const to = now - 10 * HOUR_MS;
		await panel.enterDate('To', formatLocalTime(to));
		await panel.changeExpression('From', new Date(from).toISOString());
		await panel.add('Filters', 'Event Patterns');
		await panel.type('Event Patterns', 'OAUTH_*, *_UPDATE');
		await panel.execute();
		await panel.saveScreenshot('journey-6-events');

		const expected = getRows(from, to, (event) => event !== 'STUDIO_PACKAGE_PUBLISHED');
		await panel.savePicture('node', 1000);
		expect(await panel.output.readRows(columns)).toEqual(expected);
		expect(expected).toHaveLength(4);
		expect(getRows(from, to, () => true)).toHaveLength(6);
		await panel.close();
		expect(await canvas.readNodeNames()).toContain('Get many audit events');
		await canvas.saveScreenshot('journey-7-canvas');
	});

	test('creates a key of each type, and shows each error', async () => {
		const canvas = await editor.newWorkflow();
		const creator = await canvas.addFirstStep();
		await creator.search('celonis', 'Celonis');
		const panel = await creator.add('Celonis');
		const dialog = await createKeyCredential(panel);

		expect(await dialog.readFieldNames()).toEqual([
			'Team URL',
			'Key Type',
			'Key',
			'Allowed HTTP Request Domains',
		]);
		const faults: Array<[Record<string, string>, string]> = [
			[{ 'Team URL': celonis.url, Key: wrongSecret }, 'Celonis returned 401'],
			[{ Key: powerlessKey!.key }, "team permission 'Audit Log API'"],
			[{ 'Team URL': 'http://team.eu-1.celonis.cloud' }, 'https://'],
		];
		for (const [values, expected] of faults) {
			await dialog.fill(values);
			const verdict = await dialog.save();
			expect(verdict.passed).toBe(false);
			expect(verdict.text).toContain(expected);
			expect(findSecrets(verdict.text)).toEqual([]);
			await panel.saveScreenshot(
				`journey-key-fault-${faults.findIndex(([one]) => one === values)}`,
			);
		}
		await dialog.fill({ 'Team URL': celonis.url, Key: appKey!.key });
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
		expect(celonis.requests.at(-1)!.headers.authorization).toBe('AppKey appKey#1');

		const again = await panel.editCredential();
		expect(await again.verdict()).toMatchObject({ passed: true });
		await again.choose('Key Type', 'API Key');
		expect((await again.save()).text).toContain('Celonis returned 401');
		await again.fill({ Key: apiKey!.key });
		expect(await again.save()).toMatchObject({ passed: true });
		await again.close();
		expect(celonis.requests.at(-1)!.headers.authorization).toBe('Bearer apiKey#1');
		const last = await panel.editCredential();
		expect(await last.verdict()).toMatchObject({ passed: true });
		await panel.saveScreenshot('journey-key');
	});

	test('fetches test events, and starts the workflow for new events', async () => {
		const canvas = await editor.newWorkflow();
		const creator = await canvas.addFirstStep();
		await creator.search('audit log', 'Celonis Trigger');
		const panel = await creator.add('Celonis Trigger');
		await panel.saveScreenshot('journey-trigger-1-node');

		await panel.execute();
		await panel.saveScreenshot('journey-trigger-2-test-event');
		await panel.savePicture('trigger');
		const newest = getRows(now - 40 * HOUR_MS, now, () => true);
		expect(await panel.output.readRows(columns)).toEqual(newest);
		expect(newest).toHaveLength(5);
		await panel.close();

		await canvas.publish();
		await canvas.saveScreenshot('journey-trigger-3-published');
		await waitForExecution(canvas);
	});

	test('the editor sends no requests to other hosts', () => {
		// Before it adds a node, n8n shows its package's page from npm's registry.
		const others = browser.outsideRequests.filter((url) => !url.endsWith('/n8n-nodes-celonis'));
		expect(others).toEqual([]);
		expect(n8n.outside.requests.filter((request) => !request.includes('npmjs'))).toEqual([]);
	});

	/** An event after the activation starts one execution with that event. */
	const waitForExecution = async (canvas: Canvas): Promise<void> => {
		const record = {
			...createRecord(celonis.clock.now(), 'after-activation'),
			event: 'USER_LOGGED_OUT',
		};
		celonis.log.append(record);
		const workflowId = canvas.getWorkflowId();
		const executions = await waitFor(
			async () => {
				const all = await getExecutions(n8n.api, workflowId);
				const own = all.filter(({ items, text }) => isFinishedBySelf(items, text));
				return own.length > 0 && own.every(isFinished) ? own : undefined;
			},
			{ description: 'the workflow to start by itself', timeoutMs: 150_000, everyMs: 1000 },
		);
		const delivered = getTriggerItems(executions);
		expect(delivered.map(removeAddedFields)).toEqual([record]);
	};
});

/** Manual executions are listed too. */
function isFinishedBySelf(items: Record<string, unknown>, text: string): boolean {
	return 'Celonis Trigger' in items && text.includes('"mode":"trigger"');
}

/** A new credential of the type that n8n has not chosen for the node. */
async function createKeyCredential(panel: {
	newCredential(): Promise<CredentialDialog>;
}): Promise<CredentialDialog> {
	const dialog = await panel.newCredential();
	await dialog.chooseAuthentication('Application or API Key');
	return dialog;
}

/** A time in the format of n8n's date picker. */
function formatLocalTime(ms: number): string {
	const text = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString();
	return text.slice(0, 19).replace('T', ' ');
}
