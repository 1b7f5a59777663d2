import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { getVisibleRecords, grantFullAccess, openTeam, type Team } from './n8n/team.mts';

const from = toIso(NOW_MS - 24 * 60 * MINUTE_MS);

const list = async (team: Team, parameters: ParameterChanges = {}) => {
	const { items, error } = await runNode(team, { from, output: 'summary', ...parameters });
	expect(error).toBeUndefined();
	return getJson(items);
};

let workflows = 0;
const activate = ({ n8n }: Team, parameters: ParameterChanges) =>
	n8n.activate({ ...loadWorkflow('trigger', parameters), id: `summary-${++workflows}` });

function appendRecord({ celonis }: Team, atMs: number, fields: IDataObject): void {
	const record = { userId: 'u-1 (ada@example.com)', userRole: 'ADMIN', ipAddress: null, ...fields };
	celonis.log.append({ ...record, timestamp: toIso(atMs) } as never, { visibleFrom: atMs });
}

/** A change of permissions, from READ to these. */
const createChange = (permissions: string[], userId?: string): IDataObject => ({
	event: 'PERMISSIONS_UPDATE',
	...(userId !== undefined && { userId }),
	message: {
		subject_type: 'USER',
		subject_description: 'bob@example.com',
		object_description: 'Order to Cash',
		object_id: 'o-1',
		old_permissions: ['READ'],
		new_permissions: permissions,
	},
});

const getLines = (items: readonly IDataObject[] | null) => items?.map(({ summary }) => summary);

describe('the output Summary', () => {
	it.each(['v1', 'v2'])('has the same columns for every event, by API %s', async (apiVersion) => {
		const team = await openTeam({ backlog: { events: 700, days: 1 } });
		const items = await list(team, { returnAll: true, options: { apiVersion } });
		expect(items).toHaveLength(getVisibleRecords(team).length);
		const columns = Object.keys(items[0]!);
		expect(columns).toHaveLength(16);
		for (const item of items) {
			expect(Object.keys(item)).toEqual(columns);
			expect(item.summary).toMatch(/^\S.* \S.*$/);
			expect(item.team).toBe(new URL(team.celonis.url).host);
		}
		const events = await list(team, { returnAll: true, output: 'event', options: { apiVersion } });
		expect(items.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
	});

	it('is the same in the node and in the trigger, and keeps the chosen fields', async () => {
		const team = await openTeam();
		const triggers = [{}, { options: { fields: 'timestamp, summary' } }].map((parameters) =>
			activate(team, { output: 'summary', ...parameters }),
		);
		for (const trigger of triggers) await trigger.poll();
		appendRecord(team, NOW_MS + 1, createChange(['READ', 'ADMIN']));
		team.celonis.clock.advance(MINUTE_MS);
		const summary = 'ada@example.com granted ADMIN to bob@example.com on "Order to Cash"';
		expect(await triggers[0]!.poll()).toEqual(await list(team));
		expect(await triggers[1]!.poll()).toEqual([{ timestamp: toIso(NOW_MS + 1), summary }]);
	});

	it('names people with Enrich Actor', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		const { member } = team.celonis.members[0]!;
		const [name] = member.nameAndEmail.split(' (');
		const [, email] = /\((.*)\)/.exec(member.nameAndEmail)!;
		appendRecord(team, NOW_MS - 1, { event: 'GROUP_CREATED', userId: member.userId, userRole: '' });
		expect(await list(team, { options: { enrichActor: true } })).toMatchObject([
			{ summary: `${name} (${email}) created a group`, actorRole: member.userRole },
		]);
	});

	it('sums up the Login History in the same columns', async () => {
		const team = await openTeam({ logins: { content: { backlog: { events: 100, days: 1 } } } });
		grantFullAccess(team);
		appendRecord(team, NOW_MS - 1, { event: 'GROUP_CREATED' });
		const logins = await list(team, { resource: 'loginEvent', returnAll: true });
		const [audited] = await list(team);
		expect(logins.length).toBeGreaterThan(90);
		for (const login of logins) {
			expect(Object.keys(login)).toEqual(Object.keys(audited!));
			expect(login.summary).toMatch(/^\S+@\S+ (signed (in|out)|failed to sign in)/);
		}
	});
});

describe('an alert when somebody is given ADMIN, except by the system', () => {
	const filters = { grantedPermissions: 'ADMIN', excludeSystem: true };

	it('needs two filters, in the node and in the trigger', async () => {
		const team = await openTeam();
		const trigger = activate(team, { output: 'summary', filters });
		await trigger.poll();
		[
			createChange(['READ', 'ADMIN']),
			createChange(['READ', 'WRITE']),
			createChange(['READ', 'ADMIN'], 'celonis-service (SYSTEM)'),
			createChange(['admin'], 'u-2'),
			createChange([]),
			{ event: 'GROUP_CREATED', message: { name: 'ADMIN' } },
		].forEach((fields, i) => appendRecord(team, NOW_MS + 1 + i, fields));
		team.celonis.clock.advance(MINUTE_MS);
		const lines = [
			'ada@example.com granted ADMIN to bob@example.com on "Order to Cash"',
			'u-2 granted admin to bob@example.com and revoked READ on "Order to Cash"',
		];
		expect(getLines(await trigger.poll())).toEqual(lines);
		expect(await trigger.poll()).toBeNull();
		const options = { sortOrder: 'asc' };
		expect(getLines(await list(team, { filters, options }))).toEqual(lines);
	});

	it.each<[string, IDataObject, number]>([
		['of one person', { targets: 'BOB@example.com' }, 2],
		['of others', { targets: '!bob@*' }, 1],
		['on an object', { targets: 'order to *' }, 2],
		['of one person without a grant', { targets: 'bob@*', grantedPermissions: '!ADMIN' }, 1],
		['by a list', { targets: '={{ ["carol@example.com", "bob@example.com"] }}' }, 2],
		['of nobody', { targets: 'carol@example.com' }, 0],
	])('can be for events %s', async (_, changes, count) => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 3, createChange(['READ', 'ADMIN']));
		appendRecord(team, NOW_MS - 2, createChange(['READ', 'WRITE']));
		appendRecord(team, NOW_MS - 1, { event: 'GROUP_CREATED', message: { name: 'Finance' } });
		expect(await list(team, { filters: changes })).toHaveLength(count);
	});

	it('finds events whose names have dots', async () => {
		const team = await openTeam();
		appendRecord(team, NOW_MS - 2, { event: 'orchestration.run.finished' });
		appendRecord(team, NOW_MS - 1, { event: 'GROUP_CREATED' });
		const eventPatterns = 'orchestration.*, *.started';
		expect(getLines(await list(team, { filters: { eventPatterns } }))).toEqual([
			'ada@example.com triggered orchestration.run.finished',
		]);
	});
});
