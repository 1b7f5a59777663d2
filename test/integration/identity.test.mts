import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { changeRecords } from '../celonis/faults/index.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';
import { openTeam, type Team } from './n8n/team.mts';

/** Records come in forms that the OpenAPI document does not have. */
const UNCHECKED = { contract: undefined };

const VERSIONS = ['v1', 'v2'] as const;

/** A record with values of every kind. */
const createRecord = (atMs: number, fields: IDataObject = {}): IDataObject => ({
	userId: 'u-1 (ada@example.com)',
	userRole: 'ADMIN',
	event: 'PERMISSIONS_UPDATE',
	timestamp: toIso(atMs),
	message: { name: 'Sales', version: 3, new_permissions: ['USE', 'EDIT'], details: null },
	ipAddress: '',
	port: 443,
	diffPayload: null,
	...fields,
});

const append = ({ celonis }: Team, record: object | string, atMs: number) =>
	celonis.log.append(record, { visibleFrom: atMs });

const getIds = (items: ReadonlyArray<IDataObject> | null) =>
	(items ?? []).map(({ eventId }) => eventId).sort();

const list = async (team: Team, options: IDataObject = {}, output = 'event') => {
	const { items, error } = await runNode(team, {
		from: toIso(NOW_MS - 5 * MINUTE_MS),
		returnAll: true,
		output,
		options: { sortOrder: 'asc', ...options },
	});
	expect(error).toBeUndefined();
	return getJson(items);
};

let workflows = 0;
const activate = ({ n8n }: Team, options: IDataObject) =>
	n8n.activate({ ...loadWorkflow('trigger', { options }), id: `identity-${++workflows}` });

/** Forms in which the same record can come another time. */
const FORMS: Array<[string, (record: Record<string, unknown>) => Record<string, unknown>]> = [
	['an ID', (record) => ({ id: 17, ...record })],
	['an ID as text, and another field', (record) => ({ ...record, id: 'evt-1', region: 'eu' })],
	['its keys in another order', (record) => Object.fromEntries(Object.entries(record).reverse())],
	[
		'lists in another order',
		({ message, ...record }) => ({
			...record,
			message: { ...(message as object), new_permissions: ['EDIT', 'USE'] },
		}),
	],
	['other empty values', (record) => ({ ...record, ipAddress: {}, diffPayload: [] })],
	['numbers as text', (record) => ({ ...record, port: '443' })],
	[
		'a longer fraction',
		(record) => ({ ...record, timestamp: String(record.timestamp).replace('Z', '000Z') }),
	],
];

describe.each(VERSIONS)('the identity of an event, API %s', (apiVersion) => {
	it.each(FORMS)('stays when the record comes with %s', async (_, change) => {
		const team = await openTeam(UNCHECKED);
		const trigger = activate(team, { apiVersion });
		expect(await trigger.poll()).toBeNull();
		append(team, createRecord(NOW_MS + 1000), NOW_MS + 1000);
		team.celonis.clock.advance(MINUTE_MS);
		const delivered = await trigger.poll();
		const before = await list(team, { apiVersion });

		team.celonis.faults.always({}, changeRecords(change));
		team.celonis.clock.advance(MINUTE_MS);
		expect(await trigger.poll()).toBeNull();
		const after = await list(team, { apiVersion });
		expect(getIds(delivered)).toHaveLength(1);
		expect([getIds(before), getIds(after)]).toEqual([getIds(delivered), getIds(delivered)]);
	});

	it.each([0, '', 'object-1', null])(
		'differs for different records with the same ID: %j',
		async (id) => {
			const team = await openTeam(UNCHECKED);
			const trigger = activate(team, { apiVersion });
			await trigger.poll();
			const records = ['EDIT', 'USE', 'ADMIN'].map((permission) =>
				createRecord(NOW_MS + 1000, { id, message: { new_permissions: [permission] } }),
			);
			for (const record of records) append(team, record, NOW_MS + 1000);
			team.celonis.clock.advance(MINUTE_MS);

			const delivered = (await trigger.poll()) ?? [];
			expect(new Set(getIds(delivered)).size).toBe(3);
			expect(delivered.map((item) => item.id)).toEqual([id, id, id]);
			expect(getIds(await list(team, { apiVersion }))).toEqual(getIds(delivered));
			expect(await trigger.poll()).toBeNull();
		},
	);
});

describe('the identity of an event', () => {
	it('is hashed, and the field stays, if Celonis sends an eventId of its own', async () => {
		const team = await openTeam(UNCHECKED);
		const trigger = activate(team, {});
		await trigger.poll();
		for (const port of ['1', '2']) {
			append(team, createRecord(NOW_MS + 1, { eventId: 'own', port }), NOW_MS + 1);
		}
		team.celonis.clock.advance(MINUTE_MS);
		expect(getIds(await trigger.poll())).toEqual(['own', 'own']);
		expect(await trigger.poll()).toBeNull();
		const ids = (await list(team, {}, 'ecs')).map(({ event }) => (event as IDataObject).id);
		expect(new Set(ids).size).toBe(2);
		for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
	});

	it('differs between teams for the same record', async () => {
		const teams = [await openTeam(UNCHECKED), await openTeam(UNCHECKED)];
		const ids = await Promise.all(
			teams.map(async (team) => {
				append(team, createRecord(NOW_MS - 1000), NOW_MS - 1000);
				return getIds(await list(team));
			}),
		);
		expect(ids.map(({ length }) => length)).toEqual([1, 1]);
		expect(ids[0]).not.toEqual(ids[1]);
	});
});

describe('a number that JavaScript does not keep', () => {
	const LONG = ['12345678901234567890', '-9007199254740993', '0.12345678901234567890', '1e400'];
	const json = `{"userId":"u-1","event":"PERMISSIONS_UPDATE","timestamp":"${toIso(NOW_MS - 1000)}",
		"message":{"id":${LONG[0]},"numbers":[${LONG.join(', ')}],"safe":[443,1.50,-0.1]},"port":${LONG[0]}}`;

	const listLong = async (output: string) => {
		const team = await openTeam(UNCHECKED);
		append(team, json, NOW_MS - 1000);
		const [item] = await list(team, {}, output);
		return item!;
	};

	it.each(['raw', 'event'])('keeps its digits in %s output', async (output) => {
		expect(await listLong(output)).toMatchObject({
			message: { id: LONG[0], numbers: LONG, safe: [443, 1.5, -0.1] },
			port: LONG[0],
		});
	});

	it('keeps its digits in ECS and OCSF, also in the original text', async () => {
		const { event, celonis } = (await listLong('ecs')) as Record<string, IDataObject>;
		expect(celonis!.message).toMatchObject({ id: LONG[0], numbers: LONG });
		const { raw_data: rawData, unmapped } = await listLong('ocsf');
		expect(unmapped).toMatchObject({ port: LONG[0] });
		for (const original of [event!.original, rawData]) {
			for (const digits of LONG) expect(original).toContain(digits);
		}
	});

	it('tells two events apart that differ in its last digit', async () => {
		const team = await openTeam(UNCHECKED);
		for (const digit of [0, 1]) {
			append(team, json.replaceAll(LONG[0]!, `1234567890123456789${digit}`), NOW_MS - 1000);
		}
		const ids = getIds(await list(team));
		expect(new Set(ids).size).toBe(2);
		for (const id of ids) expect(id).not.toContain('-');
	});
});
