import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CredentialReferences } from '../../scripts/n8n/credentials.mts';
import { demoLogin } from '../../scripts/n8n/owner.mts';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { AuditLog } from '../celonis/log.mts';
import { eventNames, type AuditRecord } from '../celonis/records.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createRecord } from '../celonis/testRecords.mts';
import { startBrowser, type TestBrowser } from './support/browser.mts';
import { Editor } from './support/editor.mts';
import type { NodePanel } from './support/nodePanel.mts';
import { createSecretAccess } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	createListWorkflow,
	getRecordsBetween,
	saveCredentials,
	saveWorkflow,
	createTriggerWorkflow,
} from './support/workflows.mts';
import { HOUR_MS } from '../support/durations.mts';

const access = { authentication: 'oAuth2', apiVersion: 'v2' } as const;

const block = '203.0.113.0/24';
const inBlock = ({ ipAddress }: AuditRecord) => ipAddress?.startsWith('203.0.113.') === true;

/** It is in no catalogue. */
const newEvent = 'NEW_EVENT_OF_TOMORROW';

/** Each event occurs inside the block, outside of it, and without an address. */
const EVENT_NAMES: ReadonlyArray<readonly [event: string, ipAddress: string | null]> = [
	['PERMISSIONS_UPDATE', '203.0.113.7'],
	['PERMISSIONS_UPDATE', '203.0.112.255'],
	['PERMISSIONS_UPDATE', '2001:db8::7'],
	['PERMISSIONS_UPDATE', null],
	['PERMISSIONS_CSV_DOWNLOADED', '203.0.113.8'],
	['STUDIO_PACKAGE_PUBLISHED', '203.0.113.255'],
	['OAUTH_CLIENT_CREATED', '203.0.113.9'],
	['OAUTH_CLIENT_CREATED', '198.51.100.4'],
	['USER_GENERATE_API_KEY', null],
	[newEvent, '203.0.113.10'],
	[newEvent, null],
];

/** The same events occur three times, the first time before the window. */
function createLog(now: number): AuditLog {
	const log = new AuditLog();
	for (const hoursAgo of [60, 30, 3]) {
		EVENT_NAMES.forEach(([event, ipAddress], minute) => {
			const time = now - hoursAgo * HOUR_MS + minute * 60_000;
			log.append({ ...createRecord(time), event, ipAddress });
		});
	}
	return log;
}

const columns = ['timestamp', 'event', 'ipAddress'];

describe("filters in n8n's editor", () => {
	const now = Date.now();
	const from = now - 48 * HOUR_MS;
	let celonis: Simulator;
	let n8n: TestN8n;
	let browser: TestBrowser;
	let editor: Editor;
	let credentials: Required<CredentialReferences>;

	beforeAll(async () => {
		browser = await startBrowser();
		celonis = await startSimulator({ ...createSecretAccess(), log: createLog(now) });
		n8n = await startTestN8n();
		credentials = await saveCredentials(n8n.api, createTeam(celonis));
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

	const openCelonis = async (): Promise<NodePanel> => {
		const window = { from: new Date(from).toISOString(), returnAll: true };
		const workflow = createListWorkflow(window, access, credentials);
		return await editor.openNode(await saveWorkflow(n8n.api, workflow), 'Celonis');
	};

	const openTrigger = async (): Promise<NodePanel> => {
		const workflow = createTriggerWorkflow({}, access, credentials);
		return await editor.openNode(await saveWorkflow(n8n.api, workflow), 'Celonis Trigger');
	};

	/** The table rows of matching events in the window, newest first. */
	const getRows = (matches: (record: AuditRecord) => boolean): string[][] =>
		(getRecordsBetween(celonis, from, Infinity) as AuditRecord[])
			.filter(matches)
			.reverse()
			.map(({ timestamp, event, ipAddress }) => [timestamp, event, String(ipAddress)]);

	test('permission changes from an address block: filtered by typing, and shown as a table', async () => {
		const isChange = ({ event }: AuditRecord) => event === 'PERMISSIONS_UPDATE';
		const celonisNode = await openCelonis();

		await celonisNode.add('Filters', 'Event Types');
		const offered = await celonisNode.search('Event Types', 'perm');
		await celonisNode.saveScreenshot('permissions-1-searched');
		await celonisNode.choose('Event Types', 'PERMISSIONS_UPDATE');
		await celonisNode.add('Filters', 'IP Addresses');
		await celonisNode.saveScreenshot('permissions-2-to-be-filled-in');
		await celonisNode.type('IP Addresses', block);
		await celonisNode.execute();
		const visible = await celonisNode.output.readRows(columns);
		await celonisNode.saveScreenshot('permissions-3-executed');

		const expected = getRows((record) => isChange(record) && inBlock(record));
		expect(offered).toContain('PERMISSIONS_UPDATE');
		expect(offered).toEqual(eventNames.filter((name) => /perm/i.test(name)).sort());
		expect(visible).toEqual(expected);
		expect(await celonisNode.output.readItemCount()).toBe('2 items');
		expect(expected).toHaveLength(2);
		// Neither filter alone gives this result.
		expect(getRows(isChange)).toHaveLength(8);
		expect(getRows(inBlock)).toHaveLength(10);
	});

	test('a preset, chosen from its list', async () => {
		const celonisNode = await openCelonis();

		await celonisNode.add('Filters', 'Presets');
		const offered = await celonisNode.openList('Presets');
		await celonisNode.saveScreenshot('preset-1-list');
		await celonisNode.choose('Presets', 'Sign-On and Keys');
		await celonisNode.execute();
		await celonisNode.saveScreenshot('preset-2-executed');

		const ofPreset = ['OAUTH_CLIENT_CREATED', 'USER_GENERATE_API_KEY'];
		const expected = getRows(({ event }) => ofPreset.includes(event));
		expect(offered).toContain('Permissions and Roles');
		expect(await celonisNode.output.readRows(columns)).toEqual(expected);
		expect(await celonisNode.output.readItemCount()).toBe('6 items');
		expect(expected).toHaveLength(6);
	});

	test.each([
		['a text', `${newEvent}, PERMISSIONS_UPDATE`, [newEvent, 'PERMISSIONS_UPDATE']],
		['a list', `{{ ['${newEvent}'] }}`, [newEvent]],
	])('an undocumented event, in an expression that is %s', async (kind, text, names) => {
		const celonisNode = await openCelonis();

		await celonisNode.add('Filters', 'Event Types');
		await celonisNode.enterExpression('Event Types', text);
		await celonisNode.saveScreenshot(`expression-${kind}-1-typed`.replaceAll(' ', '-'));
		await celonisNode.execute();
		await celonisNode.saveScreenshot(`expression-${kind}-2-executed`.replaceAll(' ', '-'));

		const expected = getRows(({ event }) => names.includes(event));
		expect(await celonisNode.output.readRows(columns)).toEqual(expected);
		expect(await celonisNode.output.readItemCount()).toBe(`${expected.length} items`);
		expect(new Set(expected.map(([, event]) => event))).toEqual(new Set(names));
	});

	test('an invalid block is rejected before a request is sent', async () => {
		const celonisNode = await openCelonis();
		const requestsBefore = celonis.requests.length;

		await celonisNode.add('Filters', 'IP Addresses');
		await celonisNode.type('IP Addresses', '203.0.113.0/33');
		await celonisNode.execute();
		await celonisNode.saveScreenshot('wrong-block');

		const { message } = await celonisNode.output.readError();
		expect(message).toContain("'IP Addresses'");
		expect(message).toContain('"203.0.113.0/33"');
		expect(message).toContain('10.0.0.0/8');
		expect(celonis.requests.slice(requestsBefore)).toEqual([]);
	});

	test.each([
		['Celonis', openCelonis],
		['Celonis Trigger', openTrigger],
	])('the same filters in %s', async (name, open) => {
		const node = await open();

		const offered = await node.openMenu('Filters');
		await node.saveScreenshot(`menu-${name}`.replaceAll(' ', '-'));

		expect(offered).toEqual([
			'Actor Roles',
			'Actors',
			'Categories',
			'Event Patterns',
			'Event Types',
			'Exclude System Events',
			'Granted Permissions',
			'IP Addresses',
			'Presets',
			'Targets',
			'Text',
		]);
	});

	test('the editor sends no requests to other hosts', () => {
		expect(browser.outsideRequests).toEqual([]);
	});
});
