import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { wideTeamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { readExample, withCredentials } from '../../scripts/n8n/workflows.mts';
import { arrivals } from '../celonis/arrivals.mts';
import type { Row } from '../celonis/dataPush/chunk.mts';
import type { LogEntry } from '../celonis/log.mts';
import { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { publish, saveCredentials, saveWorkflow } from './support/workflows.mts';

const minute = 60_000;
const tableName = 'CELONIS_AUDIT_EVENTS';
const fields = ['event', 'timestamp', 'userId', 'userRole', 'message', 'ipAddress', 'port'];

let n8n: TestN8n;
let celonis: Simulator;

beforeAll(async () => {
	n8n = await startTestN8n();
}, 5 * minute);

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
		const grow = arrivals(growth, 1, start);
		log.growing((untilMs) => grow(Math.min(untilMs, growsUntil)));
		celonis = await startSimulator({ log });
		await activate();

		await rows(10);
		await n8n.restart();
		await rows(rowsNow().length + 10);
		await n8n.crash();
		await n8n.ready();
		await rows(rowsNow().length + 10);
		growsUntil = Date.now();

		const expected = log.visibleAt(Infinity).map(rowOf);
		expect(expected.length).toBeGreaterThan(30);
		await rows(expected.length);
		const ids = rowsNow().map(({ eventId }) => eventId);
		expect(new Set(ids).size).toBe(ids.length);
		const pushed = rowsNow().map((row) => fields.map((field) => row[field]));
		expect(sorted(pushed)).toEqual(sorted(expected));
	},
	15 * minute,
);

/** Publishes the example workflow, to begin with the first event. */
async function activate(): Promise<void> {
	const credentials = await saveCredentials(n8n.api, wideTeamOf(celonis));
	const workflow = withCredentials(await readExample('push-to-data-pool.json'), credentials);
	for (const node of workflow.nodes) {
		if (!node.type.endsWith('.celonisTrigger')) continue;
		const startDate = new Date(Date.now() - minute).toISOString();
		Object.assign(node.parameters, { startFrom: 'date', startDate });
	}
	await publish(n8n.api, await saveWorkflow(n8n.api, workflow));
}

function rowsNow(): readonly Row[] {
	return celonis.dataPools.table(tableName)?.rows ?? [];
}

async function rows(count: number): Promise<void> {
	await waitFor(() => (rowsNow().length >= count ? true : undefined), {
		what: `${count} rows`,
		timeoutMs: 5 * minute,
	});
}

/** The row that a record of the log makes. The simulator takes an empty text for none. */
function rowOf({ json, timestamp }: LogEntry): unknown[] {
	const record = JSON.parse(json) as Record<string, unknown>;
	return fields.map((field) => {
		const value = record[field];
		if (field === 'timestamp') return new Date(timestamp).toISOString().replace('Z', '');
		if (typeof value === 'object' && value !== null) return JSON.stringify(value);
		return value === '' || value === undefined ? null : value;
	});
}

function sorted(rows: unknown[][]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}
