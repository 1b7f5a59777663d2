import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { demoLogin } from '../../scripts/n8n/owner.mts';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { readExample } from '../../scripts/n8n/workflows.mts';
import { createCompanyTeam } from '../celonis/company/team.mts';
import type { LoginRecord } from '../celonis/loginEvents.mts';
import type { AuditRecord } from '../celonis/records.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createRecord } from '../celonis/testRecords.mts';
import { findEcsProblems } from '../schemas/ecs.mts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../support/durations.mts';
import { startBrowser, type TestBrowser } from './support/browser.mts';
import type { Canvas } from './support/canvas.mts';
import { Editor } from './support/editor.mts';
import type { Json } from './support/executions.mts';
import type { NodePanel } from './support/nodePanel.mts';
import { startChatModel } from './support/receivers/chatModel.mts';
import { startElasticsearch } from './support/receivers/elasticsearch.mts';
import { createSecretAccess, loginClient } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { getRecordsBetween, saveCredential } from './support/workflows.mts';

const modelKey = 'e2e-model-key';
const elasticKey = 'ZTJlLWVsYXN0aWMta2V5';

const person = '7d2f4c1e-5b1a-4b62-9a53-0c1d2e3f4a5b (ada@example.com)';
const service = 'celonis-service (SYSTEM)';

/** Changes of permissions in the last days: who, to whom, before and after. */
const CHANGES = [
	[9, person, 'bob@example.com', ['READ'], ['ADMIN', 'READ']],
	[8, service, 'bob@example.com', [], ['ADMIN']],
	[6, person, 'Analysts', [], ['ADMIN']],
	[5, person, 'eve@example.com', [], ['READ']],
	[4, person, 'bob@example.com', ['ADMIN', 'READ'], ['READ']],
	[2, service, 'Analysts', [], ['ADMIN', 'READ']],
	[1, person, 'eve@example.com', ['READ'], ['ADMIN']],
] as const;

/** A year of a company, with more changes of permissions and failed sign-ins. */
function createTeam(now: number) {
	const team = createCompanyTeam(7, now, {
		eventsPerMinute: 0.01,
		lateShare: 0,
		maxLatenessMs: 0,
	});
	for (const [daysAgo, userId, subject, before, after] of CHANGES) {
		team.log.append({
			...createRecord(now - daysAgo * DAY_MS),
			userId,
			event: 'PERMISSIONS_UPDATE',
			message: {
				subject_description: subject,
				object_description: 'Order to Cash',
				old_permissions: before,
				new_permissions: after,
			},
		});
	}
	for (let index = 0; index < 30; index++) {
		team.logins.log.append({
			authenticationEventType: 'BAD_CREDENTIALS',
			email: 'eve@example.com',
			success: false,
			timestamp: new Date(now - index * 12 * HOUR_MS).toISOString(),
		});
	}
	return team;
}

/** By clicks and plain values alone. */
describe("what newcomers do in n8n's editor without writing an expression", () => {
	const now = Date.now();
	const today = DateTime.now().startOf('day');
	let celonis: Simulator;
	let n8n: TestN8n;
	let browser: TestBrowser;
	let editor: Editor;
	const cleanups: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		browser = await startBrowser();
		celonis = await startSimulator({ ...createTeam(now), ...createSecretAccess() });
		n8n = await startTestN8n();
		await saveCredential(n8n.api, 'celonisOAuth2Api', { teamUrl: celonis.url, ...loginClient });
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
		for (const close of cleanups) await close();
	});

	/** A new workflow with the node Celonis. n8n has chosen the only credential. */
	const addCelonis = async (): Promise<{ canvas: Canvas; panel: NodePanel }> => {
		const canvas = await editor.newWorkflow();
		const creator = await canvas.addFirstStep();
		await creator.search('celonis', 'Celonis');
		return { canvas, panel: await creator.add('Celonis') };
	};

	const importExample = async (file: string): Promise<Canvas> => {
		const canvas = await editor.newWorkflow();
		await canvas.importFile(join(packageRoot, 'examples', file));
		return canvas;
	};

	const enterWindow = async (panel: NodePanel, from: DateTime, to: DateTime): Promise<void> => {
		await panel.useFixedValue('From');
		await panel.enterDate('From', from.toFormat(DATE_FORMAT));
		await panel.enterDate('To', to.toFormat(DATE_FORMAT));
	};

	const getRecords = (from: DateTime, to: DateTime): AuditRecord[] =>
		getRecordsBetween(celonis, from.toMillis(), to.toMillis()) as AuditRecord[];

	test('who has granted admin rights in the last weeks, without the system', async () => {
		const { panel } = await addCelonis();
		await enterWindow(panel, today.minus({ days: 14 }), today.plus({ days: 1 }));
		await panel.add('Filters', 'Granted Permissions');
		await panel.type('Granted Permissions', 'ADMIN');
		await panel.add('Filters', 'Exclude System Events');
		await panel.select('Output', 'Summary');
		await panel.execute();
		await panel.saveScreenshot('newcomer-admin');

		const expected = CHANGES.filter(
			([, userId, , before, after]) =>
				userId === person && has(after, 'ADMIN') && !has(before, 'ADMIN'),
		).map(([daysAgo, , subject]) => [new Date(now - daysAgo * DAY_MS).toISOString(), subject]);
		expect(await panel.output.readRows(['timestamp', 'target'])).toEqual(expected.reverse());
		expect(expected).toHaveLength(3);
	});

	test("last month's events as a CSV file", async () => {
		const { canvas, panel } = await addCelonis();
		const [start, end] = [today.startOf('month').minus({ months: 1 }), today.startOf('month')];
		await panel.turnOn('Return All');
		await enterWindow(panel, start, end);
		await panel.select('Output', 'Summary');
		await panel.close();
		const creator = await canvas.addAfter('Get many audit events');
		await creator.search('csv', 'Convert to File');
		const file = await creator.addAction('Convert to File', 'Convert to CSV');
		await file.execute();
		const text = await file.output.download();
		await file.saveScreenshot('newcomer-csv');

		const rows = parse(text, { bom: true, columns: true }) as Array<Record<string, string>>;
		const expected = getRecords(start, end).reverse();
		expect(expected.length).toBeGreaterThan(1000);
		expect(rows.map(({ event }) => event)).toEqual(expected.map(({ event }) => event));
		expect(rows.map(({ timestamp }) => Date.parse(timestamp!))).toEqual(
			expected.map(({ timestamp }) => Date.parse(timestamp)),
		);
	});

	test('events as ECS documents in Elasticsearch', async () => {
		const elasticsearch = await startElasticsearch(elasticKey);
		cleanups.push(elasticsearch.close);
		const canvas = await importExample('elasticsearch-bulk.json');
		const panel = await canvas.openNode('Bulk request');
		await panel.replaceText('URL', `${elasticsearch.url}/_bulk`);
		const dialog = await panel.connect('Header Auth');
		await dialog.fill({ Name: 'Authorization', Value: `ApiKey ${elasticKey}` });
		await dialog.saveUntested();
		await panel.leaveWithEscape();
		await canvas.execute('Refused?');
		await canvas.saveScreenshot('newcomer-ecs');

		const documents = elasticsearch
			.stream('logs-celonis.audit-default')
			.documents.map(([, document]) => document);
		const newest = getRecordsBetween(celonis, now - DAY_MS, Infinity)
			.reverse()
			.slice(0, 10);
		expect(documents).toHaveLength(5);
		expect(documents.flatMap((document) => findEcsProblems(document))).toEqual([]);
		for (const { event } of documents) {
			expect(newest).toContainEqual(JSON.parse((event as { original: string }).original));
		}
	});

	test('the failed sign-ins of last week', async () => {
		const { panel } = await addCelonis();
		const [monday, next] = [today.startOf('week').minus({ weeks: 1 }), today.startOf('week')];
		await panel.select('Resource', 'Login Event');
		await panel.turnOn('Return All');
		await enterWindow(panel, monday, next);
		await panel.add('Filters', 'Outcome');
		await panel.execute();
		await panel.saveScreenshot('newcomer-sign-ins');

		const expected = celonis.logins
			.getVisible(celonis.clock.now())
			.filter(({ timestamp }) => timestamp >= monday.toMillis() && timestamp < next.toMillis())
			.map(({ json }) => JSON.parse(json) as LoginRecord)
			.filter(({ success }) => !success)
			.reverse();
		expect(expected.length).toBeGreaterThanOrEqual(14);
		expect(await panel.output.readItemCount()).toBe(`${expected.length} items`);
		const rows = await panel.output.readRows(['email', 'timestamp']);
		expect(rows).toEqual(
			expected.slice(0, rows.length).map(({ email, timestamp }) => [email, timestamp]),
		);
	});

	test('an agent that answers from the audit log', async () => {
		const script = [
			{ tool: 'Celonis', arguments: await createToolCall({ grantedPermissions: 'ADMIN' }) },
			{ text: 'Ada has granted ADMIN three times.' },
		];
		const chatModel = await startChatModel(modelKey, script);
		cleanups.push(chatModel.close);
		const canvas = await importExample('ai-agent-tool.json');
		const panel = await canvas.openNode('Chat model');
		const dialog = await panel.connect('OpenAI');
		await dialog.fill({ 'API Key': modelKey, 'Base URL': `${chatModel.url}/v1` });
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
		await panel.close();
		const chat = await canvas.openChat();
		const reply = await chat.ask('Who has granted admin rights?');
		await canvas.saveScreenshot('newcomer-agent');

		expect(reply).toBe('Ada has granted ADMIN three times.');
		const result = String(chatModel.requests[1]!.messages.at(-1)!.content);
		const granted = CHANGES.filter(
			([, , , before, after]) => has(after, 'ADMIN') && !has(before, 'ADMIN'),
		);
		for (const [daysAgo, userId] of CHANGES) {
			const time = new Date(now - daysAgo * DAY_MS).toISOString();
			const isGranted = granted.some(([days]) => days === daysAgo);
			expect([time, userId, result.includes(time)]).toEqual([time, userId, isGranted]);
		}
	});

	/** The arguments of a call: the tool of the example takes all of those that it names. */
	const createToolCall = async (values: Json): Promise<Json> => {
		const window = {
			from: new Date(now - 14 * DAY_MS).toISOString(),
			to: new Date(now + MINUTE_MS).toISOString(),
		};
		const text = JSON.stringify(await readExample('ai-agent-tool.json'));
		const names = [...text.matchAll(/\$fromAI\('(\w+)'/g)].map(([, name]) => name!);
		const call: Json = { limit: 50, ...window, ...values };
		return Object.fromEntries(names.map((name) => [name, call[name] ?? '']));
	};
});

/** The format of n8n's date picker. */
const DATE_FORMAT = 'yyyy-MM-dd HH:mm:ss';

function has(permissions: readonly string[], permission: string): boolean {
	return permissions.includes(permission);
}
