import { describe, expect, it, jest } from '@jest/globals';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, IRun, Logger } from 'n8n-workflow';
import { defaultPoolId, fullAccessClient, type OAuthClient } from '../celonis/access.mts';
import { runningClock } from '../celonis/clock.mts';
import { changeDate } from '../celonis/dataPush/jobRequest.mts';
import {
	respondWith,
	lostResponse,
	rateLimited,
	resetBeforeResponse,
	serverError,
} from '../celonis/faults/index.mts';
import type { RequestMatcher } from '../celonis/faults/faultInjector.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import { seededRandom } from '../celonis/random.mts';
import { Tokens } from '../celonis/tokens.mts';
import { skipPauses } from '../support/pauses.mts';
import { openTeam, getOutcome, grantFullAccess, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { runNode } from './n8n/runNode.mts';

skipPauses();

const TABLE = 'AUDIT_EVENTS';

const openTeamWithPool = async (): Promise<Team> => {
	const team = await openTeam({ clock: runningClock(), dataPush: { queueMs: 50, runMs: 50 } });
	grantFullAccess(team);
	return team;
};

const PUSH = {
	resource: 'dataPool',
	operation: 'push',
	dataPoolId: defaultPoolId,
	tableName: TABLE,
};

const push = async (team: Team, items: IDataObject[], changes: ParameterChanges = {}) =>
	await runNode(team, { ...PUSH, ...changes }, items);

const address = (id: string, more: string) =>
	`https://my-team.eu-1.celonis.cloud/integration/ui/pools/${id}${more}`;

const getHints = ({ data }: IRun) => data.resultData.runData.Celonis?.[0]?.hints;

const getRows = ({ celonis }: Team) =>
	celonis.dataPools.getTable(TABLE)?.rows.map(({ [changeDate]: _date, ...row }) => row);

const isUpload = ({ path }: RecordedRequest) => path.endsWith('/chunks/upserted');
const isStateRequest = ({ method, path }: RecordedRequest) =>
	method === 'GET' && path.includes('/jobs/');
const isSubmission = ({ method, path }: RecordedRequest) =>
	method === 'POST' && /jobs\/[^/]+$/.test(path);

const event = (eventId: string, more: IDataObject = {}): IDataObject => ({
	eventId,
	timestamp: '2026-06-01T08:00:00.123+02:00',
	message: { name: 'Größe, "x"\r\ny 🎉', n: 1 },
	count: 1,
	share: 0.5,
	isNew: true,
	ipAddress: null,
	...more,
});
const row = (eventId: string, more: object = {}) => ({
	eventId,
	timestamp: '2026-06-01T06:00:00.123',
	message: '{"name":"Größe, \\"x\\"\\r\\ny 🎉","n":1}',
	count: 1,
	share: 0.5,
	isNew: true,
	ipAddress: null,
	...more,
});

describe.each(['oAuth2', 'key'] as const)('Push Rows, with %s', (authentication) => {
	it('writes all items to one table in one job, and returns one item', async () => {
		const team = await openTeamWithPool();
		const { items, error } = await push(team, [event('a'), event('b')], { authentication });
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					jobId: [...team.celonis.dataPools.jobs.keys()][0],
					status: 'DONE',
					tableName: TABLE,
					rows: 2,
					columns: [
						{ name: 'eventId', type: 'STRING' },
						{ name: 'timestamp', type: 'DATETIME' },
						{ name: 'message', type: 'STRING' },
						{ name: 'count', type: 'INTEGER' },
						{ name: 'share', type: 'FLOAT' },
						{ name: 'isNew', type: 'BOOLEAN' },
						{ name: 'ipAddress', type: 'STRING' },
					],
				},
				pairedItem: [{ item: 0 }, { item: 1 }],
			},
		]);
		expect(getRows(team)).toEqual([row('a'), row('b')]);
	});
});

describe('items with targets of their own', () => {
	const items = [
		{ eventId: 'a', table: 'FIRST', pool: defaultPoolId },
		{ eventId: 'b', table: 'FIRST', pool: defaultPoolId },
		{ eventId: 'c', table: 'SECOND', pool: '00000000-0000-4000-8000-000000000000' },
	];

	it.each([
		['Table Name', { tableName: '={{ $json.table }}' }],
		['Data Pool', { dataPoolId: '={{ $json.pool }}' }],
		['Keys', { keys: '={{ $json.eventId === "b" ? "table" : "eventId" }}' }],
	])('are rejected before anything is sent: %s', async (displayName, changes) => {
		const team = await openTeamWithPool();
		const { error } = await push(team, items, changes);
		expect(error?.message).toContain(`'${displayName}' is not the same for all items. One job`);
		expect(team.celonis.requests).toEqual([]);
	});

	it('are pushed if they all lead to one table', async () => {
		const team = await openTeamWithPool();
		const { error } = await push(team, items.slice(0, 2), { tableName: `={{ "${TABLE}" }}` });
		expect(error).toBeUndefined();
		expect(getRows(team)).toHaveLength(2);
	});
});

describe('Push Rows', () => {
	it('keeps one row of an event that is pushed twice, in one push or in two', async () => {
		const team = await openTeamWithPool();
		await push(team, [event('a'), event('b'), event('a', { count: 2 })]);
		expect(getRows(team)).toEqual([row('a', { count: 2 }), row('b')]);
		await push(team, [event('b', { count: 3 }), event('c')]);
		expect(getRows(team)).toEqual([row('a', { count: 2 }), row('b', { count: 3 }), row('c')]);
	});

	it('replaces the table in the mode Replace Table', async () => {
		const team = await openTeamWithPool();
		await push(team, [event('a'), event('b')]);
		await push(team, [{ eventId: 'c', other: 'x' }], { mode: 'replace' });
		expect(getRows(team)).toEqual([{ eventId: 'c', other: 'x' }]);
	});

	it('writes only the given columns', async () => {
		const team = await openTeamWithPool();
		const column = [
			{ name: 'eventId', type: 'STRING', length: 40 },
			{ name: 'day', type: 'DATE' },
			{ name: 'at', type: 'TIME' },
			{ name: 'missing', type: 'BOOLEAN' },
		];
		const changes = { columns: 'given', givenColumns: { column } };
		const { error } = await push(
			team,
			[event('a', { day: '2026-06-01', at: '08:00:00' })],
			changes,
		);
		expect(error).toBeUndefined();
		expect(getRows(team)).toEqual([
			{ eventId: 'a', day: '2026-06-01', at: '08:00:00', missing: null },
		]);
	});

	const columns = '[{ "name": "eventId", "type": "string" }, { "name": "n", "type": "INTEGER" }]';
	it.each([
		['a list', `={{ ${columns} }}`],
		['an object', `={{ ({ column: ${columns} }) }}`],
		['JSON text', `={{ '${columns}' }}`],
		['a list inside', { column: `={{ ${columns} }}` }],
	])('takes Column Definitions as an expression of %s', async (_what, givenColumns) => {
		const team = await openTeamWithPool();
		const { error } = await push(team, [event('a', { n: 1, other: 'x' })], {
			columns: 'given',
			givenColumns,
		});
		expect(error).toBeUndefined();
		expect(getRows(team)).toEqual([{ eventId: 'a', n: 1 }]);
	});

	it.each([
		[
			'={{ "eventId" }}',
			`'Column Definitions': "eventId" is not a column. Write a name and a type`,
		],
		['={{ ({ name: "eventId" }) }}', `'Column Definitions': {"name":"eventId"} is not a column`],
		['={{ [] }}', "'Column Definitions' must not be empty"],
		[
			'={{ [{ name: $json.eventId, type: "STRING" }] }}',
			"'Column Definitions' is not the same for all items",
		],
	])('refuses Column Definitions %s', async (givenColumns, message) => {
		const team = await openTeamWithPool();
		const items = [event('a'), event('b')];
		const { error } = await push(team, items, { columns: 'given', givenColumns });
		expect(error?.message).toContain(message);
	});

	it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'])(
		'pushes only what items have: a column %s, which every object inherits',
		async (name) => {
			const team = await openTeamWithPool();
			const items = [event('a'), event('b', JSON.parse(`{"${name}":"x"}`) as IDataObject)];
			const { error } = await push(team, items, { mode: 'replace' });
			expect(error).toBeUndefined();
			const rows = getRows(team) ?? [];
			expect(rows.map((each) => Object.entries(each).find(([key]) => key === name))).toEqual([
				[name, null],
				[name, 'x'],
			]);

			const column = [
				{ name: 'eventId', type: 'STRING' },
				{ name, type: 'STRING' },
			];
			const changes = { mode: 'replace', columns: 'given', givenColumns: { column } };
			await push(team, [event('a')], changes);
			expect(getRows(team)?.map(Object.entries)).toEqual([
				[
					['eventId', 'a'],
					[name, null],
				],
			]);
		},
	);

	it.each(['constructor', 'toString', '__proto__'])(
		'identifies rows by their own value of the key %s',
		async (name) => {
			const team = await openTeamWithPool();
			const withKey = (value: string) =>
				event(value, JSON.parse(`{"${name}":"${value}"}`) as IDataObject);
			const items = [withKey('a'), withKey('b'), withKey('a')];
			expect((await push(team, items, { keys: name })).error).toBeUndefined();
			expect(getRows(team)?.map(({ eventId }) => eventId)).toEqual(['a', 'b']);

			const { error } = await push(team, [withKey('a'), event('c')], { keys: name });
			expect(error?.message).toContain(`The key '${name}' has no value`);
			expect(error).toMatchObject({ context: { itemIndex: 1 } });
		},
	);

	it.each([
		['an ID', (id: string) => ({ __rl: true, mode: 'id', value: id })],
		['an address', (id: string) => ({ __rl: true, mode: 'url', value: address(id, '/jobs?a=1') })],
		['an address as ID', (id: string) => ({ __rl: true, mode: 'id', value: address(id, '') })],
		['the text of an address', (id: string) => ` ${address(id, '/')} `],
	])('understands %s as Data Pool', async (_what, createValue) => {
		const team = await openTeamWithPool();
		const { error } = await push(team, [event('a')], { dataPoolId: createValue(defaultPoolId) });
		expect(error).toBeUndefined();
		expect(getRows(team)).toEqual([row('a')]);
	});

	it('truncates long text with a mark, and shows a warning with the output', async () => {
		const team = await openTeamWithPool();
		const column = [
			{ name: 'eventId', type: 'STRING' },
			{ name: 'short', type: 'STRING', length: 30 },
			{ name: 'diff', type: 'STRING' },
			{ name: 'at', type: 'TIME', length: 3 },
		];
		const changes = { columns: 'given', givenColumns: { column } };
		const diff = { text: 'ü'.repeat(40_000) };
		const rows = [
			event('a', { short: 'fits', diff, at: '08:00:00' }),
			event('b', { short: '🎉'.repeat(10), diff: '"'.repeat(65_000) }),
		];
		const run = await team.n8n.run(loadWorkflow('list', { ...PUSH, ...changes }), rows);
		const { items, error } = getOutcome(run);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ rows: 2, truncatedValues: { short: 1, diff: 1 } });
		const [first, second] = getRows(team) ?? [];
		expect(first).toMatchObject({ short: 'fits', at: '08:00:00' });
		expect(first?.diff).toMatch(/^\{"text":"ü+… \[truncated\]$/);
		expect(Buffer.byteLength(String(first?.diff))).toBeGreaterThan(64_997);
		expect(second).toMatchObject({ short: '🎉🎉🎉… [truncated]', diff: '"'.repeat(65_000) });
		expect(getHints(run)).toEqual([
			{
				type: 'warning',
				location: 'outputPane',
				message: expect.stringMatching(/^Push Rows truncated .*\('diff': 1, 'short': 1\)/),
			},
		]);
	});

	it('logs the warning of truncated text in an n8n without hints', async () => {
		const team = await openTeamWithPool();
		const warn = jest.fn<Logger['warn']>();
		const { addExecutionHints } = ExecuteContext.prototype;
		Object.assign(ExecuteContext.prototype, { addExecutionHints: undefined });
		jest.spyOn(ExecuteContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		const { error } = await push(team, [event('a', { diff: 'x'.repeat(65_001) })]);
		Object.assign(ExecuteContext.prototype, { addExecutionHints });
		expect(error).toBeUndefined();
		expect(warn.mock.calls).toEqual([
			[expect.stringMatching(/^Celonis: Push Rows truncated .*\('diff': 1\)/)],
		]);
	});

	it('sends many rows in chunks', async () => {
		const team = await openTeamWithPool();
		const text = 'x'.repeat(10_000);
		const many = Array.from({ length: 250 }, (_, i) => ({ eventId: `e${i}`, text }));
		const { error } = await push(team, many, { options: { chunkSize: 1 } });
		expect(error).toBeUndefined();
		expect(team.celonis.requests.filter(({ path }) => path.endsWith('upserted'))).toHaveLength(3);
		expect(getRows(team)).toEqual(many);
	});

	it.each<[string, IDataObject, ParameterChanges, RegExp]>([
		['has no fields', {}, {}, /^The item has no fields/],
		['has no fields, without keys', {}, { keys: '' }, /^The item has no fields/],
		[
			'has none of the columns',
			{ other: 1 },
			{
				keys: '',
				columns: 'given',
				givenColumns: { column: [{ name: 'eventId', type: 'STRING' }] },
			},
			/^The item has none of the columns/,
		],
		['has a key that is too long', { eventId: 'x'.repeat(65_001) }, {}, /'eventId' is longer/],
		['has no value for a key', { eventId: null }, {}, /key 'eventId' has no value/],
		[
			'has text that is too long',
			event('b', { text: 'ü'.repeat(40_000) }),
			{ options: { longText: 'error' } },
			/longer than 65000/,
		],
		[
			'has a value of another type',
			event('b', { count: 'many' }),
			{
				columns: 'given',
				givenColumns: {
					column: [
						{ name: 'eventId', type: 'STRING' },
						{ name: 'count', type: 'INTEGER' },
					],
				},
			},
			/'count' is not of the type INTEGER/,
		],
	])('pushes nothing if an item %s', async (_what, item, changes, message) => {
		const team = await openTeamWithPool();
		const { error } = await push(team, [event('a'), item], changes);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(error?.message).toMatch(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it.each<[string, ParameterChanges, RegExp]>([
		['a key is not a column', { keys: 'eventId, other' }, /"other" is not a column/],
		['the data pool is missing', { dataPoolId: ' ' }, /'Data Pool' must not be empty/],
		['the data pool is invalid', { dataPoolId: '..' }, /'Data Pool': ".." is not a data pool ID/],
		[
			'the address is not that of a data pool',
			{ dataPoolId: { __rl: true, mode: 'url', value: 'https://t.celonis.cloud/ui/pools/' } },
			/'Data Pool': .* is not a data pool ID/,
		],
		['no column is defined', { columns: 'given' }, /'Column Definitions' must not be empty/],
		['the mode is invalid', { mode: 'overwrite' }, /'Mode': "overwrite" is not one of the choices/],
		['the choice of columns is invalid', { columns: 'some' }, /'Columns': "some"/],
		['the chunk size is invalid', { options: { chunkSize: 0 } }, /'Chunk Size \(MB\)': 0 is not/],
	])('sends nothing if %s', async (_what, changes, message) => {
		const team = await openTeamWithPool();
		expect((await push(team, [event('a')], changes)).error?.message).toMatch(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it.each(['oAuth2', 'key'])('redacts secrets in the log of a job (%s)', async (authentication) => {
		const team = await openTeamWithPool();
		const { clientSecret } = team.n8n.credentials.saved.get('oauth')!;
		const { authKey } = team.n8n.credentials.saved.get('key')!;
		const logs = [`Sent by ${clientSecret} or ${authKey}.`];
		team.celonis.dataPools.setNextOutcome({ status: 'ERROR', logs });
		const { error } = await push(team, [event('a')], { authentication });
		const secret = authentication === 'key' ? authKey : clientSecret;
		expect(error?.description).toContain('Sent by ');
		expect(JSON.stringify(error)).not.toContain(secret);
	});

	it('redacts the token of the client that the item names in the log of a job', async () => {
		const team = await openTeamWithPool();
		const { saved } = team.n8n.credentials;
		const expressions = { clientId: '={{ $json.id }}', clientSecret: '={{ $json.secret }}' };
		saved.set('oauth', { ...saved.get('oauth'), ...expressions });
		const pushAs = async ({ clientId, clientSecret }: OAuthClient) =>
			await push(team, [event('a', { id: clientId, secret: clientSecret })]);
		// n8n stores the first token for the credential, and the second one is sent.
		const { scopes } = fullAccessClient;
		const other = Object.assign(team.celonis.access.oauthClients[0]!, { scopes });
		await pushAs(other);
		const tokens = new Tokens(team.celonis.clock, seededRandom(1));
		tokens.issue(fullAccessClient, [], 60);
		const token = tokens.issue(fullAccessClient, [], 60);
		team.celonis.dataPools.setNextOutcome({ status: 'ERROR', logs: [`Sent with ${token}.`] });
		const { error } = await pushAs(fullAccessClient);

		const labels = team.celonis.requests.map(({ headers }) => headers.authorization);
		expect(labels).toContain('Bearer token#2');
		expect(error?.description).toContain('Sent with ');
		expect(JSON.stringify(error)).not.toContain(token);
	});

	it('returns an error item for each item if the workflow continues on errors', async () => {
		const team = await openTeamWithPool();
		team.celonis.dataPools.setNextOutcome({ status: 'ERROR', logs: ['Out of space.'] });
		const workflow = loadWorkflow('list', PUSH);
		for (const node of workflow.nodes) node.onError = 'continueRegularOutput';
		const { items } = getOutcome(await team.n8n.run(workflow, [event('a'), event('b')]));
		const json = {
			error: expect.stringContaining('The data push job failed'),
			details: expect.stringContaining('Out of space.'),
		};
		expect(items).toEqual([0, 1].map((item) => ({ json, pairedItem: { item } })));
	});
});

describe('access to a data pool', () => {
	it('names the scope that the credential does not request', async () => {
		const team = await openTeamWithPool();
		grantFullAccess(team, 'audit.log:read');
		const { error } = await push(team, [event('a')]);
		expect(error?.message).toContain("the scope 'integration.data-pools:data_push'");
	});

	it('names the missing permission of the data pool', async () => {
		const team = await openTeamWithPool();
		team.celonis.access.appKeys[1]!.pushPools = [];
		const { error } = await push(team, [event('a')], { authentication: 'key' });
		expect(error?.message).toContain("the permission 'Data Push API' of the data pool");
		expect(error?.description).toContain('the data pool → Data Push API');
	});

	it('names the parameter if the data pool does not exist', async () => {
		const team = await openTeamWithPool();
		team.celonis.access.appKeys[1]!.pushPools = ['gone'];
		const changes = { authentication: 'key', dataPoolId: 'gone' };
		const { error } = await push(team, [event('a')], changes);
		expect(error?.message).toContain('404');
		expect(error?.description).toContain("check 'Data Pool'");
	});
});

describe.each(['upsert', 'replace'])('a push with a network fault (%s)', (mode) => {
	const keys = mode === 'replace' ? '' : 'eventId';
	const items = Array.from({ length: 150 }, (_, i) => ({
		eventId: `e${i}`,
		text: 'x'.repeat(10_000),
	}));

	it.each<[string, RequestMatcher, () => Parameters<Team['celonis']['faults']['next']>[1]]>([
		['a chunk arrives but its response is lost', isUpload, () => lostResponse()],
		['a chunk does not arrive', isUpload, () => serverError(503)],
		['the connection is lost at a chunk', isUpload, () => resetBeforeResponse()],
		['a chunk is rate limited', isUpload, () => rateLimited({ 'x-ratelimit-reset': '0' })],
		['the job is submitted but the response is lost', isSubmission, () => lostResponse()],
		['the job is not submitted', isSubmission, () => serverError(503)],
		['the job is created but the response is lost', { method: 'POST' }, () => lostResponse()],
	])('writes each row once if %s', async (_what, when, fault) => {
		const team = await openTeamWithPool();
		team.celonis.faults.next({ when }, fault());
		const { error } = await push(team, items, { mode, keys, options: { chunkSize: 1 } });
		expect(error).toBeUndefined();
		expect(team.celonis.faults.pendingCount).toBe(0);
		expect(getRows(team)).toEqual(items);
	});
});

describe('a running job', () => {
	it('is submitted again after a short outage', async () => {
		const team = await openTeamWithPool();
		let overAtMs = 0;
		team.celonis.faults.decide = (request) => {
			if (!isSubmission(request)) return undefined;
			overAtMs ||= Date.now() + 500;
			return Date.now() < overAtMs ? serverError(503) : undefined;
		};
		const { error } = await push(team, [event('a')]);
		expect(error).toBeUndefined();
		expect(getRows(team)).toEqual([row('a')]);
	});

	it('is polled through a short outage', async () => {
		const team = await openTeamWithPool();
		team.celonis.faults.next({ when: isStateRequest, times: 3 }, serverError(500));
		const { error } = await push(team, [event('a')]);
		expect(error).toBeUndefined();
		expect(team.celonis.faults.pendingCount).toBe(0);
		expect(getRows(team)).toEqual([row('a')]);
	});

	it.each([
		['was submitted', false],
		['may have been submitted', true],
	])('is named in the error if it %s and its state is unknown', async (_what, isResponseLost) => {
		const team = await openTeamWithPool();
		if (isResponseLost) team.celonis.faults.next({ when: isSubmission }, lostResponse());
		team.celonis.faults.always(
			{ when: isStateRequest },
			respondWith(403, { body: { title: 'No.' } }),
		);
		const { error } = await push(team, [event('a')]);
		const [id] = team.celonis.dataPools.jobs.keys();
		expect(error?.message).toMatch(`The data push job has not finished (job ${id} was`);
		expect(error?.message).toContain('403');
		expect(error?.description).toContain('Celonis may still complete it');
	});
});
