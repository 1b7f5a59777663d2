import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import type { CredentialReferences } from '../../scripts/n8n/credentials.mts';
import { readExample, withCredentials } from '../../scripts/n8n/workflows.mts';
import { AuditLog } from '../celonis/log.mts';
import { createRecordGenerator } from '../celonis/records.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { runWorkflow, type Execution } from './support/executions.mts';
import { createSecretAccess, findSecrets } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	createListWorkflow,
	createNode,
	getRecordsBetween,
	saveCredentials,
	saveWorkflow,
	type Access,
} from './support/workflows.mts';
import { HOUR_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';

/** A record every 80 seconds, but none within an hour of 24 hours ago. */
function createLog(): AuditLog {
	const log = new AuditLog();
	const makeRecord = createRecordGenerator();
	const now = Date.now();
	for (let age = 48 * HOUR_MS; age > 0; age -= 80_000) {
		if (Math.abs(age - 24 * HOUR_MS) > HOUR_MS) log.append(makeRecord(now - age));
	}
	return log;
}

describe('listing audit events in a real n8n', () => {
	let n8n: TestN8n;
	let celonis: Simulator;
	let credentials: Required<CredentialReferences>;

	beforeAll(async () => {
		celonis = await startSimulator({ ...createSecretAccess(), log: createLog() });
		n8n = await startTestN8n();
		credentials = await saveCredentials(n8n.api, createTeam(celonis));
	});

	afterAll(async () => {
		await n8n?.close();
		await celonis?.close();
	});

	const list = async (parameters: object, access: Access): Promise<Execution> => {
		const workflow = createListWorkflow({ ...parameters }, access, credentials);
		return await runWorkflow(n8n.api, await saveWorkflow(n8n.api, workflow), 'Start');
	};

	const connections: Access[] = [
		{ authentication: 'oAuth2', apiVersion: 'v2' },
		{ authentication: 'key', apiVersion: 'v1' },
	];

	test.each(connections)('returns exactly the records of a window: %j', async (access) => {
		const [fromMs, toMs] = [Date.now() - 30 * HOUR_MS, Date.now() - 2 * HOUR_MS];
		const window = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
		const options = { sortOrder: 'asc' };

		const { status, items } = await list(
			{ ...window, returnAll: true, output: 'raw', options },
			access,
		);

		const expected = getRecordsBetween(celonis, fromMs, toMs);
		expect(status).toBe('success');
		expect(expected.length).toBeGreaterThan(1000);
		expect(toSortedJson(items.Celonis!)).toEqual(toSortedJson(expected));
		expect(times(items.Celonis!)).toEqual(times(expected));
	});

	test.each(connections)('returns the newest records of the last day: %j', async (access) => {
		const { status, items } = await list({ limit: 7 }, access);

		const expected = getRecordsBetween(celonis, Date.now() - 24 * HOUR_MS, Infinity)
			.slice(-7)
			.reverse();
		expect(status).toBe('success');
		expect(items.Celonis).toHaveLength(7);
		expect(times(items.Celonis!)).toEqual(times(expected));
		for (const { eventId } of items.Celonis!) expect(eventId).toEqual(expect.any(String));
	});

	test('as the example workflow does: a table of the last day', async () => {
		const example = withCredentials(await readExample('list-audit-events.json'), credentials);
		const id = await saveWorkflow(n8n.api, example);

		const { status, items } = await runWorkflow(n8n.api, id, 'Run by hand');

		const table = items['Readable table']!;
		expect(status).toBe('success');
		expect(table).toHaveLength(
			getRecordsBetween(celonis, Date.now() - 24 * HOUR_MS, Infinity).length,
		);
		expect(table[0]).toEqual({
			time: expect.any(String),
			category: expect.any(String),
			event: expect.any(String),
			actor: expect.any(String),
			role: expect.any(String),
			ipAddress: expect.any(String),
			details: expect.any(String),
			eventId: expect.any(String),
		});
	});

	test('says what is missing after a 403', async () => {
		celonis.access.appKeys[0]!.auditLogPermission = false;

		const { status, error, text } = await list({}, { authentication: 'key', apiVersion: 'v2' });

		celonis.access.appKeys[0]!.auditLogPermission = true;
		expect(status).toBe('error');
		expect(`${error?.message} ${error?.description}`).toContain('Audit Log API');
		expect(findSecrets(text)).toEqual([]);
	});

	test('sends failed items to the error output, the others to the first one', async () => {
		const access: Access = { authentication: 'oAuth2', apiVersion: 'v2' };
		const parameters = { from: '={{ $json.from }}', to: '={{ $json.to }}', limit: 1 };
		const workflow = createListWorkflow(parameters, access, credentials);
		const windows = [{ from: 'soon' }, { from: 'now-12h', to: 'now' }, { from: '2026-99-99' }];
		const celonisNode = workflow.nodes.find(({ name }) => name === 'Celonis')!;
		Object.assign(celonisNode, { onError: 'continueErrorOutput' });
		workflow.nodes.push(
			createNode('Windows', 'n8n-nodes-base.code', {
				jsCode: `return ${JSON.stringify(windows)}.map((json) => ({ json }));`,
			}) as never,
			createNode('Succeeded', 'n8n-nodes-base.noOp', {}) as never,
			createNode('Failed', 'n8n-nodes-base.noOp', {}) as never,
		);
		const to = (node: string) => [{ node, type: 'main', index: 0 }];
		workflow.connections = {
			Start: { main: [to('Windows')] },
			Windows: { main: [to('Celonis')] },
			Celonis: { main: [to('Succeeded'), to('Failed')] },
		};

		const id = await saveWorkflow(n8n.api, workflow);
		const { status, items } = await runWorkflow(n8n.api, id, 'Start');

		expect(status).toBe('success');
		expect(items.Succeeded).toMatchObject([{ eventId: expect.any(String) }]);
		expect(items.Failed).toEqual([
			{ from: 'soon', error: expect.stringContaining(`'From': "soon" is not a date`) },
			{ from: '2026-99-99', error: expect.stringContaining("'From'") },
		]);
	});

	test('leaves no secret in the output and files of n8n', async () => {
		const { text } = await list({}, { authentication: 'oAuth2', apiVersion: 'v2' });

		expect(findSecrets(text)).toEqual([]);
		expect(findSecrets(n8n.output())).toEqual([]);
	});

	test('sends no requests to other hosts', () => {
		expect(n8n.outside.requests).toEqual([]);
	});
});

function times(records: object[]): number[] {
	return records.map((record) => Date.parse((record as { timestamp: string }).timestamp));
}
