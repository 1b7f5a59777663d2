import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { fullAccessClient } from '../celonis/access.mts';
import { respondWith } from '../celonis/faults/index.mts';
import type { Permission } from '../celonis/permissions.mts';
import { permissionsPath } from '../celonis/permissions.mts';
import { grantFullAccess, openTeam, type Team } from './n8n/team.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';

async function openPermittedTeam(): Promise<Team> {
	const team = await openTeam();
	grantFullAccess(team);
	return team;
}

const listAll = async (team: Team, parameters: IDataObject = {}) =>
	await runNode(team, { resource: 'permission', returnAll: true, ...parameters });

const getRequests = ({ celonis }: Team, path: string) =>
	celonis.requests.filter((request) => request.path === path);

const getHost = ({ celonis }: Team) => new URL(celonis.url).host;

function respond({ celonis }: Team, body: string | object, status = 200): void {
	const json = { 'content-type': 'application/json' };
	const fault = respondWith(status, { body, ...(typeof body === 'string' && { headers: json }) });
	celonis.faults.always({ when: { path: permissionsPath } }, fault);
}

/** Appends an event that changes a permission. */
function changePermissions({ celonis }: Team, atMs: number, message: IDataObject): void {
	celonis.log.append({
		userId: 'admin (admin@example.com)',
		userRole: 'ADMIN',
		event: 'PERMISSIONS_UPDATE',
		timestamp: toIso(atMs),
		message,
		ipAddress: null,
		port: null,
		diffPayload: null,
	});
}

describe.each(['oAuth2', 'key'] as const)('permissions with %s', (authentication) => {
	it('are listed as Celonis sends them, with the team', async () => {
		const team = await openPermittedTeam();
		const { items, error } = await listAll(team, { authentication });
		expect(error).toBeUndefined();
		expect(getJson(items)).toEqual(
			team.celonis.permissions.map((permission) => ({ ...permission, team: getHost(team) })),
		);
		expect(getRequests(team, permissionsPath).map(({ query }) => query)).toEqual([{}]);
	});
});

describe('permissions', () => {
	it('are those that the audit log has changed', async () => {
		const team = await openPermittedTeam();
		const [{ member } = { member: undefined }] = team.celonis.members;
		const change = {
			subject_description: member!.nameAndEmail,
			subject_type: 'USER',
			object_description: 'Order to Cash',
			object_id: 'package-1',
		};
		const update = (atMs: number, old_permissions: string[], new_permissions: string[]) =>
			changePermissions(team, atMs, { ...change, old_permissions, new_permissions });
		update(NOW_MS - 3000, [], ['READ']);
		update(NOW_MS - 2000, ['READ'], ['READ', 'WRITE']);
		const list = async () =>
			getJson(
				(await listAll(team, { filters: { objects: 'Order to Cash', subjects: '*@*' } })).items,
			);
		expect(await list()).toEqual([
			expect.objectContaining({
				subjectName: member!.nameAndEmail,
				subjectId: member!.userId,
				objectId: 'package-1',
				actions: ['READ', 'WRITE'],
			}),
		]);
		update(NOW_MS - 1000, ['READ', 'WRITE'], []);
		expect(await list()).toEqual([]);
	});

	it('are limited to 50 by default, for each input item', async () => {
		const team = await openPermittedTeam();
		const [first] = team.celonis.permissions;
		for (let i = 0; i < 100; i++) {
			team.celonis.permissions.push({ ...first!, subjectId: `u-${i}`, subjectName: `many ${i}` });
		}
		const { items } = await runNode(team, { resource: 'permission' }, [{}, {}]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1].flatMap((item) => Array.from({ length: 50 }, () => ({ item }))),
		);
		const filtered = await runNode(team, {
			resource: 'permission',
			limit: 2,
			filters: { subjects: 'MANY 9?' },
		});
		expect(filtered.items.map(({ json }) => json.subjectName)).toEqual(['many 90', 'many 91']);
	});

	it.each<[string, IDataObject, (permission: Permission) => boolean]>([
		['subjects by e-mail', { subjects: 'ADA@example.com' }, (p) => /ada@/.test(p.subjectName)],
		['subjects by name', { subjects: 'siem-*' }, (p) => p.subjectName === 'siem-export'],
		['subjects, excluded', { subjects: '!*@*' }, (p) => !p.subjectName.includes('@')],
		['services', { services: 'data?integration, none' }, (p) => p.service === 'data-integration'],
		['actions', { actions: 'data_push*' }, (p) => p.actions.includes('DATA_PUSH_API')],
		['actions, excluded', { actions: 'VIEW, !EXPORT' }, (p) => p.subjectName === 'Auditors'],
		[
			'several filters',
			{ services: '*', actions: 'VIEW', subjects: 'aud*' },
			(p) => p.subjectName === 'Auditors',
		],
		['lists from expressions', { actions: ['EXPORT'] }, (p) => p.actions.includes('EXPORT')],
	])('are filtered by %s', async (_name, filters, passes) => {
		const team = await openPermittedTeam();
		const { items, error } = await listAll(team, { filters });
		expect(error).toBeUndefined();
		const expected = team.celonis.permissions.filter(passes);
		expect(items.map(({ json }) => json.subjectId)).toEqual(expected.map((p) => p.subjectId));
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(team.celonis.permissions.length);
	});

	it('name a pattern that cannot be used, and request nothing', async () => {
		const team = await openPermittedTeam();
		const { error } = await listAll(team, { filters: { actions: 'VIEW|EXPORT' } });
		expect(error?.message).toContain('\'Actions\': "VIEW|EXPORT" is not a pattern. Write');
		expect(team.celonis.requests).toEqual([]);
	});

	it('show the members who have them, with one reading of the members', async () => {
		const team = await openPermittedTeam();
		const group = team.celonis.permissions.find(({ subjectType }) => subjectType === 'GROUP')!;
		const { member } = team.celonis.members[0]!;
		team.celonis.permissions.push(
			{ ...group, subjectId: 'g-2', subjectName: member.nameAndEmail },
			{ ...group, subjectId: member.userId, subjectType: 'USER_GROUP' },
			{ ...group, subjectId: member.userId.toUpperCase(), subjectType: '' },
			{ ...group, subjectId: 'gone', subjectName: 'Somebody else', subjectType: 'USER' },
		);
		const parameters = { resource: 'permission', returnAll: true };
		const options = { addMemberDetails: 'true' };
		const { items, error } = await runNode(team, { ...parameters, options }, [{}, {}]);
		expect(error).toBeUndefined();
		expect(getRequests(team, '/api/external/members')).toHaveLength(1);
		const byId = new Map(
			team.celonis.members.map((each) => [each.member.userId.toLowerCase(), each.member]),
		);
		for (const { json } of items) {
			const isUser = json.subjectType === 'USER' || json.subjectType === '';
			const found = isUser ? byId.get(String(json.subjectId).toLowerCase()) : undefined;
			const [, name, email] = /^(.*) \((.*)\)$/.exec(found?.nameAndEmail ?? '') ?? [];
			const expected = found && { name, email, status: found.status, lastLogin: found.lastLogin };
			expect(json.member).toEqual(expected ?? null);
		}
		expect(items.filter(({ json }) => json.member).length).toBe(2 * (byId.size + 1));
	});

	it('name an option that is neither true nor false', async () => {
		const team = await openPermittedTeam();
		const { error } = await listAll(team, { options: { addMemberDetails: 'yes' } });
		expect(error?.message).toContain(
			'\'Add Member Details\': "yes" is neither true nor false. Write',
		);
	});
});

describe('access to the permissions', () => {
	it('names the scope that the credential does not request', async () => {
		const team = await openTeam();
		const { items, error } = await listAll(team);
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			"Celonis returned 403: the credential does not request the scope 'authorization.permissions:read'",
		);
	});

	it('names the permission that the application lacks', async () => {
		const team = await openPermittedTeam();
		for (const client of team.celonis.access.oauthClients) client.permissionsPermission = false;
		const { error } = await listAll(team);
		expect(error?.message).toContain('the permission to read the permissions of the team');
		expect(error?.description).toContain("the scope 'authorization.permissions:read'");
	});

	it('works with the scope alone, without those of other APIs', async () => {
		const team = await openTeam();
		grantFullAccess(team, 'authorization.permissions:read');
		expect(fullAccessClient.scopes).toContain('authorization.permissions:read');
		expect((await listAll(team)).error).toBeUndefined();
	});
});

describe('responses with permissions', () => {
	const one = { subjectName: 'Ada', actions: ['VIEW'] };

	it.each<[string, string | object, number]>([
		['an empty list', { permissions: [] }, 200],
		['a list that is null', { permissions: null }, 200],
		['status 204', '', 204],
	])('may be empty: %s', async (_name, body, status) => {
		const team = await openPermittedTeam();
		respond(team, body, status);
		expect(await listAll(team)).toMatchObject({ items: [], error: undefined });
	});

	it.each<[string, object]>([
		['the documented name', { permissions: [one] }],
		['another name', { content: [one] }],
		['another name, in other case', { Items: [one] }],
		['both names, one of them null', { permissions: null, content: [one] }],
		['a count of pages', { permissions: [one], totalPages: 1, totalCount: 1 }],
	])('have their list under %s', async (_name, body) => {
		const team = await openPermittedTeam();
		respond(team, body);
		expect(getJson((await listAll(team)).items)).toEqual([{ ...one, team: getHost(team) }]);
	});

	it.each<[string, string | object, RegExp]>([
		['an empty object', {}, /JSON in another format/],
		['null', 'null', /JSON in another format/],
		['a number', '17', /JSON in another format/],
		['a list of links', { links: [] }, /JSON in another format/],
		['an object in place of the list', { permissions: {} }, /JSON in another format/],
		['two lists', { permissions: [], content: [one] }, /JSON in another format/],
		['a text in the list', { permissions: ['VIEW'] }, /JSON in another format/],
		['a status in place of the list', { status: 'maintenance' }, /JSON in another format/],
		[
			'an empty list in a maintenance',
			{ status: 'maintenance', permissions: [] },
			/another format/,
		],
		['a total that is larger', { permissions: [one], totalCount: 2 }, /a part of the list/],
		['a token of a next page', { permissions: [one], nextPageToken: 'x' }, /a part of the list/],
		['further pages', { permissions: [one], totalPages: 2 }, /a part of the list/],
		['a next page', { permissions: [one], hasNext: true }, /a further page of the list/],
		['nothing', '', /the response is empty/],
	])('are an error with %s', async (_name, body, message) => {
		const team = await openPermittedTeam();
		respond(team, body);
		const { items, error } = await listAll(team);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain('the list of permissions');
	});

	it('keep what Celonis sends under the names of added fields, and fields of any type', async () => {
		const team = await openPermittedTeam();
		const odd = {
			team: 'Finance',
			member: 7,
			constructor: 'x',
			subjectName: 12,
			subjectId: null,
			actions: 'VIEW, EXPORT',
			groups: null,
		};
		respond(team, { permissions: [odd, {}] });
		const { items } = await listAll(team, {
			options: { addMemberDetails: true },
			filters: { actions: '!ADMIN' },
		});
		expect(getJson(items)).toEqual([odd, { team: getHost(team), member: null }]);
		const exported = await listAll(team, { filters: { actions: 'export', subjects: '12' } });
		expect(exported.items).toHaveLength(1);
	});

	it('may be long, and the filters take linear time', async () => {
		const team = await openPermittedTeam();
		const actions = Array.from({ length: 10 }, (_, i) => `ACTION_${i}`);
		const permissions = Array.from({ length: 40_000 }, (_, i) => ({
			...one,
			subjectId: i,
			actions,
		}));
		respond(team, { permissions });
		const { items } = await listAll(team, { filters: { actions: '*_9', subjects: '3999?' } });
		expect(items.map(({ json }) => json.subjectId)).toEqual(
			Array.from({ length: 10 }, (_, i) => 39_990 + i),
		);
	});
});
