import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import {
	addEvent,
	getNumbers,
	openTeam,
	getOutcome,
	getRecords,
	visible,
	type Team,
} from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Runs the list workflow and gives the node's items and error. */
const list = async ({ n8n }: Team, parameters: ParameterChanges, items?: IDataObject[]) =>
	getOutcome(await n8n.run(loadWorkflow('list', parameters), items));

const jsonOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json);

describe.each([
	['OAuth2, secret in the body', 'oAuth2', 'oauth', { authentication: 'body' }],
	['OAuth2, secret in a header', 'oAuth2', 'oauth', { authentication: 'header' }],
	['an application key', 'key', 'key', {}],
	['an API key', 'key', 'key', { keyType: 'apiKey', authKey: 'not-a-secret-simulator-api-key' }],
] as const)('with %s', (_name, authentication, credential, changes) => {
	it.each(['v1', 'v2'] as const)('lists everything in the window by API %s', async (apiVersion) => {
		const team = await openTeam({ backlog: { events: 1300, days: 2 } });
		const saved = team.n8n.credentials.saved.get(credential);
		team.n8n.credentials.saved.set(credential, { ...saved, ...changes });

		const { items, error } = await list(team, {
			authentication,
			returnAll: true,
			from: iso(NOW - 48 * 60 * MINUTE),
			options: { apiVersion, sortOrder: 'asc' },
		});

		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
		const byText = (records: IDataObject[]) => records.map((r) => JSON.stringify(r)).sort();
		expect(byText(getRecords(jsonOf(items)))).toEqual(byText(visible(team)));
	});
});

describe('the window', () => {
	it('holds its start and leaves out its end, whatever the server does at its bounds', async () => {
		for (const fromBound of ['inclusive', 'exclusive'] as const) {
			for (const toBound of ['inclusive', 'exclusive'] as const) {
				for (const apiVersion of ['v1', 'v2']) {
					const team = await openTeam({ behaviour: { fromBound, toBound } });
					[-1, 0, 1, 999, 1000, 1001].forEach((ms) => addEvent(team, NOW - MINUTE + ms, ms));
					const { items } = await list(team, {
						from: iso(NOW - MINUTE),
						to: iso(NOW - MINUTE + 1000),
						options: { apiVersion, sortOrder: 'asc' },
					});
					expect(getNumbers(jsonOf(items))).toEqual([0, 1, 999]);
				}
			}
		}
	});

	it('is read in the time zone of the workflow', async () => {
		const team = await openTeam();
		addEvent(team, Date.parse('2026-05-31T21:59:59Z'), 'before');
		addEvent(team, Date.parse('2026-05-31T22:00:00Z'), 'after');
		const { items } = await list(team, { from: '2026-06-01T00:00:00' });
		expect(getNumbers(jsonOf(items))).toEqual(['after']);
	});

	it.each([
		['a Luxon date', '={{ DateTime.fromISO("2026-06-01T07:30:00Z") }}'],
		['a JavaScript date', '={{ new Date("2026-06-01T07:30:00Z") }}'],
		['text with an offset', '2026-06-01T09:30:00+02:00'],
	])('takes %s', async (_name, from) => {
		const team = await openTeam();
		addEvent(team, NOW - 31 * MINUTE, 'before');
		addEvent(team, NOW - 29 * MINUTE, 'after');
		const { items } = await list(team, { from });
		expect(getNumbers(jsonOf(items))).toEqual(['after']);
	});

	it('starts 24 hours ago where nothing is set or the start is emptied', async () => {
		const team = await openTeam();
		team.celonis.clock.set(Date.now());
		addEvent(team, Date.now() - 25 * 60 * MINUTE, 'before');
		addEvent(team, Date.now() - 23 * 60 * MINUTE, 'after');
		for (const changes of [{}, { from: '' }]) {
			const { items } = await list(team, changes);
			expect(getNumbers(jsonOf(items))).toEqual(['after']);
		}
	});

	it('gives nothing for an empty log, by each version and in each form', async () => {
		for (const apiVersion of ['v1', 'v2']) {
			for (const form of ['204', 'page'] as const) {
				const team = await openTeam({ behaviour: { v1Empty: form, v2Empty: form } });
				const { items, error } = await list(team, {
					from: iso(NOW - MINUTE),
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
	])('gives that end of the window: %s', async (sortOrder, numbers) => {
		for (const order of ['asc', 'desc', 'shuffled'] as const) {
			const team = await openTeam({ behaviour: { order } });
			for (let i = 0; i < 1000; i++) addEvent(team, NOW - (1000 - i) * 1000, i);
			const { items } = await list(team, {
				from: iso(NOW - 60 * MINUTE),
				limit: 3,
				options: { sortOrder },
			});
			expect(getNumbers(jsonOf(items))).toEqual(numbers);
		}
	});

	it('returns 50, the newest first, where nothing is set', async () => {
		const team = await openTeam();
		for (let i = 0; i < 60; i++) addEvent(team, NOW - (60 - i) * 1000, i);
		const { items } = await list(team, { from: iso(NOW - MINUTE * 10) });
		expect(items).toHaveLength(50);
		expect(getNumbers(jsonOf(items)).slice(0, 2)).toEqual([59, 58]);
	});
});

describe('items', () => {
	it('are the record with identity, category and actor, or the record alone', async () => {
		const team = await openTeam();
		const record = addEvent(team, NOW - 1000, 7);
		const from = iso(NOW - MINUTE);
		const event = await list(team, { from });
		expect(jsonOf(event.items)).toEqual([
			{
				...record,
				eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
				category: 'Admin and Settings',
				actor: { id: 'id-7', email: 'user7@example.com', type: 'user' },
			},
		]);
		const raw = await list(team, { from, options: { output: 'raw' } });
		expect(jsonOf(raw.items)).toEqual([record]);
	});

	it('are paired with the input item whose expressions asked for them', async () => {
		const team = await openTeam();
		addEvent(team, NOW - 5 * MINUTE, 'five');
		addEvent(team, NOW - 2 * MINUTE, 'two');
		const { items } = await list(team, { from: '={{ $json.since }}', to: '={{ $json.until }}' }, [
			{ since: iso(NOW - 3 * MINUTE), until: '' },
			{ since: iso(NOW - 6 * MINUTE), until: iso(NOW - 4 * MINUTE) },
			{ since: iso(NOW - 6 * MINUTE), until: iso(NOW) },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 2].map((item) => ({ item })),
		);
		expect(getNumbers(jsonOf(items))).toEqual(['two', 'five', 'two', 'five']);
	});

	it('tell of the failure where the node is to continue on fail', async () => {
		const team = await openTeam();
		addEvent(team, NOW - 1000, 1);
		const workflow = loadWorkflow('list', { from: '={{ $json.since }}' });
		for (const node of workflow.nodes) node.onError = 'continueRegularOutput';
		const run = await team.n8n.run(workflow, [
			{ since: 'no date at all' },
			{ since: iso(NOW - MINUTE) },
		]);
		const { items } = getOutcome(run);
		expect(items[0]).toEqual({
			json: {
				error: "'From' is not a date and time",
				description: expect.stringContaining('It is "no date at all"'),
			},
			pairedItem: { item: 0 },
		});
		expect(items[1]).toMatchObject({ json: { message: { number: 1 } }, pairedItem: { item: 1 } });
	});
});

describe('a token', () => {
	it('that expires between two pages is renewed, and nothing is read twice', async () => {
		const team = await openTeam({
			tokenLifeSeconds: 60,
			behaviour: { pageTimeMs: 40_000 },
			backlog: { events: 2600, days: 2 },
		});
		const { items, error } = await list(team, {
			returnAll: true,
			// Time goes on with every page: of several at once, each would find its token expired.
			options: { concurrency: 1 },
			from: iso(NOW - 48 * 60 * MINUTE),
			to: iso(NOW),
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(visible(team).length);
		expect(team.celonis.tokens.issued).toBeGreaterThan(2);
	});
});

describe('the page readers', () => {
	it.each(['absent', 'empty', 'null'] as const)(
		'know the last page by a token that is %s',
		async (lastToken) => {
			const team = await openTeam({
				behaviour: { lastToken, emptyPageWithToken: true },
				backlog: { events: 1100, days: 1 },
			});
			const { items } = await list(team, { returnAll: true, from: iso(NOW - 48 * 60 * MINUTE) });
			expect(items).toHaveLength(visible(team).length);
		},
	);

	it('read the window anew when the pages of version 1 shift under them', async () => {
		const team = await openTeam();
		const { celonis } = team;
		for (let i = 0; i < 450; i++) addEvent(team, NOW - 1000 * (i + 1), i);
		let asked = 0;
		celonis.faults.decide = () => {
			// A late event appears inside the window, between two pages.
			if (++asked === 3) addEvent(team, NOW - 5500, 'late');
			return undefined;
		};
		const { items } = await list(team, {
			authentication: 'key',
			returnAll: true,
			from: iso(NOW - 60 * MINUTE),
			options: { apiVersion: 'v1' },
		});
		expect(items).toHaveLength(451);
		expect(getNumbers(jsonOf(items))).toContain('late');
	});
});
