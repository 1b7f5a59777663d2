import { describe, expect, it } from '@jest/globals';
import type { EmptyForm } from '../../celonis/behaviour.mts';
import * as faults from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import { MINUTE_MS } from '../../support/durations.mts';
import { skipPauses } from '../../support/pauses.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from '../n8n/runNode.mts';
import { addEvent, getNumbers, grantFullAccess, openTeam, type Team } from '../n8n/team.mts';

skipPauses();

const CONNECTIONS = [
	['oAuth2', 'v2'],
	['key', 'v1'],
] as const;
const EVENTS_AT_MS = NOW_MS - 30 * MINUTE_MS;

const LOG_REQUESTS = { when: ({ path }: { path: string }) => path.startsWith('/log') };
const LATER_PAGES = {
	when: ({ path, pageIndex }: { path: string; pageIndex: number }) =>
		path.startsWith('/log') && pageIndex >= 2,
};

/** JSON with status 200 that is no page, and what the error says. */
const NO_PAGES: ReadonlyArray<readonly [unknown, RegExp]> = [
	[{}, /another format/],
	[[], /another format/],
	[[{ timestamp: toIso(NOW_MS) }], /another format/],
	[null, /another format/],
	[0, /another format/],
	[true, /another format/],
	['hello', /another format/],
	[{ content: { a: 1 } }, /another format/],
	[{ content: 'text' }, /another format/],
	[{ content: 0 }, /another format/],
	[{ content: null, links: [] }, /another format/],
	[{ content: null, totalCount: 7 }, /another format/],
	[{ content: null, page: { totalElements: 7 } }, /another format/],
	[{ content: null, last: false }, /another format/],
	[{ content: [], records: [{ timestamp: toIso(NOW_MS) }] }, /another format/],
	[{ records: [], events: [] }, /another format/],
	[{ nextPageToken: null }, /another format/],
	[{ nextPageToken: 'more' }, /another format/],
	[{ pageNumber: 0, pageSize: 200 }, /another format/],
	[{ totalCount: 7 }, /another format/],
	[{ totalCount: -1 }, /another format/],
	[{ totalCount: 0, links: [] }, /another format/],
	[{ status: 'maintenance', messages: [] }, /another format/],
	[{ status: 'maintenance', totalCount: 0 }, /another format/],
	[{ status: 'maintenance', content: [] }, /another format/],
	[{ code: 1, data: [] }, /another format/],
	[{ messages: [] }, /another format/],
	[{ links: [] }, /another format/],
	[{ warnings: [], content: null }, /another format/],
	[{ _embedded: { auditLogs: [] } }, /another format/],
	[{ errors: [{ attribute: 'x', error: 'y', errorCode: 'z' }] }, /describes an error/],
	[{ errors: { from: 'bad' }, content: [] }, /describes an error/],
	[{ error: 'Oops', content: [] }, /describes an error/],
	[{ error: { code: 'X' }, content: [], nextPageToken: null }, /describes an error/],
	[{ errorCode: 'GENERAL_ERROR', content: [] }, /describes an error/],
	[{ frontendErrorKey: 'error.x', errorInformation: 'y' }, /describes an error/],
	[{ fault: { faultstring: 'Policy' } }, /describes an error/],
	[{ success: false, content: [] }, /describes an error/],
	[{ success: 'false', data: [] }, /describes an error/],
	[{ reference: 'r', message: 'm', shortMessage: 's' }, /describes an error/],
	[{ title: 'Oops', detail: 'Broken' }, /describes an error/],
	[{ message: 'Down for maintenance', content: [] }, /describes an error/],
	[{ messages: ['Down for maintenance'], content: [] }, /describes an error/],
	[{ maintenance: true, content: [] }, /describes an error/],
	[{ status: 'ERROR', content: [] }, /describes an error/],
	[{ status: 1000, content: [] }, /describes an error/],
	[{ timed_out: true, hits: [] }, /describes an error/],
	[{ status: 500, content: null }, /returned 500/],
	[{ statusCode: '503', content: [] }, /returned 503/],
	[{ code: 502, content: [] }, /returned 502/],
	[{ status: { code: 504 }, content: [] }, /returned 504/],
	[{ title: 'Oops', status: 400, detail: 'Bad' }, /returned 400/],
	[{ status: 403, error: 'Forbidden', path: '/log' }, /returned 403/],
];

describe.each(CONNECTIONS)(
	'a response with status 200, %s and API %s',
	(authentication, apiVersion) => {
		const parameters = {
			authentication,
			from: toIso(NOW_MS - 60 * MINUTE_MS),
			returnAll: true,
			options: { apiVersion },
		};

		it.each(NO_PAGES)('that is no page, %j, is an error of the list', async (body, message) => {
			const team = await openTeam();
			team.celonis.faults.always(LOG_REQUESTS, faults.jsonInPlaceOfPage(body));
			const { items, error } = await runNode(team, parameters);
			expect(items).toEqual([]);
			expect(error?.message).toMatch(message);
		});

		it.each(['records', 'Items', 'audit_events', 'auditLogs', 'entries', 'data'])(
			'is a page if its list is under %s',
			async (name) => {
				const team = await openTeam();
				addEvents(team, 450);
				team.celonis.faults.always(LOG_REQUESTS, faults.renameList(name));
				expect((await runNode(team, parameters)).items).toHaveLength(450);
			},
		);

		it.each(['messages', 'links', 'errors', 'warnings', 'sort'])(
			'is no page if its list is under %s',
			async (name) => {
				const team = await openTeam();
				addEvents(team, 3);
				team.celonis.faults.always(LOG_REQUESTS, faults.renameList(name));
				const { items, error } = await runNode(team, parameters);
				expect({ items, message: error?.message }).toEqual({
					items: [],
					message: expect.stringMatching(/another format|describes an error/),
				});
			},
		);

		it('is a page if its fields say that there is no error', async () => {
			const team = await openTeam();
			for (const events of [0, 3]) {
				addEvents(team, events);
				for (const fields of [
					{ error: null, errors: [], status: 200, success: true },
					{ error: false, errorCode: '', status: 'OK', message: '', hasErrors: false },
					{ error: {}, errorCode: 0, status: '200 OK', code: 0, exception: null },
				]) {
					team.celonis.faults.clear();
					team.celonis.faults.always(LOG_REQUESTS, faults.pageWith(fields));
					const { items, error } = await runNode(team, parameters);
					expect({ count: items.length, error }).toEqual({ count: events, error: undefined });
				}
			}
		});

		it('does not show a key that it echoes', async () => {
			const team = await openTeam();
			const { appKeys, oauthClients } = team.celonis.access;
			const secrets = [appKeys[0]!.key, oauthClients[0]!.clientSecret];
			const text = `No key ${secrets.join(' or secret ')} here`;
			team.celonis.faults.always(LOG_REQUESTS, faults.errorsInBody(text));
			const { description = '' } = (await runNode(team, parameters)).error as {
				description?: string;
			};
			expect(description).toContain('Celonis says: No key');
			expect(description).not.toContain(secrets[authentication === 'key' ? 0 : 1]);
		});

		it.each<[string, InjectedFault]>([
			['status 204', faults.noContent()],
			['a count of 0', faults.jsonInPlaceOfPage({ totalCount: 0 })],
			['a list that is null', faults.jsonInPlaceOfPage({ content: null, nextPageToken: null })],
			['an error', faults.errorsInBody()],
		])('loses nothing if a later page is once %s', async (_name, fault) => {
			const team = await openTeam({ behaviour: { maxPageSizeV2: 500 } });
			addEvents(team, 2000);
			team.celonis.faults.next(LATER_PAGES, fault);
			const { items, error } = await runNode(team, parameters);
			expect({ count: items.length, error }).toEqual({ count: 2000, error: undefined });
			expect(team.celonis.requests.some((request) => request.fault === fault.name)).toBe(true);
		});
	},
);

describe('a list of version 1', () => {
	it.each<[string, InjectedFault]>([
		['status 204', faults.noContent()],
		['an empty list', faults.jsonInPlaceOfPage({ content: [] })],
		['a count of 0', faults.jsonInPlaceOfPage({ totalCount: 0 })],
	])('fails if its later pages are %s, although the first counted more', async (_name, fault) => {
		const team = await openTeam();
		addEvents(team, 1000);
		team.celonis.faults.always(LATER_PAGES, fault);
		const parameters = { from: toIso(NOW_MS - 60 * MINUTE_MS), returnAll: true };
		const { items, error } = await runNode(team, { ...parameters, options: { apiVersion: 'v1' } });
		expect(items).toEqual([]);
		expect(error?.message).toContain('kept changing');
	});
});

describe('a page token', () => {
	const parameters = { from: toIso(NOW_MS - 60 * MINUTE_MS), returnAll: true };

	it('may be a number', async () => {
		const team = await openTeam({ behaviour: { tokenForm: 'number' } });
		addEvents(team, 1700);
		const millisecond = { from: toIso(EVENTS_AT_MS), to: toIso(EVENTS_AT_MS + 1) };
		expect((await runNode(team, { ...parameters, ...millisecond })).items).toHaveLength(1700);
		expect(team.celonis.requests.map(({ query }) => query.pageToken)).toContain('2');
	});

	it.each([{}, { offset: 500 }, [], ['x'], true, false])(
		'that is %j is an error, not the end',
		async (token) => {
			const team = await openTeam();
			addEvents(team, 3);
			team.celonis.faults.always(LOG_REQUESTS, faults.unusablePageToken(token));
			const { items, error } = await runNode(team, parameters);
			expect(items).toEqual([]);
			expect(error?.message).toContain('page token');
		},
	);

	it.each([
		{ hasMore: true },
		{ last: false },
		{ next_page_token: 'x' },
		{ nextCursor: 7 },
		{ _links: { self: { href: '/a' }, next: { href: '/b' } } },
		{ links: [{ rel: 'next', href: '/b' }] },
		{ pagination: { nextPageToken: 'x' } },
	])('that is missing while %j announces a page is an error, not the end', async (promise) => {
		const team = await openTeam();
		addEvents(team, 3);
		team.celonis.faults.always(LOG_REQUESTS, faults.tokenMissing(promise));
		const { items, error } = await runNode(team, parameters);
		expect(items).toEqual([]);
		expect(error?.message).toContain('page token');
	});

	it.each([null, '', '  '])('that is %j ends the list', async (nextPageToken) => {
		const team = await openTeam();
		addEvents(team, 3);
		const fields = { nextPageToken, hasMore: false, last: true, _links: { next: null } };
		team.celonis.faults.always(LOG_REQUESTS, faults.pageWith(fields));
		expect((await runNode(team, parameters)).items).toHaveLength(3);
	});
});

const EMPTY_FORMS: readonly EmptyForm[] = ['204', 'page', 'nullContent', 'onlyCount'];

describe.each(EMPTY_FORMS)('an empty list in the form %s', (form) => {
	const behaviour = { v1Empty: form, v2Empty: form, loginsEmpty: form, membersEmpty: form };

	it('is no error of any list', async () => {
		const team = await openTeam({ behaviour });
		grantFullAccess(team);
		team.celonis.members.splice(0);
		const from = toIso(NOW_MS - MINUTE_MS);
		for (const parameters of [
			{ from, options: { apiVersion: 'v1' } },
			{ from, options: { apiVersion: 'v2' } },
			{ from, resource: 'loginEvent' },
			{ resource: 'member', returnAll: true },
		]) {
			const { items, error } = await runNode(team, parameters);
			expect({ items, error }).toEqual({ items: [], error: undefined });
		}
	});

	it.each(CONNECTIONS)(
		'is no error of the trigger, %s and API %s',
		async (authentication, apiVersion) => {
			const team = await openTeam({ behaviour });
			const trigger = activate(team, { authentication, options: { apiVersion } });
			expect(await trigger.poll()).toBeNull();
			team.celonis.clock.advance(MINUTE_MS);
			expect(await trigger.poll()).toBeNull();
			addEvent(team, team.celonis.clock.now() - 1000, 'first');
			team.celonis.clock.advance(MINUTE_MS);
			expect(getNumbers(await trigger.poll())).toEqual(['first']);
		},
	);
});

describe.each(CONNECTIONS)(
	'an hour of responses that are no log, %s and API %s',
	(...connection) => {
		const [authentication, apiVersion] = connection;
		const isV2 = apiVersion === 'v2';

		it.each<[string, InjectedFault]>([
			['maintenance JSON', faults.maintenanceJson()],
			[
				'maintenance JSON with an empty list',
				faults.jsonInPlaceOfPage({ status: 'down', content: [] }),
			],
			['errors', faults.errorsInBody()],
			['a status in the body', faults.statusInBody(500)],
			['links', faults.linksWithoutContent()],
			['half of the records and an error', faults.partialPage()],
			['an array', faults.jsonInPlaceOfPage([])],
			...(isV2
				? [['a token that is none', faults.unusablePageToken()] as [string, InjectedFault]]
				: []),
		])('fails each poll and loses no event: %s', async (_name, fault) => {
			const team = await openTeam();
			const trigger = activate(team, { authentication, options: { apiVersion } });
			const { celonis } = team;
			expect(await trigger.poll()).toBeNull();
			celonis.faults.always(LOG_REQUESTS, fault);
			for (let minute = 0; minute < 60; minute++) {
				for (const half of [0, 1]) {
					addEvent(team, celonis.clock.now() + half * 30_000, 2 * minute + half);
				}
				celonis.clock.advance(MINUTE_MS);
				await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
			}
			celonis.faults.clear();
			const delivered: unknown[] = [];
			for (let minute = 0; minute < 15; minute++) {
				celonis.clock.advance(MINUTE_MS);
				delivered.push(...getNumbers(await trigger.poll()));
			}
			expect(delivered).toEqual(Array.from({ length: 120 }, (_, number) => number));
		});
	},
);

describe.each(CONNECTIONS)('with %s and API %s, a response', (authentication, apiVersion) => {
	it.each<[string, InjectedFault]>([
		['without a date', faults.missingDate()],
		['with two dates', faults.doubledDate()],
		['with a date that is none', faults.invalidDate()],
	])('%s is read by the clock of this machine', async (_name, fault) => {
		const team = await openTeam();
		const now = Date.now();
		team.celonis.clock.set(now);
		for (const number of [1, 2, 3]) addEvent(team, now - (5 - number) * 1000, number);
		team.celonis.faults.always(LOG_REQUESTS, fault);

		const options = { apiVersion };
		const list = await runNode(team, { authentication, from: toIso(now - MINUTE_MS), options });
		expect(list.error).toBeUndefined();
		expect(getNumbers(getJson(list.items))).toEqual([3, 2, 1]);

		const startDate = toIso(now - MINUTE_MS);
		const trigger = activate(team, { authentication, startFrom: 'date', startDate, options });
		expect(getNumbers(await trigger.poll())).toEqual([1, 2, 3]);
		expect(await trigger.poll()).toBeNull();
	});
});

let workflows = 0;
function activate({ n8n }: Team, parameters: Readonly<Record<string, unknown>>) {
	return n8n.activate({ ...loadWorkflow('trigger', parameters), id: `no-log-${++workflows}` });
}

/** Adds events with the numbers from 0 in one millisecond, which can only be read page by page. */
function addEvents(team: Team, count: number): void {
	for (let number = 0; number < count; number++) {
		addEvent(team, EVENTS_AT_MS, number);
	}
}
