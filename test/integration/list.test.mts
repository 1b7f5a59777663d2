import { describe, expect, it } from '@jest/globals';
import {
	addEvent,
	getNumbers,
	getOutcome,
	openTeam,
	getRecords,
	getVisibleRecords,
} from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

describe.each([
	['OAuth2, secret in the body', 'oAuth2', 'oauth', { authentication: 'body' }],
	['OAuth2, secret in a header', 'oAuth2', 'oauth', { authentication: 'header' }],
	['an application key', 'key', 'key', {}],
	['an API key', 'key', 'key', { keyType: 'apiKey', authKey: 'not-a-secret-simulator-api-key' }],
] as const)('with %s', (_name, authentication, credential, changes) => {
	it.each(['v1', 'v2'] as const)('lists all events of the window by API %s', async (apiVersion) => {
		const team = await openTeam({ backlog: { events: 1300, days: 2 } });
		const saved = team.n8n.credentials.saved.get(credential);
		team.n8n.credentials.saved.set(credential, { ...saved, ...changes });

		const { items, error } = await runNode(team, {
			authentication,
			returnAll: true,
			from: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
			options: { apiVersion, sortOrder: 'asc' },
		});

		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
		expect(toSortedJson(getRecords(getJson(items)))).toEqual(toSortedJson(getVisibleRecords(team)));
	});
});

describe('the window', () => {
	it('includes its start and excludes its end, whatever the server does at its bounds', async () => {
		for (const fromBound of ['inclusive', 'exclusive'] as const) {
			for (const toBound of ['inclusive', 'exclusive'] as const) {
				for (const apiVersion of ['v1', 'v2']) {
					const team = await openTeam({ behaviour: { fromBound, toBound } });
					[-1, 0, 1, 999, 1000, 1001].forEach((ms) => addEvent(team, NOW_MS - MINUTE_MS + ms, ms));
					const { items } = await runNode(team, {
						from: toIso(NOW_MS - MINUTE_MS),
						to: toIso(NOW_MS - MINUTE_MS + 1000),
						options: { apiVersion, sortOrder: 'asc' },
					});
					expect(getNumbers(getJson(items))).toEqual([0, 1, 999]);
				}
			}
		}
	});

	it('is read in the time zone of the workflow', async () => {
		const team = await openTeam();
		addEvent(team, Date.parse('2026-05-31T21:59:59Z'), 'before');
		addEvent(team, Date.parse('2026-05-31T22:00:00Z'), 'after');
		const { items } = await runNode(team, { from: '2026-06-01T00:00:00' });
		expect(getNumbers(getJson(items))).toEqual(['after']);
	});

	it.each([
		['a Luxon date', '={{ DateTime.fromISO("2026-06-01T07:30:00Z") }}'],
		['a JavaScript date', '={{ new Date("2026-06-01T07:30:00Z") }}'],
		['text with an offset', '2026-06-01T09:30:00+02:00'],
	])('accepts %s', async (_name, from) => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 31 * MINUTE_MS, 'before');
		addEvent(team, NOW_MS - 29 * MINUTE_MS, 'after');
		const { items } = await runNode(team, { from });
		expect(getNumbers(getJson(items))).toEqual(['after']);
	});

	it('starts 24 hours ago if it is not set or emptied', async () => {
		const team = await openTeam();
		team.celonis.clock.set(Date.now());
		addEvent(team, Date.now() - 25 * 60 * MINUTE_MS, 'before');
		addEvent(team, Date.now() - 23 * 60 * MINUTE_MS, 'after');
		for (const changes of [{}, { from: '' }]) {
			const { items } = await runNode(team, changes);
			expect(getNumbers(getJson(items))).toEqual(['after']);
		}
	});

	it('is empty for an empty log, by each API version and in each form of response', async () => {
		for (const apiVersion of ['v1', 'v2']) {
			for (const form of ['204', 'page'] as const) {
				const team = await openTeam({ behaviour: { v1Empty: form, v2Empty: form } });
				const { items, error } = await runNode(team, {
					from: toIso(NOW_MS - MINUTE_MS),
					options: { apiVersion },
				});
				expect({ items, error }).toEqual({ items: [], error: undefined });
			}
		}
	});
});

describe('limit and order', () => {
	it.each([
		['desc', [999, 998, 997]],
		['asc', [0, 1, 2]],
	])('return the events of that end of the window: %s', async (sortOrder, numbers) => {
		for (const order of ['asc', 'desc', 'shuffled'] as const) {
			const team = await openTeam({ behaviour: { order } });
			for (let i = 0; i < 1000; i++) addEvent(team, NOW_MS - (1000 - i) * 1000, i);
			const { items } = await runNode(team, {
				from: toIso(NOW_MS - 60 * MINUTE_MS),
				limit: 3,
				options: { sortOrder },
			});
			expect(getNumbers(getJson(items))).toEqual(numbers);
		}
	});

	it('default to the 50 newest events, newest first', async () => {
		const team = await openTeam();
		for (let i = 0; i < 60; i++) addEvent(team, NOW_MS - (60 - i) * 1000, i);
		const { items } = await runNode(team, { from: toIso(NOW_MS - MINUTE_MS * 10) });
		expect(items).toHaveLength(50);
		expect(getNumbers(getJson(items)).slice(0, 2)).toEqual([59, 58]);
	});
});

describe('items', () => {
	it('are the record with event ID, team, category and actor, or the record alone', async () => {
		const team = await openTeam();
		const record = addEvent(team, NOW_MS - 1000, 7);
		const from = toIso(NOW_MS - MINUTE_MS);
		const event = await runNode(team, { from });
		expect(getJson(event.items)).toEqual([
			{
				...record,
				eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
				team: new URL(team.celonis.url).host,
				category: 'Admin and Settings',
				actor: { id: 'id-7', email: 'user7@example.com', type: 'user' },
			},
		]);
		const raw = await runNode(team, { from, output: 'raw' });
		expect(getJson(raw.items)).toEqual([record]);
	});

	it('are paired with the input item whose expressions requested them', async () => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 5 * MINUTE_MS, 'five');
		addEvent(team, NOW_MS - 2 * MINUTE_MS, 'two');
		const { items } = await runNode(
			team,
			{ from: '={{ $json.since }}', to: '={{ $json.until }}' },
			[
				{ since: toIso(NOW_MS - 3 * MINUTE_MS), until: '' },
				{ since: toIso(NOW_MS - 6 * MINUTE_MS), until: toIso(NOW_MS - 4 * MINUTE_MS) },
				{ since: toIso(NOW_MS - 6 * MINUTE_MS), until: toIso(NOW_MS) },
			],
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 2].map((item) => ({ item })),
		);
		expect(getNumbers(getJson(items))).toEqual(['two', 'five', 'two', 'five']);
	});

	it('describe the error if the node continues on errors', async () => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		const workflow = loadWorkflow('list', { from: '={{ $json.since }}' });
		for (const node of workflow.nodes) node.onError = 'continueRegularOutput';
		const run = await team.n8n.run(workflow, [
			{ since: 'no date at all' },
			{ since: toIso(NOW_MS - MINUTE_MS) },
		]);
		const { items } = getOutcome(run);
		expect(items[0]).toEqual({
			json: {
				error: expect.stringContaining(`'From': "no date at all" is not a date and time`),
			},
			pairedItem: { item: 0 },
		});
		expect(items[1]).toMatchObject({ json: { message: { number: 1 } }, pairedItem: { item: 1 } });
	});
});

describe('a token', () => {
	it('that expires between two pages is renewed, and no event is returned twice', async () => {
		const team = await openTeam({
			tokenLifeSeconds: 60,
			behaviour: { pageTimeMs: 40_000 },
			backlog: { events: 2600, days: 2 },
		});
		const { items, error } = await runNode(team, {
			returnAll: true,
			// Time goes on with every page: of several at once, each would find its token expired.
			options: { concurrency: 1 },
			from: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
			to: toIso(NOW_MS),
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(getVisibleRecords(team).length);
		expect(team.celonis.tokens.issued).toBeGreaterThan(2);
	});
});

describe('the paginators', () => {
	it.each(['absent', 'empty', 'null'] as const)(
		'recognize the last page by a token that is %s',
		async (lastToken) => {
			const team = await openTeam({
				behaviour: { lastToken, emptyPageWithToken: true },
				backlog: { events: 1100, days: 1 },
			});
			const { items } = await runNode(team, {
				returnAll: true,
				from: toIso(NOW_MS - 48 * 60 * MINUTE_MS),
			});
			expect(items).toHaveLength(getVisibleRecords(team).length);
		},
	);

	it('read the window again if the pages of version 1 shift', async () => {
		const team = await openTeam();
		const { celonis } = team;
		for (let i = 0; i < 450; i++) addEvent(team, NOW_MS - 1000 * (i + 1), i);
		let requests = 0;
		celonis.faults.decide = () => {
			// A late event appears inside the window, between two pages.
			if (++requests === 3) addEvent(team, NOW_MS - 5500, 'late');
			return undefined;
		};
		const { items } = await runNode(team, {
			authentication: 'key',
			returnAll: true,
			from: toIso(NOW_MS - 60 * MINUTE_MS),
			options: { apiVersion: 'v1' },
		});
		expect(items).toHaveLength(451);
		expect(getNumbers(getJson(items))).toContain('late');
	});
});
