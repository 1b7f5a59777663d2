import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { compileFilters } from '../../nodes/Celonis/sources/auditLog/filters/filters';
import { parsePattern } from '../../nodes/Celonis/filters/pattern';
import { parseRecord } from '../../nodes/Celonis/records/record';
import { hang } from '../celonis/faults/index.mts';
import { getRecords, openTeam, getVisibleRecords, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { DAY_MS, MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

const list = async (team: Team, parameters: ParameterChanges, items?: IDataObject[]) =>
	await runNode(team, { from: toIso(NOW_MS - 3 * DAY_MS), ...parameters }, items);

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
function appendRecord({ celonis }: Team, atMs: number, fields: IDataObject): void {
	celonis.log.append(
		{
			userId: 'u-1 (ada@example.com)',
			userRole: 'ADMIN',
			event: 'PERMISSIONS_UPDATE',
			message: {},
			ipAddress: null,
			...fields,
			timestamp: toIso(atMs),
		} as never,
		{ visibleFrom: atMs },
	);
}

const getEventNames = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.event);

describe('filters of the node', () => {
	it.each(['v1', 'v2'])('return exactly the matching events by API %s', async (apiVersion) => {
		const team = await openTeam({ backlog: { events: 1300, days: 2 } });
		const { items, error } = await list(team, {
			returnAll: true,
			filters: { eventPatterns: '*_CREATED', roles: 'admin', excludeSystem: true },
			output: 'raw',
			options: { apiVersion },
		});
		const matches = compileFilters({
			eventPatterns: { include: [parsePattern('*_created')!], exclude: [] },
			roles: { include: [parsePattern('ADMIN')!], exclude: [] },
			excludeSystem: true,
		});
		const expected = getVisibleRecords(team).filter((raw) => matches(parseRecord(raw, 0)));
		expect(error).toBeUndefined();
		expect(expected.length).toBeGreaterThan(20);
		expect(toSortedJson(getJson(items))).toEqual(toSortedJson(expected));
	});

	it.each<[string, unknown, string[]]>([
		['a selection', ['DATA_POOL_CREATED'], ['DATA_POOL_CREATED']],
		[
			'an expression that returns a list',
			'={{ ["NEW_THING", "GROUP_CREATED"] }}',
			['GROUP_CREATED', 'NEW_THING'],
		],
		[
			'an expression that returns text',
			'={{ "NEW_THING, GROUP_CREATED" }}',
			['GROUP_CREATED', 'NEW_THING'],
		],
		['text in an expression', '=NEW_THING', ['NEW_THING']],
		['names in lower case', ['new_thing'], ['NEW_THING']],
		['nothing', [], ['DATA_POOL_CREATED', 'GROUP_CREATED', 'NEW_THING']],
	])('accept event types as %s', async (_, eventTypes, expected) => {
		const team = await openTeam();
		['DATA_POOL_CREATED', 'GROUP_CREATED', 'NEW_THING'].forEach((event, i) =>
			appendRecord(team, NOW_MS - MINUTE_MS + i, { event }),
		);
		const { items } = await list(team, { filters: { eventTypes } });
		expect(getEventNames(items).sort()).toEqual(expected);
	});

	it('are evaluated for each input item', async () => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 2 * MINUTE_MS, { event: 'GROUP_CREATED' });
		appendRecord(team, NOW_MS - MINUTE_MS, { event: 'GROUP_DELETED' });
		const filters = { eventPatterns: '={{ $json.pattern }}' };
		const { items } = await list(team, { filters }, [
			{ pattern: '*_deleted' },
			{ pattern: 'group_c*' },
		]);
		expect(getEventNames(items)).toEqual(['GROUP_DELETED', 'GROUP_CREATED']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([
		['desc', ['user 1500', 'user 1000']],
		['asc', ['user 0', 'user 500']],
	])(
		'apply before the limit: reading continues until enough events match (%s)',
		async (sortOrder, expected) => {
			for (const apiVersion of ['v1', 'v2']) {
				const team = await openTeam();
				for (let i = 0; i < 2000; i++) {
					const event = i % 500 === 0 ? 'AUDIT_LOGS_DELETED' : 'DATA_POOL_UPDATED';
					appendRecord(team, NOW_MS - (2000 - i) * MINUTE_MS, { event, userId: `user ${i}` });
				}
				const { items } = await list(team, {
					limit: 2,
					filters: { preset: ['auditTrail'] },
					options: { apiVersion, sortOrder },
				});
				expect(items.map(({ json }) => json.userId)).toEqual(expected);
			}
		},
	);

	it('return no items and no error if nothing matches', async () => {
		const team = await openTeam({ backlog: { events: 700, days: 2 } });
		const { items, error } = await list(team, { filters: { text: 'nowhere to be found' } });
		expect({ items, error }).toEqual({ items: [], error: undefined });
	});
});

const invalidFilters: Array<[IDataObject, string]> = [
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
	[{ roles: '={{ [{ name: "ADMIN" }] }}' }, `'Actor Roles': {"name":"ADMIN"} is not text`],
	[{ categories: ['Studios'] }, `'Categories': "Studios" is not one of the choices`],
	[{ preset: ['everything'] }, `'Presets': "everything" is not one of the choices`],
	[{ eventTypes: ['PERMISSIONS_*'] }, `'Event Types': "PERMISSIONS_*" is not the name of an event`],
	[{ eventTypes: '!GROUP_CREATED' }, `'Event Types': "!GROUP_CREATED" is not the name of an event`],
	[{ eventPatterns: '.*_UPDATE' }, `'Event Patterns': ".*_UPDATE" is not a pattern`],
	[{ roles: '(ADMIN)' }, `'Actor Roles': "(ADMIN)" is not a pattern`],
	[{ grantedPermissions: 'ADM.*' }, `'Granted Permissions': "ADM.*" is not a pattern`],
	[{ targets: 'a|b' }, `'Targets': "a|b" is not a pattern`],
	[{ targets: '!' }, `'Targets': "!" is not a pattern`],
	[{ text: ['a'] }, `'Text': ["a"] is not text`],
	[{ excludeSystem: 'maybe' }, `'Exclude System Events': "maybe" is neither true nor false`],
	[{ eventTypes: [true] }, `'Event Types': true is not text`],
];

describe('an invalid filter', () => {
	it.each(invalidFilters)('%j is rejected before anything is sent', async (filters, message) => {
		const team = await openTeam();
		const { error } = await list(team, { filters });
		expect(error?.message).toMatch(/Write .+\./);
		expect(error?.message).toContain(`${message}. `);
		await expect(activate(team, { filters }).poll()).rejects.toThrow(message);
		expect(team.celonis.requests).toEqual([]);
	});
});

describe('a boolean filter', () => {
	it.each([true, 'true', 'TRUE'])('is turned on by %j', async (excludeSystem) => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 2, { userId: 'celonis-service (SYSTEM)' });
		appendRecord(team, NOW_MS - 1, { userId: 'u-2' });
		const { items } = await list(team, { filters: { excludeSystem } });
		expect(items.map(({ json }) => json.userId)).toEqual(['u-2']);
	});
});

/** Address texts that servers write, and the address that is meant. */
const ADDRESSES: Array<[string, string]> = [
	['203.0.113.7', '203.0.113.7'],
	['203.0.113.7, 10.0.0.5', '203.0.113.7'],
	['unknown, 203.0.113.7', '203.0.113.7'],
	[' 203.0.113.7:51324 ', '203.0.113.7'],
	['/203.0.113.7:51324', '203.0.113.7'],
	['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
	['[2001:db8::1]:443', '2001:db8::1'],
	['[2001:db8::1]', '2001:db8::1'],
	['2001:db8::1%eth0', '2001:db8::1'],
];

describe('the address of an event', () => {
	it.each(ADDRESSES)('%j is filtered and formatted as %s', async (ipAddress, address) => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 1, { event: 'API_KEY_CREATED', ipAddress });
		const find = async (ipAddresses: string, output = 'event') =>
			getJson((await list(team, { filters: { ipAddresses }, output })).items);
		const block = address.startsWith('2001') ? '2001:db8::/32' : '203.0.113.0/24';

		expect(await find(block)).toMatchObject([{ ipAddress }]);
		expect(await find(`!${block}`)).toEqual([]);
		expect(await find('10.0.0.0/8, ::/64')).toEqual([]);
		expect(await find('!10.0.0.0/8, !::/64')).toHaveLength(1);
		expect(await find(block, 'ecs')).toMatchObject([
			{
				source: { ip: address, address },
				related: { ip: [address] },
				celonis: { ipAddress },
			},
		]);
		const [ocsf] = await find(block, 'ocsf');
		expect(ocsf).toMatchObject({ src_endpoint: { ip: address } });
		const isUnchanged = ipAddress.trim() === address;
		expect((ocsf!.unmapped as IDataObject).ipAddress).toBe(isUnchanged ? undefined : ipAddress);
	});

	it.each([null, '', 'unknown'])(
		'%j is in no block: an exclusion lets the event pass',
		async (ipAddress) => {
			const team = await openTeam();
			appendRecord(team, NOW_MS - 1, { ipAddress });
			const find = async (ipAddresses: string) =>
				(await list(team, { filters: { ipAddresses } })).items;
			expect(await find('!10.0.0.0/8')).toHaveLength(1);
			expect(await find('0.0.0.0/0, ::/0')).toEqual([]);
		},
	);
});

describe('filters of the trigger', () => {
	const filters = { preset: ['permissions'], ipAddresses: '!10.0.0.0/8' };

	it('deliver matching events once, and store the IDs of no others', async () => {
		const team = await openTeam();
		const trigger = activate(team, { filters });
		await trigger.poll();
		for (let i = 0; i < 300; i++) {
			const event = i % 3 === 0 ? 'PERMISSIONS_UPDATE' : 'DATA_POOL_UPDATED';
			appendRecord(team, NOW_MS + i, {
				event,
				ipAddress: i % 2 === 0 ? '10.1.2.3' : '203.0.113.7',
				userId: `user ${i}`,
			});
		}
		team.celonis.clock.advance(MINUTE_MS);
		const first = (await trigger.poll()) ?? [];
		team.celonis.clock.advance(MINUTE_MS);

		expect(await trigger.poll()).toBeNull();
		expect(first).toHaveLength(50);
		for (const { event, ipAddress } of first) {
			expect([event, ipAddress]).toEqual(['PERMISSIONS_UPDATE', '203.0.113.7']);
		}
		const [state] = Object.values(trigger.save()) as Array<{ cursor: { seen: object } }>;
		expect(Object.keys(state!.cursor.seen)).toHaveLength(50);
	});

	it('apply from the next poll on after a change, also to events within the lookback', async () => {
		const team = await openTeam();
		const trigger = activate(team, { filters });
		await trigger.poll();
		appendRecord(team, NOW_MS + 1, { event: 'PERMISSIONS_UPDATE' });
		appendRecord(team, NOW_MS + 2, { event: 'DATA_POOL_UPDATED' });
		team.celonis.clock.advance(MINUTE_MS);
		const first = await trigger.poll();

		const changed = activate(team, {}, trigger.save());
		team.celonis.clock.advance(MINUTE_MS);
		const second = await changed.poll('trigger', 'update');
		expect(first?.map(({ event }) => event)).toEqual(['PERMISSIONS_UPDATE']);
		expect(second?.map(({ event }) => event)).toEqual(['DATA_POOL_UPDATED']);
	});

	it('determine what "Fetch test event" shows: the newest matching events', async () => {
		const team = await openTeam();
		for (let i = 0; i < 1500; i++) {
			const event = i % 100 === 0 ? 'PERMISSIONS_UPDATE' : 'DATA_POOL_UPDATED';
			appendRecord(team, NOW_MS - (1500 - i) * MINUTE_MS, { event, userId: `user ${i}` });
		}
		const shown = await activate(team, { filters }).poll('manual');
		expect(shown?.map(({ userId }) => userId)).toEqual(
			[1400, 1300, 1200, 1100, 1000].map((number) => `user ${number}`),
		);
	});

	it.each([
		['the events found so far', 'user 2900', 1],
		['an error', 'nobody', 0],
	])('show %s if the test runs out of time', async (_, actors, count) => {
		const team = await openTeam();
		for (let i = 0; i < 3000; i++)
			appendRecord(team, NOW_MS - (3000 - i) * MINUTE_MS, { userId: `user ${i}` });
		// The older half of the log is never reached.
		const isOld = (to: unknown) => Date.parse(String(to)) < NOW_MS - 1500 * MINUTE_MS;
		team.celonis.faults.decide = ({ query }) => (isOld(query.to) ? hang() : undefined);
		const shown = activate(team, { filters: { actors } }, undefined, 2000).poll('manual');
		if (count > 0) expect(await shown).toHaveLength(count);
		else {
			await expect(shown).rejects.toMatchObject({
				message:
					'None of the newest audit events that could be read during the test passes the filters',
			});
		}
	});

	it('are named in the error if no event matches', async () => {
		const team = await openTeam({ backlog: { events: 700, days: 2 } });
		const shown = activate(team, { filters: { actors: 'nobody' } }).poll('manual');
		await expect(shown).rejects.toMatchObject({
			message: 'None of the audit events of the last 30 days passes the filters',
			description: expect.stringContaining('Check the filters'),
		});
	});
});

describe('the output', () => {
	it.each(['OCSFF', 'constructor', 7])('%p is rejected before anything is sent', async (output) => {
		const team = await openTeam();
		const { error } = await list(team, { output });
		const message = `'Output': ${JSON.stringify(output)} is not one of the choices`;
		expect(error?.message).toBe(`${message}. Write one of: event, summary, ecs, ocsf, raw.`);
		const polled = activate(team, { output }).poll();
		await expect(polled).rejects.toThrow(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it.each([
		['ecs', { event: { action: 'GROUP_CREATED', category: ['iam'] }, user: { id: 'u-1' } }],
		[
			'ocsf',
			{ class_name: 'Group Management', activity_name: 'Create', actor: { user: { uid: 'u-1' } } },
		],
	])(
		'%s has the event ID of the event, in the node and in the trigger',
		async (output, expected) => {
			const team = await openTeam();
			const trigger = activate(team, { output });
			await trigger.poll();
			appendRecord(team, NOW_MS + 1, { event: 'GROUP_CREATED' });
			team.celonis.clock.advance(MINUTE_MS);

			const plain = await list(team, {});
			const { items } = await list(team, { output });
			const delivered = await trigger.poll();
			const getId = ({ event, metadata }: IDataObject) =>
				((output === 'ecs' ? event : metadata) as IDataObject)[output === 'ecs' ? 'id' : 'uid'];
			expect(items[0]?.json).toMatchObject(expected);
			expect(delivered).toEqual(getJson(items));
			expect(getId(items[0]!.json)).toBe(plain.items[0]!.json.eventId);
		},
	);

	it.each<[unknown, string, IDataObject]>([
		[
			'event, actor.email, message.id',
			'event',
			{ event: 'GROUP_CREATED', actor: { email: 'ada@example.com' }, message: { id: 'g' } },
		],
		[['event', 'nothing'], 'raw', { event: 'GROUP_CREATED', nothing: null }],
		['["event", "message.id"]', 'raw', { event: 'GROUP_CREATED', message: { id: 'g' } }],
		[
			'event.action, source.ip',
			'ecs',
			{ event: { action: 'GROUP_CREATED' }, source: { ip: null } },
		],
		['class_uid, actor.user.uid', 'ocsf', { class_uid: 3006, actor: { user: { uid: 'u-1' } } }],
	])('has only the fields %j (%s: %s)', async (fields, output, expected) => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 1, { event: 'GROUP_CREATED', message: { id: 'g', name: 'G' } });
		const parameters = { output, options: { fields } };
		const { items } = await list(team, parameters);
		expect(getJson(items)).toEqual([expected]);
		const shown = await activate(team, parameters).poll('manual');
		expect(shown).toEqual([expected]);
	});

	it('has all fields if none is chosen', async () => {
		const team = await openTeam({ backlog: { events: 20, days: 1 } });
		const { items } = await list(team, { options: { fields: '' }, returnAll: true });
		expect(getRecords(getJson(items))).toHaveLength(getVisibleRecords(team).length);
	});
});
