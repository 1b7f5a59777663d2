import { describe, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject, Logger } from 'n8n-workflow';
import { answerWith } from '../celonis/faultKinds.mts';
import { openTeam, getOutcome, getRecords, widen, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const byText = (records: readonly IDataObject[]) => records.map((r) => JSON.stringify(r)).sort();

/** Login events have nothing but an id and an actor added. */
const jsonOf = (items: Array<{ json: IDataObject }>) => getRecords(items.map(({ json }) => json));

const list = async ({ n8n }: Team, parameters: ParameterChanges = {}) =>
	getOutcome(
		await n8n.run(loadWorkflow('list', { resource: 'loginEvent', returnAll: true, ...parameters })),
	);

/** What the Login History shows now. */
const visibleLogins = ({ celonis }: Team): IDataObject[] =>
	celonis.logins.visibleAt(celonis.clock.now()).map(({ json }) => JSON.parse(json) as IDataObject);

describe.each(['oAuth2', 'key'] as const)('the Login History, with %s', (authentication) => {
	it('is listed whole, in the order that is asked for', async () => {
		const team = await openTeam({ logins: { filling: { backlog: { events: 900, days: 2 } } } });
		widen(team);
		const { items, error } = await list(team, {
			authentication,
			from: iso(NOW - 48 * 60 * MINUTE),
			options: { sortOrder: 'asc' },
		});
		expect(error).toBeUndefined();
		const listed = jsonOf(items);
		expect(byText(listed)).toEqual(byText(visibleLogins(team)));
		const times = listed.map(({ timestamp }) => String(timestamp));
		expect(times).toEqual([...times].sort());
		expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
		expect(items.length).toBeGreaterThan(500);
	});

	it('is delivered by the trigger, each event once, also late ones and over a restart', async () => {
		const growth = { eventsPerMinute: 40, lateShare: 0.2, maxLatenessMs: 9 * MINUTE };
		const team = await openTeam({ logins: { filling: { growth } } });
		widen(team);
		const workflow = {
			...loadWorkflow('trigger', { authentication, source: 'loginHistory' }),
			id: `logins-${authentication}`,
		};
		const delivered: IDataObject[] = [];
		const poll = async (trigger: ReturnType<typeof team.n8n.activate>, minutes: number) => {
			for (let minute = 0; minute < minutes; minute++) {
				team.celonis.clock.advance(MINUTE);
				delivered.push(...((await trigger.poll()) ?? []));
			}
		};
		const trigger = team.n8n.activate(workflow);
		expect(await trigger.poll()).toBeNull();
		await poll(trigger, 6);
		await poll(team.n8n.activate(workflow, { staticData: trigger.save() }), 16);

		expect(byText(getRecords(delivered))).toEqual(byText(visibleLogins(team)));
		expect(delivered.length).toBeGreaterThan(500);
	});
});

describe('the parameters of login events', () => {
	it('filter by type, actor and outcome', async () => {
		const team = await openTeam({ logins: { filling: { backlog: { events: 600, days: 1 } } } });
		widen(team);
		const { items } = await list(team, {
			from: iso(NOW - 24 * 60 * MINUTE),
			filters: { types: ['BAD_CREDENTIALS', 'LOGIN'], outcome: 'failure', actors: '*@*' },
		});
		const expected = visibleLogins(team).filter(
			({ authenticationEventType, success }) =>
				['BAD_CREDENTIALS', 'LOGIN'].includes(String(authenticationEventType)) && !success,
		);
		expect(byText(jsonOf(items))).toEqual(byText(expected));
		expect(expected.length).toBeGreaterThan(3);
	});

	it('take the newest few without reading everything', async () => {
		const team = await openTeam({ logins: { filling: { backlog: { events: 3000, days: 2 } } } });
		widen(team);
		const { items } = await list(team, {
			returnAll: false,
			limit: 5,
			from: iso(NOW - 48 * 60 * MINUTE),
		});
		const newest = visibleLogins(team)
			.sort((a, b) => (String(a.timestamp) < String(b.timestamp) ? 1 : -1))
			.slice(0, 5);
		expect(byText(jsonOf(items))).toEqual(byText(newest));
		const pages = team.celonis.requests.filter(({ path }) =>
			path.includes('authentication-events'),
		);
		expect(pages.length).toBeLessThan(6);
	});
});

describe('a trigger that is switched from one log to the other and back', () => {
	it('goes on in each where it stopped', async () => {
		const growth = { eventsPerMinute: 10 };
		const team = await openTeam({ growth, logins: { filling: { growth } } });
		widen(team);
		const on = (source: string) => ({ ...loadWorkflow('trigger', { source }), id: 'switched' });
		const poll = async (source: string, staticData?: IDataObject) => {
			team.celonis.clock.advance(3 * MINUTE);
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
		const since = NOW + 3 * MINUTE;
		const shown = team.celonis.log
			.visibleAt(team.celonis.clock.now())
			.map(({ json }) => JSON.parse(json) as IDataObject)
			.filter(({ timestamp }) => Date.parse(String(timestamp)) >= since);
		expect(byText(getRecords(audited))).toEqual(byText(shown));
	});
});

describe('what is missing is told', () => {
	const told = async (team: Team) => {
		const { error } = await list(team);
		return {
			message: error?.message,
			description: error && 'description' in error && error.description,
		};
	};

	it('the scope, where the credential does not ask for it', async () => {
		const team = await openTeam();
		widen(team, 'audit.log:read');
		expect(await told(team)).toEqual({
			message:
				"Celonis answered 403: the credential does not ask for the scope 'team.login-history:read'",
			description: expect.stringContaining("'Scope' of the credential"),
		});
	});

	it('the scope, where the client lacks it', async () => {
		const team = await openTeam();
		const saved = team.n8n.credentials.saved.get('oauth');
		team.n8n.credentials.saved.set('oauth', { ...saved, scope: 'team.login-history:read' });
		expect(await told(team)).toMatchObject({
			message: 'Celonis gave no access token: invalid_scope',
		});
	});

	it('the permission', async () => {
		const team = await openTeam();
		widen(team);
		for (const client of team.celonis.access.oauthClients) client.loginHistoryPermission = false;
		expect(await told(team)).toEqual({
			message:
				'Celonis answered 403: the application lacks the permission to read the login history',
			description: expect.stringContaining('Admin & Settings'),
		});
	});

	it('that it may be switched off', async () => {
		const team = await openTeam();
		widen(team);
		team.celonis.access.loginHistoryEnabled = false;
		expect(await told(team)).toEqual({
			message: 'Celonis answered 403 without a reason',
			description: expect.stringMatching(/^The Login History API may be switched off/),
		});
	});

	it('in the log of n8n too, where a poll delivers what it read before', async () => {
		const team = await openTeam({ logins: { filling: { backlog: { events: 3000, days: 2 } } } });
		widen(team);
		let requests = 0;
		team.celonis.faults.decide = ({ path }) =>
			path.includes('authentication-events') && ++requests > 14
				? answerWith(403, { body: { title: 'Access Denied.' } })
				: undefined;
		const warn = jest.fn<Logger['warn']>();
		jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		const workflow = loadWorkflow('trigger', {
			source: 'loginHistory',
			startFrom: 'date',
			startDate: iso(NOW - 48 * 60 * MINUTE),
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
