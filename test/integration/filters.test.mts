import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { compileFilters } from '../../nodes/Celonis/sources/auditLog/filters/filters';
import { parsePattern } from '../../nodes/Celonis/filters/pattern';
import { parseRecord, type LogRecord } from '../../nodes/Celonis/records/record';
import { hang } from '../celonis/faultKinds.mts';
import { getRecords, openTeam, getOutcome, visible, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const iso = (ms: number) => new Date(ms).toISOString();

const list = async ({ n8n }: Team, parameters: ParameterChanges, items?: IDataObject[]) =>
	getOutcome(
		await n8n.run(loadWorkflow('list', { from: iso(NOW - 3 * DAY), ...parameters }), items),
	);

let workflows = 0;
const activate = (
	{ n8n }: Team,
	parameters: ParameterChanges,
	staticData?: IDataObject,
	budgetMs?: number,
) => {
	const workflow = { ...loadWorkflow('trigger', parameters), id: `filters-${++workflows}` };
	return n8n.activate(workflow, { staticData, budgetMs });
};

/** Appends a record with these fields. */
function add({ celonis }: Team, atMs: number, fields: IDataObject): void {
	celonis.log.append(
		{
			userId: 'u-1 (ada@example.com)',
			userRole: 'ADMIN',
			event: 'PERMISSIONS_UPDATE',
			message: {},
			ipAddress: null,
			...fields,
			timestamp: iso(atMs),
		} as never,
		{ visibleFrom: atMs },
	);
}

const eventsOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.event);

describe('filters of the node', () => {
	it.each(['v1', 'v2'])(
		'keep what passes all of them, of all there is, by API %s',
		async (apiVersion) => {
			const team = await openTeam({ backlog: { events: 1300, days: 2 } });
			const { items, error } = await list(team, {
				returnAll: true,
				filters: { eventPatterns: '*_CREATED', roles: 'admin', excludeSystem: true },
				options: { apiVersion, output: 'raw' },
			});
			const passes = compileFilters({
				eventPatterns: { include: [parsePattern('*_created')!], exclude: [] },
				roles: { include: [parsePattern('ADMIN')!], exclude: [] },
				excludeSystem: true,
			});
			const expected = visible(team).filter((raw) => passes(parseRecord(raw) as LogRecord));
			const byText = (records: IDataObject[]) => records.map((it) => JSON.stringify(it)).sort();
			expect(error).toBeUndefined();
			expect(expected.length).toBeGreaterThan(20);
			expect(byText(items.map(({ json }) => json))).toEqual(byText(expected));
		},
	);

	it.each<[string, unknown, string[]]>([
		['a choice', ['DATA_POOL_CREATED'], ['DATA_POOL_CREATED']],
		[
			'an expression that gives a list',
			'={{ ["NEW_THING", "GROUP_CREATED"] }}',
			['GROUP_CREATED', 'NEW_THING'],
		],
		[
			'an expression that gives a text',
			'={{ "NEW_THING, GROUP_CREATED" }}',
			['GROUP_CREATED', 'NEW_THING'],
		],
		['a text, typed as an expression', '=NEW_THING', ['NEW_THING']],
		['names in small letters', ['new_thing'], ['NEW_THING']],
		['nothing', [], ['DATA_POOL_CREATED', 'GROUP_CREATED', 'NEW_THING']],
	])('take event types as %s', async (_, eventTypes, expected) => {
		const team = await openTeam();
		['DATA_POOL_CREATED', 'GROUP_CREATED', 'NEW_THING'].forEach((event, i) =>
			add(team, NOW - MINUTE + i, { event }),
		);
		const { items } = await list(team, { filters: { eventTypes } });
		expect(eventsOf(items).sort()).toEqual(expected);
	});

	it('are read for each input item', async () => {
		const team = await openTeam();
		add(team, NOW - 2 * MINUTE, { event: 'GROUP_CREATED' });
		add(team, NOW - MINUTE, { event: 'GROUP_DELETED' });
		const filters = { eventPatterns: '={{ $json.wanted }}' };
		const { items } = await list(team, { filters }, [
			{ wanted: '*_deleted' },
			{ wanted: 'group_c*' },
		]);
		expect(eventsOf(items)).toEqual(['GROUP_DELETED', 'GROUP_CREATED']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([
		['desc', ['user 1500', 'user 1000']],
		['asc', ['user 0', 'user 500']],
	])('count for the limit: reading goes on until enough pass (%s)', async (sortOrder, expected) => {
		for (const apiVersion of ['v1', 'v2']) {
			const team = await openTeam();
			for (let i = 0; i < 2000; i++) {
				const event = i % 500 === 0 ? 'AUDIT_LOGS_DELETED' : 'DATA_POOL_UPDATED';
				add(team, NOW - (2000 - i) * MINUTE, { event, userId: `user ${i}` });
			}
			const { items } = await list(team, {
				limit: 2,
				filters: { preset: ['auditTrail'] },
				options: { apiVersion, sortOrder },
			});
			expect(items.map(({ json }) => json.userId)).toEqual(expected);
		}
	});

	it('that let nothing through give nothing, and no error', async () => {
		const team = await openTeam({ backlog: { events: 700, days: 2 } });
		const { items, error } = await list(team, { filters: { text: 'nowhere to be found' } });
		expect({ items, error }).toEqual({ items: [], error: undefined });
	});
});

const wrongFilters: Array<[IDataObject, string]> = [
	[
		{ ipAddresses: '10.0.0.0/8, 203.0.113.0/33' },
		`'IP Addresses': "203.0.113.0/33" is not an IP address or CIDR block`,
	],
	[{ ipAddresses: '10.0.*' }, `'IP Addresses': "10.0.*" is not an IP address or CIDR block`],
	[{ ipAddresses: '!' }, `'IP Addresses': "!" is not an IP address or CIDR block`],
	[{ eventPatterns: 'A_*, [A-Z]+' }, `'Event Patterns': "[A-Z]+" is not a pattern`],
	[
		{ actors: 'ada@example.com; bob@example.com' },
		`'Actors': "ada@example.com; bob@example.com" is not a pattern`,
	],
	[{ roles: '={{ [{ name: "ADMIN" }] }}' }, `'Roles': {"name":"ADMIN"} is not a text`],
	[{ categories: ['Studios'] }, `'Categories': "Studios" is not one of the choices`],
	[{ preset: ['everything'] }, `'Presets': "everything" is not one of the choices`],
	[{ eventTypes: ['PERMISSIONS_*'] }, `'Event Types': "PERMISSIONS_*" is not the name of an event`],
	[{ eventTypes: '!GROUP_CREATED' }, `'Event Types': "!GROUP_CREATED" is not the name of an event`],
	[{ eventPatterns: '.*_UPDATE' }, `'Event Patterns': ".*_UPDATE" is not a pattern`],
	[{ roles: '(ADMIN)' }, `'Roles': "(ADMIN)" is not a pattern`],
	[{ text: ['a'] }, `'Text': ["a"] is not a text`],
	[{ excludeSystem: 'maybe' }, `'Exclude System Events': "maybe" is neither true nor false`],
	[{ eventTypes: [true] }, `'Event Types': true is not a text`],
];

describe('a filter that cannot be used', () => {
	it.each(wrongFilters)('%j is refused before anything is sent', async (filters, message) => {
		const team = await openTeam();
		const { error } = await list(team, { filters });
		expect(error).toMatchObject({ message, description: expect.stringMatching(/\w{3}.*\./) });
		await expect(activate(team, { filters }).poll()).rejects.toMatchObject({ message });
		expect(team.celonis.requests).toEqual([]);
	});
});

describe('a filter that is on or off', () => {
	it.each([true, 'true', 'TRUE'])('is turned on by %j', async (excludeSystem) => {
		const team = await openTeam();
		add(team, NOW - 2, { userId: 'celonis-service (SYSTEM)' });
		add(team, NOW - 1, { userId: 'u-2' });
		const { items } = await list(team, { filters: { excludeSystem } });
		expect(items.map(({ json }) => json.userId)).toEqual(['u-2']);
	});
});

describe('filters of the trigger', () => {
	const filters = { preset: ['permissions'], ipAddresses: '!10.0.0.0/8' };

	it('deliver what passes, once, and remember nothing else', async () => {
		const team = await openTeam();
		const trigger = activate(team, { filters });
		await trigger.poll();
		for (let i = 0; i < 300; i++) {
			const event = i % 3 === 0 ? 'PERMISSIONS_UPDATE' : 'DATA_POOL_UPDATED';
			add(team, NOW + i, {
				event,
				ipAddress: i % 2 === 0 ? '10.1.2.3' : '203.0.113.7',
				userId: `user ${i}`,
			});
		}
		team.celonis.clock.advance(MINUTE);
		const first = (await trigger.poll()) ?? [];
		team.celonis.clock.advance(MINUTE);

		expect(await trigger.poll()).toBeNull();
		expect(first).toHaveLength(50);
		for (const { event, ipAddress } of first) {
			expect([event, ipAddress]).toEqual(['PERMISSIONS_UPDATE', '203.0.113.7']);
		}
		const [state] = Object.values(trigger.save()) as Array<{ cursor: { seen: object } }>;
		expect(Object.keys(state!.cursor.seen)).toHaveLength(50);
	});

	it('that are changed count from the next poll on, also for what is within the lookback', async () => {
		const team = await openTeam();
		const trigger = activate(team, { filters });
		await trigger.poll();
		add(team, NOW + 1, { event: 'PERMISSIONS_UPDATE' });
		add(team, NOW + 2, { event: 'DATA_POOL_UPDATED' });
		team.celonis.clock.advance(MINUTE);
		const first = await trigger.poll();

		const changed = activate(team, {}, trigger.save());
		team.celonis.clock.advance(MINUTE);
		const second = await changed.poll('trigger', 'update');
		expect(first?.map(({ event }) => event)).toEqual(['PERMISSIONS_UPDATE']);
		expect(second?.map(({ event }) => event)).toEqual(['DATA_POOL_UPDATED']);
	});

	it('choose what "Fetch test event" shows: the newest that pass', async () => {
		const team = await openTeam();
		for (let i = 0; i < 1500; i++) {
			const event = i % 100 === 0 ? 'PERMISSIONS_UPDATE' : 'DATA_POOL_UPDATED';
			add(team, NOW - (1500 - i) * MINUTE, { event, userId: `user ${i}` });
		}
		const shown = await activate(team, { filters }).poll('manual');
		expect(shown?.map(({ userId }) => userId)).toEqual(
			[1400, 1300, 1200, 1100, 1000].map((number) => `user ${number}`),
		);
	});

	it.each([
		['one that was found', 'user 2900', 1],
		['an error that says so', 'nobody', 0],
	])('give %s, where the time of a test is up', async (_, actors, count) => {
		const team = await openTeam();
		for (let i = 0; i < 3000; i++) add(team, NOW - (3000 - i) * MINUTE, { userId: `user ${i}` });
		let asked = 0;
		team.celonis.faults.decide = () => (++asked > 4 ? hang() : undefined);
		const shown = activate(team, { filters: { actors } }, undefined, 2000).poll('manual');
		if (count > 0) expect(await shown).toHaveLength(count);
		else {
			await expect(shown).rejects.toMatchObject({
				message:
					'None of the newest audit events that could be read in the time of a test passes the filters',
			});
		}
	});

	it('are named where they leave nothing to show', async () => {
		const team = await openTeam({ backlog: { events: 700, days: 2 } });
		const shown = activate(team, { filters: { actors: 'nobody' } }).poll('manual');
		await expect(shown).rejects.toMatchObject({
			message: 'None of the audit events of the last 30 days passes the filters',
			description: expect.stringContaining('Check the filters'),
		});
	});
});

describe('the form of the items', () => {
	it.each(['OCSFF', 'constructor', 7])('%p is refused before anything is sent', async (output) => {
		const team = await openTeam();
		const { error } = await list(team, { options: { output } });
		const message = `'Output': ${JSON.stringify(output)} is not one of the choices`;
		expect(error).toMatchObject({ message, description: expect.stringContaining('ocsf') });
		const polled = activate(team, { options: { output } }).poll();
		await expect(polled).rejects.toMatchObject({ message });
		expect(team.celonis.requests).toEqual([]);
	});

	it.each([
		['ecs', { event: { action: 'GROUP_CREATED', category: ['iam'] }, user: { id: 'u-1' } }],
		[
			'ocsf',
			{ class_name: 'Group Management', activity_name: 'Create', actor: { user: { uid: 'u-1' } } },
		],
	])(
		'%s has the same identity as an event, in the node and in the trigger',
		async (output, expected) => {
			const team = await openTeam();
			const trigger = activate(team, { options: { output } });
			await trigger.poll();
			add(team, NOW + 1, { event: 'GROUP_CREATED' });
			team.celonis.clock.advance(MINUTE);

			const plain = await list(team, {});
			const { items } = await list(team, { options: { output } });
			const delivered = await trigger.poll();
			const idOf = ({ event, metadata }: IDataObject) =>
				((output === 'ecs' ? event : metadata) as IDataObject)[output === 'ecs' ? 'id' : 'uid'];
			expect(items[0]?.json).toMatchObject(expected);
			expect(delivered).toEqual(items.map(({ json }) => json));
			expect(idOf(items[0]!.json)).toBe(plain.items[0]!.json.eventId);
		},
	);

	it.each<[unknown, string, IDataObject]>([
		[
			'event, actor.email, message.id',
			'event',
			{ event: 'GROUP_CREATED', actor: { email: 'ada@example.com' }, message: { id: 'g' } },
		],
		[['event', 'nothing'], 'raw', { event: 'GROUP_CREATED' }],
		['event.action, source.ip', 'ecs', { event: { action: 'GROUP_CREATED' } }],
		['class_uid, actor.user.uid', 'ocsf', { class_uid: 3006, actor: { user: { uid: 'u-1' } } }],
	])(
		'has the fields %j alone, where they are chosen (%s: %s)',
		async (fields, output, expected) => {
			const team = await openTeam();
			add(team, NOW - 1, { event: 'GROUP_CREATED', message: { id: 'g', name: 'G' } });
			const options = { output, fields };
			const { items } = await list(team, { options });
			expect(items.map(({ json }) => json)).toEqual([expected]);
			const shown = await activate(team, { options }).poll('manual');
			expect(shown).toEqual([expected]);
		},
	);

	it('keeps whole events where no fields are chosen', async () => {
		const team = await openTeam({ backlog: { events: 20, days: 1 } });
		const { items } = await list(team, { options: { fields: '' }, returnAll: true });
		expect(getRecords(items.map(({ json }) => json))).toHaveLength(visible(team).length);
	});
});
