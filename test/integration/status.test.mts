import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { auditV1Path } from '../celonis/auditV1.mts';
import { auditV2Path } from '../celonis/auditV2.mts';
import { manualClock } from '../celonis/clock.mts';
import * as faults from '../celonis/faults/index.mts';
import { loginHistoryPath } from '../celonis/loginHistory.mts';
import { membersPath } from '../celonis/members.mts';
import type { SimulatorOptions } from '../celonis/simulator.mts';
import { tokenPath } from '../celonis/tokenEndpoint.mts';
import { HOUR_MS, MINUTE_MS } from '../support/durations.mts';
import { addEvent, grantFullAccess, openTeam, type Team } from './n8n/team.mts';
import { NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { loginHistory } from '../../nodes/Celonis/sources/loginHistory';

const DAY_MS = 24 * HOUR_MS;
const KEYS = [
	...['ok', 'team', 'log', 'apiVersion', 'newestEvent', 'newestEventAgeMinutes'],
	...['eventsLastHour', 'isLastHourCapped', 'eventsLastDay', 'isLastDayCapped', 'serverTime'],
	...['clockDifferenceSeconds', 'rateLimit', 'access', 'error', 'hint'],
];
const ALL_READABLE = { auditLog: 'readable', loginHistory: 'readable', members: 'readable' };
const UNTOLD = { limit: null, remaining: null, resetSeconds: null };

async function openPermittedTeam(options: SimulatorOptions = {}): Promise<Team> {
	const team = await openTeam(options);
	grantFullAccess(team);
	return team;
}

/** The one item of Get Status, and the requests that it took without those for a token. */
async function getStatus(team: Team, parameters: IDataObject = {}) {
	const before = team.celonis.requests.length;
	const { items, error } = await runNode(team, {
		resource: 'auditEvent',
		operation: 'getStatus',
		...parameters,
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	const status = items[0]!.json;
	expect(Object.keys(status)).toEqual(KEYS);
	const requests = team.celonis.requests.slice(before).filter(({ path }) => path !== tokenPath);
	expect(requests.length).toBeLessThanOrEqual(5);
	return { status, requests };
}

/** Adds events every so many milliseconds, up to one minute ago. */
function addEvents(team: Team, count: number, everyMs: number): number {
	const newestMs = NOW_MS - MINUTE_MS;
	for (let i = 0; i < count; i++) addEvent(team, newestMs - i * everyMs, i);
	return newestMs;
}

/** How many events of `addEvents` lie in the time before now. */
const countWithin = (ms: number, count: number, everyMs: number) =>
	Math.min(count, Math.floor((ms - MINUTE_MS) / everyMs) + 1);

describe.each(['oAuth2', 'key'] as const)('the status with %s', (authentication) => {
	it('of a log that can be read', async () => {
		const team = await openPermittedTeam();
		addEvent(team, NOW_MS - 90 * MINUTE_MS, 1);
		addEvent(team, NOW_MS - 30.5 * MINUTE_MS, 2);
		addEvent(team, NOW_MS - 2 * DAY_MS, 3);
		const { status, requests } = await getStatus(team, { authentication });
		expect(status).toEqual({
			ok: true,
			team: new URL(team.celonis.url).host,
			log: 'auditLog',
			apiVersion: 'v2',
			newestEvent: toIso(NOW_MS - 30.5 * MINUTE_MS),
			newestEventAgeMinutes: 30,
			eventsLastHour: 1,
			isLastHourCapped: false,
			eventsLastDay: 2,
			isLastDayCapped: false,
			serverTime: toIso(NOW_MS),
			clockDifferenceSeconds: expect.any(Number),
			rateLimit: UNTOLD,
			access: ALL_READABLE,
			error: null,
			hint: null,
		});
		expect(requests.map(({ path }) => path).sort()).toEqual(
			[membersPath, auditV2Path, loginHistoryPath].sort(),
		);
		const probes = requests.filter(({ path }) => path !== auditV2Path);
		expect(probes.map(({ query }) => query.pageSize)).toEqual(['1', '1']);
	});
});

describe('the newest event', () => {
	it('is null in an empty log', async () => {
		const team = await openPermittedTeam();
		const { status } = await getStatus(team);
		expect(status).toMatchObject({
			ok: true,
			newestEvent: null,
			newestEventAgeMinutes: null,
			eventsLastHour: 0,
			eventsLastDay: 0,
			isLastDayCapped: false,
			hint: null,
		});
	});

	it.each(['desc', 'asc', 'shuffled'] as const)(
		'is found in an old part of the log (%s)',
		async (order) => {
			const team = await openPermittedTeam({ behaviour: { order } });
			addEvent(team, NOW_MS - 20 * DAY_MS, 1);
			for (let i = 0; i < 700; i++) addEvent(team, NOW_MS - 100 * DAY_MS - i * MINUTE_MS, i);
			const { status } = await getStatus(team);
			expect(status).toMatchObject({
				newestEvent: toIso(NOW_MS - 20 * DAY_MS),
				newestEventAgeMinutes: 20 * 24 * 60,
				eventsLastDay: 0,
			});
		},
	);

	it.each(['asc', 'shuffled'] as const)(
		'of a quiet hour is found, or unknown, but never wrong (%s)',
		async (order) => {
			const team = await openPermittedTeam({ behaviour: { order } });
			for (let i = 0; i < 800; i++) addEvent(team, NOW_MS - 5 * HOUR_MS - i * MINUTE_MS, i);
			expect((await getStatus(team)).status).toMatchObject({
				newestEvent: toIso(NOW_MS - 5 * HOUR_MS),
				eventsLastHour: 0,
				isLastHourCapped: false,
				eventsLastDay: 500,
				isLastDayCapped: true,
			});
			team.celonis.clock.advance(4 * HOUR_MS);
			expect((await getStatus(team, { authentication: 'key' })).status).toMatchObject({
				newestEvent: null,
				eventsLastDay: 500,
				isLastDayCapped: true,
			});
		},
	);

	it('is not from the future', async () => {
		const team = await openPermittedTeam();
		addEvent(team, NOW_MS + 20_000, 1, NOW_MS);
		expect((await getStatus(team)).status).toMatchObject({
			newestEventAgeMinutes: 0,
			eventsLastHour: 1,
		});
	});
});

describe('a very large log', () => {
	const EVERY_MS = 10_000;
	const COUNT = 9000;

	it.each(['desc', 'asc', 'shuffled'] as const)(
		'takes five requests at most, and tells what was not counted (%s)',
		async (order) => {
			const team = await openPermittedTeam({ behaviour: { order } });
			const newestMs = addEvents(team, COUNT, EVERY_MS);
			const { status, requests } = await getStatus(team);
			expect(status).toMatchObject({
				newestEvent: toIso(newestMs),
				newestEventAgeMinutes: 1,
				eventsLastHour: countWithin(HOUR_MS, COUNT, EVERY_MS),
				isLastHourCapped: false,
				eventsLastDay: order === 'desc' ? 1000 : 500,
				isLastDayCapped: true,
				access: ALL_READABLE,
			});
			expect(requests.length).toBe(4);
		},
	);

	it.each(['desc', 'asc'] as const)(
		'with a busy hour tells that it was not counted (%s)',
		async (order) => {
			const team = await openPermittedTeam({ behaviour: { order } });
			const newestMs = addEvents(team, COUNT, 100) + MINUTE_MS - 100;
			addEvent(team, newestMs, 'newest');
			const { status } = await getStatus(team);
			expect(status).toMatchObject({
				newestEvent: toIso(newestMs),
				newestEventAgeMinutes: 0,
				isLastHourCapped: true,
				isLastDayCapped: true,
			});
			expect(status.eventsLastHour).toBeGreaterThanOrEqual(500);
		},
	);

	it.each([
		['records', 'desc'],
		['pages', 'desc'],
	] as const)(
		'is counted by version 1, whose totalCount counts %s (%s)',
		async (totalCount, order) => {
			const team = await openPermittedTeam({ behaviour: { totalCount, order } });
			const newestMs = addEvents(team, COUNT, EVERY_MS);
			const { status } = await getStatus(team, { options: { apiVersion: 'V1' } });
			expect(status).toMatchObject({
				apiVersion: 'v1',
				newestEvent: toIso(newestMs),
				eventsLastDay: countWithin(DAY_MS, COUNT, EVERY_MS),
				isLastDayCapped: false,
			});
		},
	);

	it('is counted at least, if version 1 lists the oldest events first', async () => {
		const team = await openPermittedTeam({ behaviour: { order: 'asc' } });
		const newestMs = addEvents(team, COUNT, EVERY_MS);
		const { status } = await getStatus(team, { options: { apiVersion: 'v1' } });
		expect(status).toMatchObject({
			newestEvent: toIso(newestMs),
			eventsLastDay: countWithin(DAY_MS, COUNT, EVERY_MS),
			isLastDayCapped: true,
		});
	});

	it('without any count is capped', async () => {
		const behaviour = { totalCount: () => undefined };
		const team = await openPermittedTeam({ behaviour, contract: undefined });
		addEvents(team, COUNT, EVERY_MS);
		const { status } = await getStatus(team, { options: { apiVersion: 'v1' } });
		expect(status).toMatchObject({ eventsLastDay: 200, isLastDayCapped: true });
	});

	it('may begin with empty pages', async () => {
		const team = await openPermittedTeam({ behaviour: { emptyPageWithToken: true } });
		const newestMs = addEvents(team, COUNT, EVERY_MS);
		expect((await getStatus(team)).status).toMatchObject({ newestEvent: toIso(newestMs) });
	});
});

describe('access', () => {
	it('to members may be forbidden', async () => {
		const team = await openPermittedTeam();
		for (const client of team.celonis.access.oauthClients) client.membersPermission = false;
		const { status } = await getStatus(team);
		expect(status).toMatchObject({ ok: true, access: { ...ALL_READABLE, members: 'forbidden' } });
	});

	it('is to the audit log alone with its scope alone', async () => {
		const team = await openTeam();
		const { status } = await getStatus(team);
		expect(status).toMatchObject({
			ok: true,
			access: { auditLog: 'readable', loginHistory: 'forbidden', members: 'forbidden' },
		});
	});

	it('to the log may be forbidden, which is data', async () => {
		const team = await openPermittedTeam();
		team.celonis.access.auditApiEnabled = false;
		const { status } = await getStatus(team);
		expect(status).toMatchObject({
			ok: false,
			newestEvent: null,
			eventsLastDay: null,
			isLastDayCapped: null,
			serverTime: toIso(NOW_MS),
			access: { ...ALL_READABLE, auditLog: 'forbidden' },
			error: 'Celonis returned 403 without a reason',
			hint: expect.stringMatching(/^The Audit Log API may be turned off/),
		});
	});

	it('is unknown with a credential that is not accepted', async () => {
		const team = await openPermittedTeam();
		team.n8n.credentials.saved.set('key', {
			teamUrl: team.celonis.url,
			keyType: 'appKey',
			authKey: 'not-the-key',
		});
		const { status, requests } = await getStatus(team, { authentication: 'key' });
		expect(status).toMatchObject({
			ok: false,
			access: { auditLog: 'unknown', loginHistory: 'unknown', members: 'unknown' },
			error: expect.stringContaining('401'),
			serverTime: toIso(NOW_MS),
		});
		expect(JSON.stringify(status)).not.toContain('not-the-key');
		expect(requests.length).toBeLessThanOrEqual(4);
	});
});

describe('failures', () => {
	const nothingKnown = {
		ok: false,
		newestEvent: null,
		newestEventAgeMinutes: null,
		eventsLastHour: null,
		eventsLastDay: null,
		rateLimit: UNTOLD,
	};

	it('include a host that cannot be reached', async () => {
		const team = await openPermittedTeam();
		const port = await findFreePort();
		const saved = team.n8n.credentials.saved.get('key');
		team.n8n.credentials.saved.set('key', { ...saved, teamUrl: `http://127.0.0.1:${port}` });
		const { status } = await getStatus(team, { authentication: 'key' });
		expect(status).toMatchObject({
			...nothingKnown,
			team: `127.0.0.1:${port}`,
			serverTime: null,
			clockDifferenceSeconds: null,
			access: { auditLog: 'unknown', loginHistory: 'unknown', members: 'unknown' },
			error: expect.stringContaining('ECONNREFUSED'),
			hint: expect.any(String),
		});
	});

	it('include a team URL that is none', async () => {
		const team = await openPermittedTeam();
		const saved = team.n8n.credentials.saved.get('key');
		team.n8n.credentials.saved.set('key', { ...saved, teamUrl: 'http://celonis.example.com' });
		const { status, requests } = await getStatus(team, { authentication: 'key' });
		expect(status).toMatchObject({ ...nothingKnown, team: null, error: expect.any(String) });
		expect(requests).toEqual([]);
	});

	it('include a web page', async () => {
		const team = await openPermittedTeam();
		team.celonis.faults.always({ when: ({ path }) => path !== tokenPath }, faults.htmlPage());
		const { status } = await getStatus(team);
		expect(status).toMatchObject({
			...nothingKnown,
			error: 'Expected the audit log, but the response is a web page',
			access: { auditLog: 'unknown', loginHistory: 'unknown', members: 'unknown' },
		});
	});

	it('include a rate limit, which is not waited for', async () => {
		const team = await openPermittedTeam();
		const headers = {
			'x-ratelimit-limit': '20',
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': '41',
		};
		team.celonis.faults.always({ when: { path: auditV2Path } }, faults.rateLimited(headers));
		const { status, requests } = await getStatus(team);
		expect(status).toMatchObject({
			ok: false,
			rateLimit: { limit: 20, remaining: 0, resetSeconds: 41 },
			error: 'Celonis returned 429: too many requests',
			access: { auditLog: 'unknown', loginHistory: 'unknown', members: 'readable' },
		});
		expect(requests.filter(({ path }) => path === auditV2Path)).toHaveLength(1);
	});

	it('are repeated once if they pass at once', async () => {
		const team = await openPermittedTeam();
		addEvent(team, NOW_MS - MINUTE_MS, 1);
		team.celonis.faults.next({ when: { path: auditV2Path } }, faults.serverError(503));
		expect((await getStatus(team)).status).toMatchObject({ ok: true, eventsLastDay: 1 });
	});

	it('do not include a wrong parameter', async () => {
		const team = await openPermittedTeam();
		const operation = { resource: 'auditEvent', operation: 'getStatus' };
		const version = await runNode(team, { ...operation, options: { apiVersion: 'v3' } });
		expect(version.error?.message).toContain(
			'\'API Version\': "v3" is not one of the choices. Write',
		);
		const timeout = await runNode(team, { ...operation, options: { timeout: -1 } });
		expect(timeout.error?.message).toContain("'Timeout (Seconds)': -1");
		expect(team.celonis.requests).toEqual([]);
	});
});

describe('the rate limit', () => {
	it('is not waited for if it is nearly reached', async () => {
		const team = await openPermittedTeam();
		addEvents(team, 600, 1000);
		const headers = {
			'x-ratelimit-limit': '100',
			'x-ratelimit-remaining': '5',
			'x-ratelimit-reset': '600',
		};
		team.celonis.faults.always(
			{ when: { path: auditV2Path } },
			{
				name: 'nearly limited',
				type: 'transform',
				transform: (response) => ({ ...response, headers: { ...response.headers, ...headers } }),
			},
		);
		const { status, requests } = await getStatus(team);
		expect(status).toMatchObject({
			ok: true,
			isLastDayCapped: true,
			rateLimit: { limit: 100, remaining: 5, resetSeconds: 600 },
		});
		expect(requests.filter(({ path }) => path === auditV2Path)).toHaveLength(1);
	});

	it('is shown as told, and its last request is left to others', async () => {
		const team = await openPermittedTeam({
			behaviour: { rateLimit: { limit: 2, windowSeconds: 60, resetForm: 'seconds' } },
		});
		addEvents(team, 600, 1000);
		const { status, requests } = await getStatus(team);
		expect(status).toMatchObject({
			ok: true,
			eventsLastDay: 500,
			isLastDayCapped: true,
			rateLimit: { limit: 2, remaining: 0, resetSeconds: expect.any(Number) },
			access: { auditLog: 'readable', loginHistory: 'unknown', members: 'readable' },
		});
		expect(requests).toHaveLength(2);
	});
});

describe('clocks', () => {
	it.each([-3600, 0, 3600])('that differ by %p seconds are told', async (seconds) => {
		const serverMs = Date.now() + seconds * 1000;
		const team = await openPermittedTeam({ clock: manualClock(toIso(serverMs)) });
		addEvent(team, serverMs - 10.5 * MINUTE_MS, 1);
		const { status } = await getStatus(team);
		expect(status).toMatchObject({ newestEventAgeMinutes: 10, eventsLastHour: 1 });
		const difference = status.clockDifferenceSeconds as number;
		// The simulator's clock stands still while this test runs.
		expect(difference).toBeLessThanOrEqual(seconds + 1);
		expect(difference).toBeGreaterThan(seconds - 25);
	});

	it('of the server are unknown without a Date', async () => {
		const team = await openPermittedTeam({ clock: manualClock(toIso(Date.now())) });
		addEvent(team, Date.now() - 10.5 * MINUTE_MS, 1);
		team.celonis.faults.always(
			{},
			{
				name: 'no date',
				type: 'transform',
				transform: (response) => ({ ...response, headers: { ...response.headers, date: '' } }),
			},
		);
		const { status } = await getStatus(team);
		expect(status).toMatchObject({
			ok: true,
			serverTime: null,
			clockDifferenceSeconds: null,
			newestEventAgeMinutes: 10,
		});
	});
});

describe('the status of the login history', () => {
	const login = (atMs: number) => ({
		authenticationEventType: 'LOGIN',
		email: 'ada@example.com',
		success: true,
		timestamp: toIso(atMs),
	});

	it.each(['records', 'pages'] as const)(
		'has exact counts (totalCount: %s)',
		async (totalCount) => {
			const team = await openPermittedTeam({ behaviour: { totalCount } });
			for (let i = 0; i < 1500; i++)
				team.celonis.logins.append(login(NOW_MS - MINUTE_MS - i * 10_000));
			const { status, requests } = await getStatus(team, { resource: 'loginEvent' });
			expect(status).toMatchObject({
				ok: true,
				log: 'loginHistory',
				apiVersion: null,
				newestEventAgeMinutes: 1,
				eventsLastHour: 355,
				isLastHourCapped: false,
				eventsLastDay: 1500,
				isLastDayCapped: false,
				access: ALL_READABLE,
			});
			expect(requests.at(-1)).toMatchObject({ path: auditV2Path, query: { limit: '1' } });
		},
	);

	it('says that it may be turned off if it is empty', async () => {
		const team = await openPermittedTeam();
		const { status } = await getStatus(team, { resource: 'loginEvent' });
		expect(status).toMatchObject({
			ok: true,
			newestEvent: null,
			eventsLastDay: 0,
			error: null,
			hint: loginHistory.emptyHint,
		});
	});
});

describe('several input items', () => {
	it('get one status each', async () => {
		const team = await openPermittedTeam();
		const parameters = {
			resource: 'auditEvent',
			operation: 'getStatus',
			options: { apiVersion: 'v1' },
		};
		const { items } = await runNode(team, parameters, [{}, {}]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(team.celonis.requests.some(({ path }) => path === auditV1Path)).toBe(true);
	});
});
