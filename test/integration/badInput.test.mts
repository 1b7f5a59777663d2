import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { DAY_MS } from '../support/durations.mts';
import { addEvent, getNumbers, openTeam, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

const WINDOW = { from: toIso(NOW_MS - 60_000) };

const list = async (team: Team, parameters: ParameterChanges = {}, items?: IDataObject[]) =>
	await runNode(team, { ...WINDOW, ...parameters }, items);

function setCredential({ n8n }: Team, id: 'oauth' | 'key', changes: Record<string, string>) {
	n8n.credentials.saved.set(id, { ...n8n.credentials.saved.get(id), ...changes });
}

describe.each([
	['oAuth2', 'oauth'],
	['key', 'key'],
] as const)('a team URL with %s', (authentication, credential) => {
	it.each([
		['', 'is empty'],
		['http://celonis.example.com', 'is plain http to a public host'],
		['not a URL', 'is not a URL'],
	])('%p, which %s, is rejected before anything is sent', async (teamUrl) => {
		const team = await openTeam();
		setCredential(team, credential, { teamUrl });
		const { error } = await list(team, { authentication });
		expect(error).toMatchObject({
			message: 'The team URL of the credential is invalid',
			description: expect.stringContaining('https://your-team.eu-1.celonis.cloud'),
		});
		expect(team.celonis.requests).toEqual([]);
	});

	it('with a path, as copied from the address bar, is reduced to its origin', async () => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		setCredential(team, credential, {
			teamUrl: ` ${team.celonis.url}/ui/admin/audit-logs?page=2 `,
		});
		const { items } = await list(team, { authentication });
		expect(getNumbers(getJson(items))).toEqual([1]);
	});
});

describe('a key', () => {
	it.each(['  KEY  ', 'AppKey KEY', 'appkey  KEY\n', 'Bearer KEY'])(
		'is accepted if it was pasted as %p',
		async (pasted) => {
			const team = await openTeam();
			addEvent(team, NOW_MS - 1000, 1);
			const authKey = pasted.replace('KEY', team.celonis.access.appKeys[0]?.key ?? '');
			setCredential(team, 'key', { authKey });
			const { items } = await list(team, { authentication: 'key' });
			expect(items).toHaveLength(1);
		},
	);
});

/** Values of parameters, and the errors that they are. */
const INVALID: Array<[ParameterChanges, string, string]> = [
	[{ limit: 0 }, "'Limit': 0 is not a whole number of 1 or more", 'such as 50'],
	[{ limit: -5 }, "'Limit': -5 is not a whole number of 1 or more", 'such as 50'],
	[{ limit: 1.5 }, "'Limit': 1.5 is not a whole number of 1 or more", 'such as 50'],
	[{ limit: '={{ "many" }}' }, `'Limit': "many" is not a whole number of 1 or more`, 'such as 50'],
	[{ returnAll: '={{ "yes" }}' }, `'Return All': "yes" is neither true nor false`, 'Write true'],
	[{ authentication: '={{ "sso" }}' }, `'Authentication': "sso" is not one of`, 'oAuth2, key'],
	[{ from: 'soon' }, `'From': "soon" is not a date and time`, 'now-24h'],
	[{ from: '2026A' }, `'From': "2026A" is not a date and time`, '2026-01-31T08:00:00Z'],
	[{ from: '01/02/2026' }, `'From': "01/02/2026" is not a date and time`, '2026-01-31'],
	[{ to: '={{ {} }}' }, "'To': {} is not a date and time", 'yesterday'],
	[{ to: '={{ true }}' }, "'To': true is not a date and time", 'yesterday'],
	[
		{ from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' },
		`'From': "2026-06-02T00:00:00.000Z" is later than 'To'`,
		'2026-06-01T00:00:00.000Z',
	],
	[
		{ options: { timeout: 0 } },
		"'Timeout (Seconds)': 0 is not a number greater than 0",
		'Write a number greater than 0, such as 60.',
	],
	[{ options: { apiVersion: 'v3' } }, `'API Version': "v3" is not one of`, 'v2, v1'],
	[{ options: { sortOrder: 'up' } }, `'Sort Order': "up" is not one of`, 'desc, asc'],
	[{ options: { concurrency: 17 } }, "'Concurrency': 17 is not a whole number", 'from 1 to 16'],
	[{ options: { enrichActor: 'maybe' } }, `'Enrich Actor': "maybe" is neither`, 'Write true'],
	[
		{ options: { fields: '["event"' } },
		`'Fields': "[\\"event\\"" is not the name`,
		'timestamp, event',
	],
	[
		{ options: { fields: 'a..b' } },
		`'Fields': "a..b" is not the name of a field`,
		'timestamp, event',
	],
	[
		{ options: { fields: `actor${'.a'.repeat(20_000)}` } },
		`'Fields': "actor.a.a`,
		'timestamp, event',
	],
	[
		{ output: 'ecs', options: { fields: 'user.name, actor.email' } },
		`'Fields': "actor.email" is not a field of the output 'ecs'`,
		'user',
	],
	[{ filters: '={{ ({ actor: "x" }) }}' }, `'Filters': "actor" is not one of its fields`, 'actors'],
	[{ filters: '={{ "x" }}' }, `'Filters': "x" is not an object`, 'eventTypes'],
	[{ options: '={{ [1] }}' }, "'Options': [1] is not an object", 'sortOrder'],
	[
		{ filters: { eventTypes: '["A"' } },
		`'Event Types': "[\\"A\\"" is not the name`,
		'["PERMISSIONS',
	],
	[{ filters: { eventTypes: '={{ [null] }}' } }, "'Event Types': null is not text", '["A", "B"]'],
];

describe('parameters', () => {
	it.each(INVALID)(
		'%p is rejected before anything is sent',
		async (parameters, reason, example) => {
			const team = await openTeam();
			const { error } = await list(team, parameters);
			expect(error?.message).toContain(reason);
			expect(error?.message).toContain(example);
			expect(team.celonis.requests).toEqual([]);
		},
	);

	it.each<[ParameterChanges, string]>([
		[{ options: { lookback: 0 } }, "'Lookback (Minutes)': 0 is not a number greater than 0"],
		[
			{ options: { maxEventsPerPoll: 0 } },
			"'Max Events per Poll': 0 is not a whole number of 1 or more",
		],
		[{ options: { repeatLastBatch: 'yes' } }, `'Repeat Last Batch': "yes" is neither true nor`],
		[{ options: { apiVersion: 'v3' } }, `'API Version': "v3" is not one of the choices`],
		[{ startFrom: 'then' }, `'Start From': "then" is not one of the choices`],
		[{ startFrom: 'date', startDate: '' }, "'Start Date' must not be empty"],
		[{ startFrom: 'date', startDate: 'soon' }, `'Start Date': "soon" is not a date and time`],
	])('%p of the trigger is rejected too', async (parameters, message) => {
		const team = await openTeam();
		const poll = team.n8n.activate(loadWorkflow('trigger', parameters)).poll();
		await expect(poll).rejects.toThrow(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it('leaves out of its error what looks like a secret', async () => {
		const team = await openTeam();
		const { error } = await list(team, { from: '={{ $json }}' }, [{ token: 'abc', n: 1 }]);
		expect(error?.message).toContain('{"token":"***","n":1}');
	});
});

/** Forms of values that expressions and models give, and their usual form. */
const FORMS: Array<[ParameterChanges, ParameterChanges]> = [
	[{ limit: '={{ "2" }}' }, { limit: 2 }],
	[{ limit: '={{ " 2 " }}' }, { limit: 2 }],
	[{ limit: '={{ null }}' }, { limit: 50 }],
	[{ returnAll: '={{ "TRUE" }}' }, { returnAll: true }],
	[{ returnAll: '={{ "false" }}', limit: 2 }, { limit: 2 }],
	[{ authentication: '={{ "KEY" }}' }, { authentication: 'key' }],
	[
		{ options: { sortOrder: 'ASC' }, limit: 2 },
		{ options: { sortOrder: 'asc' }, limit: 2 },
	],
	[{ options: { sortOrder: '={{ undefined }}' } }, {}],
	[{ output: 'RAW' }, { output: 'raw' }],
	[{ options: { enrichActor: 'false', timeout: '10', concurrency: ' 1 ' } }, {}],
	[
		{ options: { fields: '["event","message.number"]' } },
		{ options: { fields: 'event, message.number' } },
	],
	[
		{ filters: { eventTypes: '["GROUP_CREATED", "API_KEY_CREATED"]' } },
		{ filters: { eventTypes: ['GROUP_CREATED', 'API_KEY_CREATED'] } },
	],
	[
		{ filters: { eventPatterns: "['GROUP_*', '!*_DELETED']" } },
		{ filters: { eventPatterns: 'GROUP_*, !*_DELETED' } },
	],
	[{ filters: { categories: '["studio"]' } }, { filters: { categories: ['Studio'] } }],
	[
		{
			filters: '={{ ({ eventTypes: "GROUP_CREATED" }) }}',
			options: '={{ ({ fields: "event" }) }}',
		},
		{ filters: { eventTypes: ['GROUP_CREATED'] }, options: { fields: 'event' } },
	],
	[
		{ filters: `={{ '{"actors":"*7@example.com"}' }}`, options: '{"sortOrder":"ASC"}' },
		{ filters: { actors: '*7@example.com' }, options: { sortOrder: 'asc' } },
	],
	[{ filters: '={{ null }}', options: '={{ undefined }}' }, {}],
	[{ filters: { excludeSystem: 'False', actors: null, text: ' ' } }, {}],
];

describe('a value of an expression or an AI agent', () => {
	it.each(FORMS)('%j is understood as %j', async (parameters, usual) => {
		const team = await openTeam();
		for (let i = 0; i < 60; i++) addEvent(team, NOW_MS - 1000 - i, i);
		const expected = await list(team, usual);
		const { items, error } = await list(team, parameters);
		expect(error).toBeUndefined();
		expect(expected.error).toBeUndefined();
		expect(items).toEqual(expected.items);
	});

	it('asks API version 1 if it is "V1"', async () => {
		const team = await openTeam();
		await list(team, { options: { apiVersion: 'V1' } });
		expect(team.celonis.requests.map(({ path }) => path)).toContain('/log/api/external/audit');
	});
});

describe('a window of dates without times', () => {
	/** The beginning of 31 May in Berlin. */
	const DAY_START_MS = Date.parse('2026-05-30T22:00:00Z');

	it.each(['v1', 'v2'])('contains the whole last day (%s)', async (apiVersion) => {
		const team = await openTeam();
		addEvent(team, DAY_START_MS - 1, 'before');
		addEvent(team, DAY_START_MS, 'first');
		addEvent(team, DAY_START_MS + DAY_MS - 1, 'last');
		addEvent(team, DAY_START_MS + DAY_MS, 'after');
		const window = { from: '2026-05-31', to: '2026-05-31', options: { apiVersion } };
		const { items } = await list(team, window);
		expect(getNumbers(getJson(items))).toEqual(['last', 'first']);
	});
});
