import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultClient, fullAccessApiKey } from './access.mts';
import { loadContract } from './contract.mts';
import { contentMissing, serverError } from './faults/index.mts';
import type { LoginRecord } from './loginEvents.mts';
import { loginEventTypes, LoginHistory } from './loginEvents.mts';
import { loginHistoryPath } from './loginHistory.mts';
import { manualClock } from './clock.mts';
import type { Member } from './members.mts';
import { membersPath } from './members.mts';
import type { Permission } from './permissions.mts';
import { permissionsPath } from './permissions.mts';
import type { AuditRecord } from './records.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import type { Query } from './testClient.mts';
import {
	appKeyHeader,
	get,
	getPageV1,
	requestToken,
	signIn,
	signInWithFullAccess,
	fullAccessAppKeyHeader,
} from './testClient.mts';

interface Page<T> {
	content: T[];
	pageNumber: number;
	pageSize: number;
	totalCount: number;
}

const clock = manualClock('2026-06-02T08:00:00Z');
const contract = loadContract();
const content = { backlog: { events: 900, days: 1 } };
let simulator: Simulator;
beforeEach(async () => {
	clock.set('2026-06-02T08:00:00Z');
	simulator = await startSimulator({ clock, contract, seed: 7, logins: { content } });
});
afterEach(async () => {
	await simulator.close();
	expect(simulator.contractProblems).toEqual([]);
});

const page = async <T,>(path: string, query: Query = {}) =>
	(await (await get(simulator, path, query, fullAccessAppKeyHeader)).json()) as Page<T>;
const logins = (query: Query = {}) => page<LoginRecord>(loginHistoryPath, query);
const members = (query: Query = {}) =>
	page<Member>(membersPath, { includeInternal: 'false', ...query });

describe('the Login History', () => {
	it('returns every published type, newest first, with its success', async () => {
		const pages = [];
		for (let pageNumber = 0; pageNumber < 5; pageNumber++) pages.push(await logins({ pageNumber }));
		const all = pages.flatMap(({ content }) => content);
		expect(all).toHaveLength(pages[0]!.totalCount);
		expect(new Set(all.map((record) => record.authenticationEventType))).toEqual(
			new Set(loginEventTypes),
		);
		expect(loginEventTypes).toHaveLength(14);
		const times = all.map(({ timestamp }) => timestamp);
		expect(times).toEqual([...times].sort().reverse());
		expect(all.filter((record) => record.success).length).toBeGreaterThan(all.length / 2);
	});

	it('is the same for the same seed', async () => {
		const again = await startSimulator({ clock, seed: 7, logins: { content } });
		expect(again.logins.getVisible(clock.now())).toEqual(simulator.logins.getVisible(clock.now()));
		await again.close();
	});

	it('grows, with late and identical events, in any order', async () => {
		const growth = { eventsPerMinute: 60, lateShare: 1, maxLatenessMs: 60_000, twinShare: 1 };
		const growing = await startSimulator({ clock, logins: { content: { growth } } });
		growing.behaviour.order = 'asc';
		clock.advance(60_000);
		const early = growing.logins.getVisible(clock.now()).length;
		clock.advance(3_600_000);
		const later = growing.logins.getVisible(clock.now());
		expect(early).toBeGreaterThan(0);
		expect(later.length).toBeGreaterThan(early);
		expect(new Set(later.map(({ json }) => json)).size).toBeLessThan(later.length);
		await growing.close();
	});

	it('respects the window and pages of 200', async () => {
		const window = { from: '2026-06-02T00:00:00Z', to: '2026-06-02T01:00:00.000Z' };
		const { content, totalCount } = await logins(window);
		expect(totalCount).toBe(content.length);
		expect(content.every(({ timestamp }) => timestamp.startsWith('2026-06-02T00:'))).toBe(true);
		expect((await logins()).content).toHaveLength(200);
		const large = await get(simulator, loginHistoryPath, { pageSize: 201 }, fullAccessAppKeyHeader);
		expect(large.status).toBe(400);
		expect(simulator.contractProblems).toHaveLength(1);
		simulator.contractProblems.length = 0;
	});

	it.each([
		['page', 200],
		['204', 204],
	] as const)('can respond to an empty window with a %s', async (form, status) => {
		simulator.behaviour.loginsEmpty = form;
		const query = { from: '2030-01-01T00:00:00Z' };
		expect((await get(simulator, loginHistoryPath, query, fullAccessAppKeyHeader)).status).toBe(
			status,
		);
	});

	it('contains what a test appends', async () => {
		const log = new LoginHistory();
		const own = await startSimulator({ clock, logins: { log } });
		const record = {
			authenticationEventType: 'LOGIN',
			email: 'ada@example.com',
			success: true,
			timestamp: '2026-06-02T07:59:59.000Z',
		};
		log.append(record, { visibleFrom: clock.now() + 1 });
		const content = async () =>
			(
				(await (await get(own, loginHistoryPath, {}, fullAccessAppKeyHeader)).json()) as {
					content: [];
				}
			).content;
		expect(await content()).toEqual([]);
		clock.advance(1);
		expect(await content()).toEqual([record]);
		await own.close();
	});
});

describe('the list of members', () => {
	it('contains who acts in the audit log, with the same ids and e-mails', async () => {
		const audit = await startSimulator({ clock, seed: 7, backlog: { events: 400, days: 1 } });
		const { content: events } = await getPageV1(audit, { from: '2026-06-01T00:00:00Z' });
		await audit.close();
		const named = events.flatMap(({ userId }) => /^(\S{36}) \((.+@.+)\)$/.exec(userId) ?? []);
		expect(named.length).toBeGreaterThan(0);
		const { content } = await members();
		for (const { userId } of events) {
			const [, id, email] = /^(\S{36}) \((.+@.+)\)$/.exec(userId) ?? [];
			if (id === undefined) continue;
			const member = content.find((candidate) => candidate.userId === id);
			expect(member?.nameAndEmail).toContain(`(${email})`);
		}
	});

	it('lists employees of Celonis, unless they are excluded', async () => {
		const { totalCount } = await members();
		const own = await startSimulator({ clock, seed: 7 });
		const response = await get(own, membersPath, {}, fullAccessAppKeyHeader);
		expect(await response.json()).toMatchObject({ totalCount: totalCount + 1 });
		await own.close();
		expect((await members({ includeInternal: 'true' })).totalCount).toBe(totalCount + 1);
	});

	it('has pages, and can respond to a page after the last with a 204', async () => {
		const { content, totalCount } = await members();
		const small = await members({ pageSize: 3, pageNumber: 1 });
		expect(small).toEqual({ content: content.slice(3, 6), pageSize: 3, pageNumber: 1, totalCount });
		simulator.behaviour.membersEmpty = '204';
		const behind = await get(
			simulator,
			membersPath,
			{ includeInternal: 'true', pageNumber: 9 },
			fullAccessAppKeyHeader,
		);
		expect(behind.status).toBe(204);
	});
});

describe('the permissions', () => {
	const list = async (authorization = fullAccessAppKeyHeader) => {
		const response = await get(simulator, permissionsPath, {}, authorization);
		return (await response.json()) as { permissions: Permission[] };
	};
	const getStatus = async (authorization: string) =>
		(await get(simulator, permissionsPath, {}, authorization)).status;

	it('are what was granted at first, to every member and to others', async () => {
		const { permissions } = await list();
		expect(permissions).toEqual(simulator.permissions);
		const users = permissions.filter(({ subjectType }) => subjectType === 'USER');
		expect(users.map(({ subjectId }) => subjectId)).toEqual(
			simulator.members.map(({ member }) => member.userId),
		);
		expect(new Set(permissions.map(({ subjectType }) => subjectType)).size).toBe(3);
	});

	it('are as the last PERMISSIONS_UPDATE of the log says, for each subject and object', async () => {
		const own = await startSimulator({
			clock,
			contract,
			seed: 7,
			backlog: { events: 4000, days: 2 },
		});
		const response = await get(own, permissionsPath, {}, fullAccessAppKeyHeader);
		const { permissions } = (await response.json()) as { permissions: Permission[] };
		await own.close();
		const changes = own.log
			.getVisible(clock.now())
			.map(({ json }) => JSON.parse(json) as AuditRecord)
			.filter(({ event, message }) => event === 'PERMISSIONS_UPDATE' && isChange(message))
			.map(({ message }) => message as Record<string, unknown>);
		const last = new Map(
			changes.map((change) => [`${change.subject_description} ${change.object_id}`, change]),
		);
		const granted = [...last.values()].filter((change) => String(change.new_permissions) !== '');
		expect(granted.length).toBeGreaterThan(3);
		expect(granted.length).toBeLessThan(last.size);
		for (const change of granted) {
			const found = permissions.filter(({ objectId }) => objectId === change.object_id);
			expect(found).toEqual([
				expect.objectContaining({
					subjectName: change.subject_description,
					subjectType: change.subject_type,
					actions: change.new_permissions,
				}),
			]);
			const [{ subjectId } = { subjectId: '' }] = found;
			const member = own.members.find(({ member: { userId } }) => userId === subjectId)?.member;
			if (member) expect(member.nameAndEmail).toContain(String(change.subject_description));
		}
		expect(permissions).toHaveLength(own.permissions.length + granted.length);
		expect(own.contractProblems).toEqual([]);
	});

	it('require the scope and the permission, and can be turned off', async () => {
		const scope = 'authorization.permissions:read';
		const token = await signInWithFullAccess(simulator, scope);
		expect(await getStatus(token)).toBe(200);
		expect(await getStatus(await signInWithFullAccess(simulator, 'audit.log:read'))).toBe(403);
		expect(await getStatus(appKeyHeader)).toBe(403);
		simulator.access.oauthClients[1]!.permissionsPermission = false;
		expect(await getStatus(token)).toBe(403);
		simulator.access.permissionsEnabled = false;
		expect(await getStatus(fullAccessAppKeyHeader)).toBe(403);
	});
});

const isChange = (message: unknown) =>
	typeof message === 'object' && message !== null && 'new_permissions' in message;

describe.each([
	[loginHistoryPath, 'team.login-history:read', 'loginHistory', {}],
	[membersPath, 'team.user-group-info:read', 'members', { includeInternal: 'true' }],
] as const)('access to %s', (path, scope, name, query) => {
	const status = async (authorization: string | null) =>
		(await get(simulator, path, query, authorization)).status;

	it('is granted with the scope and the permission', async () => {
		for (const header of [
			await signInWithFullAccess(simulator, scope),
			fullAccessAppKeyHeader,
			`Bearer ${fullAccessApiKey.key}`,
		]) {
			expect(await status(header)).toBe(200);
		}
	});

	it('is denied without one of them', async () => {
		expect(await status(await signInWithFullAccess(simulator, 'audit.log:read'))).toBe(403);
		expect(await status(await signIn(simulator))).toBe(403);
		expect(await status(appKeyHeader)).toBe(403);
		const token = await signInWithFullAccess(simulator, scope);
		simulator.access.oauthClients[1]![`${name}Permission`] = false;
		expect(await status(token)).toBe(403);
		expect(await status('Bearer nobody')).toBe(401);
	});

	it('is an empty 403 when the API is disabled, which affects no other API', async () => {
		simulator.access[`${name}Enabled`] = false;
		const response = await get(simulator, path, query, fullAccessAppKeyHeader);
		expect([response.status, await response.text()]).toEqual([403, '']);
		expect((await getPageV1(simulator)).totalCount).toBe(1);
	});

	it('is not in the scopes of the default client', async () => {
		const { clientId, clientSecret } = defaultClient;
		const own = { client_id: clientId, client_secret: clientSecret };
		const response = await requestToken(simulator, { ...own, scope: `audit.log:read ${scope}` });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: 'invalid_scope' });
	});

	it('can fail at a page', async () => {
		simulator.faults.next({ when: { path, pageIndex: 1 } }, serverError(503));
		simulator.faults.next({ when: { path } }, contentMissing());
		const first = await get(simulator, path, query, fullAccessAppKeyHeader);
		expect(await first.json()).not.toHaveProperty('content');
		const second = await get(simulator, path, { ...query, pageNumber: 1 }, fullAccessAppKeyHeader);
		expect(second.status).toBe(503);
	});
});
