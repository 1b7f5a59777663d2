import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFullAccessTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { readExample, withCredentials } from '../../scripts/n8n/workflows.mts';
import { createGrowthSource } from '../celonis/arrivals.mts';
import type { Row } from '../celonis/dataPush/chunk.mts';
import type { LogEntry } from '../celonis/log.mts';
import { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { publish, saveCredentials, saveWorkflow } from './support/workflows.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';

const tableName = 'CELONIS_AUDIT_EVENTS';
const fields = ['event', 'timestamp', 'userId', 'userRole', 'message', 'ipAddress', 'port'];

let n8n: TestN8n;
let celonis: Simulator;

beforeAll(async () => {
	n8n = await startTestN8n();
}, 5 * MINUTE_MS);

afterAll(async () => {
	await n8n.close();
	await celonis.close();
});

test(
	'what happens is in the table of the data pool, once each, over a restart and a crash of n8n',
	async () => {
		const start = Date.now();
		let growsUntil = Infinity;
		const log = new AuditLog();
		const growth = { eventsPerMinute: 40, lateShare: 0.1, maxLatenessMs: 20_000, twinShare: 0.05 };
		const grow = createGrowthSource(growth, 1, start);
		log.addGrowthSource((untilMs) => grow(Math.min(untilMs, growsUntil)));
		celonis = await startSimulator({ log });
		await activate();

		await rows(10);
		await n8n.restart();
		await rows(getRows().length + 10);
		await n8n.crash();
		await n8n.ready();
		await rows(getRows().length + 10);
		growsUntil = Date.now();

		const expected = log.getVisible(Infinity).map(toRow);
		expect(expected.length).toBeGreaterThan(30);
		await rows(expected.length);
		const ids = getRows().map(({ eventId }) => eventId);
		expect(new Set(ids).size).toBe(ids.length);
		const pushed = getRows().map((row) => fields.map((field) => row[field]));
		expect(toSortedJson(pushed)).toEqual(toSortedJson(expected));
	},
	15 * MINUTE_MS,
);

/** Publishes the example workflow with the first event as its start. */
async function activate(): Promise<void> {
	const credentials = await saveCredentials(n8n.api, createFullAccessTeam(celonis));
	const workflow = withCredentials(await readExample('push-to-data-pool.json'), credentials);
	for (const node of workflow.nodes) {
		if (!node.type.endsWith('.celonisTrigger')) continue;
		const startDate = new Date(Date.now() - MINUTE_MS).toISOString();
		Object.assign(node.parameters, { startFrom: 'date', startDate });
	}
	await publish(n8n.api, await saveWorkflow(n8n.api, workflow));
}

function getRows(): readonly Row[] {
	return celonis.dataPools.getTable(tableName)?.rows ?? [];
}

async function rows(count: number): Promise<void> {
	await waitFor(() => (getRows().length >= count ? true : undefined), {
		description: `${count} rows`,
		timeoutMs: 5 * MINUTE_MS,
	});
}

/** The row of a record. The simulator reads an empty text as null. */
function toRow({ json, timestamp }: LogEntry): unknown[] {
	const record = JSON.parse(json) as Record<string, unknown>;
	return fields.map((field) => {
		const value = record[field];
		if (field === 'timestamp') return new Date(timestamp).toISOString().replace('Z', '');
		if (typeof value === 'object' && value !== null) return JSON.stringify(value);
		return value === '' || value === undefined ? null : value;
	});
}
