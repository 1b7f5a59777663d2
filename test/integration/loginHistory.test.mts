import { describe, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject, Logger } from 'n8n-workflow';
import { respondWith } from '../celonis/faults/index.mts';
import { openTeam, getRecords, grantFullAccess, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

const getLogins = (items: Array<{ json: IDataObject }>) => getRecords(getJson(items));

const list = async (team: Team, parameters: ParameterChanges = {}) =>
	await runNode(team, { resource: 'loginEvent', returnAll: true, ...parameters });

/** The records that the login history shows now. */
const getVisibleLogins = ({ celonis }: Team): IDataObject[] =>
	celonis.logins.getVisible(celonis.clock.now()).map(({ json }) => JSON.parse(json) as IDataObject);

describe.each(['oAuth2', 'key'] as const)('the login history with %s', (authentication) => {
	it('is listed completely, in the requested order', async () => {
		const team = await openTeam({ logins: { content: { backlog: { events: 900, days: 2 } } } });
		grantFullAccess(team);
		const { items, error } = await list(team, {
			authentication,
			from: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
			options: { sortOrder: 'asc' },
		});
		expect(error).toBeUndefined();
		const listed = getLogins(items);
		expect(toSortedJson(listed)).toEqual(toSortedJson(getVisibleLogins(team)));
		const times = listed.map(({ timestamp }) => String(timestamp));
		expect(times).toEqual([...times].sort());
		expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
		expect(items.length).toBeGreaterThan(500);
	});

	it('is delivered by the trigger, each event once, also late events and across a restart', async () => {
		const growth = { eventsPerMinute: 40, lateShare: 0.2, maxLatenessMs: 9 * MINUTE_MS };
		const team = await openTeam({ logins: { content: { growth } } });
		grantFullAccess(team);
		const workflow = {
			...loadWorkflow('trigger', { authentication, source: 'loginHistory' }),
			id: `logins-${authentication}`,
		};
		const delivered: IDataObject[] = [];
		const poll = async (trigger: ReturnType<typeof team.n8n.activate>, minutes: number) => {
			for (let minute = 0; minute < minutes; minute++) {
				team.celonis.clock.advance(MINUTE_MS);
				delivered.push(...((await trigger.poll()) ?? []));
			}
		};
		const trigger = team.n8n.activate(workflow);
		expect(await trigger.poll()).toBeNull();
		await poll(trigger, 6);
		await poll(team.n8n.activate(workflow, { staticData: trigger.save() }), 16);

		expect(toSortedJson(getRecords(delivered))).toEqual(toSortedJson(getVisibleLogins(team)));
		expect(delivered.length).toBeGreaterThan(500);
	});
});

describe('the parameters of login events', () => {
	it('filter by type, actor and outcome', async () => {
		const team = await openTeam({ logins: { content: { backlog: { events: 600, days: 1 } } } });
		grantFullAccess(team);
		const { items } = await list(team, {
			from: toIso(NOW_MS - 24 * 60 * MINUTE_MS),
			filters: { types: ['BAD_CREDENTIALS', 'LOGIN'], outcome: 'failure', actors: '*@*' },
		});
		const expected = getVisibleLogins(team).filter(
			({ authenticationEventType, success }) =>
				['BAD_CREDENTIALS', 'LOGIN'].includes(String(authenticationEventType)) && !success,
		);
		expect(toSortedJson(getLogins(items))).toEqual(toSortedJson(expected));
		expect(expected.length).toBeGreaterThan(3);
	});

	it('return the newest few events without reading everything', async () => {
		const team = await openTeam({ logins: { content: { backlog: { events: 3000, days: 2 } } } });
		grantFullAccess(team);
		const { items } = await list(team, {
			returnAll: false,
			limit: 5,
			from: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
		});
		const newest = getVisibleLogins(team)
			.sort((a, b) => (String(a.timestamp) < String(b.timestamp) ? 1 : -1))
			.slice(0, 5);
		expect(toSortedJson(getLogins(items))).toEqual(toSortedJson(newest));
		const pages = team.celonis.requests.filter(({ path }) =>
			path.includes('authentication-events'),
		);
		expect(pages.length).toBeLessThan(6);
	});
});

describe('a trigger that is switched from one log to the other and back', () => {
	it('continues each log where it stopped', async () => {
		const growth = { eventsPerMinute: 10 };
		const team = await openTeam({ growth, logins: { content: { growth } } });
		grantFullAccess(team);
		const on = (source: string) => ({ ...loadWorkflow('trigger', { source }), id: 'switched' });
		const poll = async (source: string, staticData?: IDataObject) => {
			team.celonis.clock.advance(3 * MINUTE_MS);
			const trigger = team.n8n.activate(on(source), { staticData });
			const items = (await trigger.poll()) ?? [];
			return { items, saved: trigger.save() };
		};
		const begun = await poll('auditLog');
		const first = await poll('auditLog', begun.saved);
		const logins = await poll('loginHistory', first.saved);
		const moreLogins = await poll('loginHistory', logins.saved);
		const back = await poll('auditLog', moreLogins.saved);

		expect(logins.items).toEqual([]);
		expect(moreLogins.items.length).toBeGreaterThan(10);
		const audited = [...first.items, ...back.items];
		const since = NOW_MS + 3 * MINUTE_MS;
		const shown = team.celonis.log
			.getVisible(team.celonis.clock.now())
			.map(({ json }) => JSON.parse(json) as IDataObject)
			.filter(({ timestamp }) => Date.parse(String(timestamp)) >= since);
		expect(toSortedJson(getRecords(audited))).toEqual(toSortedJson(shown));
	});
});

describe('an error of the login history', () => {
	const getShownError = async (team: Team) => {
		const { error } = await list(team);
		return {
			message: error?.message,
			description: error && 'description' in error && error.description,
		};
	};

	it('names the scope that the credential does not request', async () => {
		const team = await openTeam();
		grantFullAccess(team, 'audit.log:read');
		expect(await getShownError(team)).toEqual({
			message:
				"Celonis returned 403: the credential does not request the scope 'team.login-history:read'",
			description: expect.stringContaining("'Scope' of the credential"),
		});
	});

	it('says that the client lacks the scope', async () => {
		const team = await openTeam();
		const saved = team.n8n.credentials.saved.get('oauth');
		team.n8n.credentials.saved.set('oauth', { ...saved, scope: 'team.login-history:read' });
		expect(await getShownError(team)).toMatchObject({
			message: 'Celonis issued no access token: invalid_scope',
		});
	});

	it('names the missing permission', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		for (const client of team.celonis.access.oauthClients) client.loginHistoryPermission = false;
		expect(await getShownError(team)).toEqual({
			message:
				'Celonis returned 403: the application lacks the permission to read the login history',
			description: expect.stringContaining('Admin & Settings'),
		});
	});

	it('says that the login history may be turned off', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		team.celonis.access.loginHistoryEnabled = false;
		expect(await getShownError(team)).toEqual({
			message: 'Celonis returned 403 without a reason',
			description: expect.stringMatching(/^The Login History API may be turned off/),
		});
	});

	it('is in the log of n8n if a poll delivers the events that it read before', async () => {
		const team = await openTeam({ logins: { content: { backlog: { events: 3000, days: 2 } } } });
		grantFullAccess(team);
		let requests = 0;
		team.celonis.faults.decide = ({ path }) =>
			path.includes('authentication-events') && ++requests > 14
				? respondWith(403, { body: { title: 'Access Denied.' } })
				: undefined;
		const warn = jest.fn<Logger['warn']>();
		jest.spyOn(Date, 'now').mockImplementation(() => team.celonis.clock.now());
		jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		const workflow = loadWorkflow('trigger', {
			source: 'loginHistory',
			startFrom: 'date',
			startDate: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
			options: { concurrency: 1 },
		});
		const items = await team.n8n.activate({ ...workflow, id: 'stopped' }).poll();
		jest.restoreAllMocks();
		expect(items?.length).toBeGreaterThan(0);
		expect(warn).toHaveBeenCalledTimes(1);
		expect(warn).toHaveBeenCalledWith(
			expect.stringContaining('lacks the permission to read the login history'),
		);
	});
});
