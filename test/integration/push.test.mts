import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { defaultPoolId } from '../celonis/access.mts';
import { runningClock } from '../celonis/clock.mts';
import { changeDate } from '../celonis/dataPush/jobRequest.mts';
import {
	answerWith,
	lostAnswer,
	rateLimited,
	resetBeforeAnswer,
	serverError,
} from '../celonis/faultKinds.mts';
import type { When } from '../celonis/faults.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import { openTeam, getOutcome, widen, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const TABLE = 'AUDIT_EVENTS';

const openPool = async (): Promise<Team> => {
	const team = await openTeam({ clock: runningClock(), dataPush: { queueMs: 50, runMs: 50 } });
	widen(team);
	return team;
};

const push = async ({ n8n }: Team, items: IDataObject[], changes: ParameterChanges = {}) =>
	getOutcome(
		await n8n.run(
			loadWorkflow('list', {
				resource: 'dataPool',
				operation: 'push',
				dataPoolId: defaultPoolId,
				tableName: TABLE,
				...changes,
			}),
			items,
		),
	);

const rowsOf = ({ celonis }: Team) =>
	celonis.dataPools.table(TABLE)?.rows.map(({ [changeDate]: _date, ...row }) => row);

const uploads = ({ path }: RecordedRequest) => path.endsWith('/chunks/upserted');
const looks = ({ method, path }: RecordedRequest) => method === 'GET' && path.includes('/jobs/');
const submissions = ({ method, path }: RecordedRequest) =>
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
	it('puts all items into one table by one job, and says so in one item', async () => {
		const team = await openPool();
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
		expect(rowsOf(team)).toEqual([row('a'), row('b')]);
	});
});

describe('Push Rows', () => {
	it('leaves one row for an event that is pushed twice, in one go or in two', async () => {
		const team = await openPool();
		await push(team, [event('a'), event('b'), event('a', { count: 2 })]);
		expect(rowsOf(team)).toEqual([row('a', { count: 2 }), row('b')]);
		await push(team, [event('b', { count: 3 }), event('c')]);
		expect(rowsOf(team)).toEqual([row('a', { count: 2 }), row('b', { count: 3 }), row('c')]);
	});

	it('replaces the table where that is chosen', async () => {
		const team = await openPool();
		await push(team, [event('a'), event('b')]);
		await push(team, [{ eventId: 'c', other: 'x' }], { mode: 'replace' });
		expect(rowsOf(team)).toEqual([{ eventId: 'c', other: 'x' }]);
	});

	it('takes the columns that are given, and no others', async () => {
		const team = await openPool();
		const column = [
			{ name: 'eventId', type: 'STRING', length: 40 },
			{ name: 'day', type: 'DATE' },
			{ name: 'at', type: 'TIME' },
			{ name: 'missing', type: 'BOOLEAN' },
		];
		const given = { columns: 'given', givenColumns: { column } };
		const { error } = await push(team, [event('a', { day: '2026-06-01', at: '08:00:00' })], given);
		expect(error).toBeUndefined();
		expect(rowsOf(team)).toEqual([
			{ eventId: 'a', day: '2026-06-01', at: '08:00:00', missing: null },
		]);
	});

	it('sends much in chunks', async () => {
		const team = await openPool();
		const text = 'x'.repeat(10_000);
		const many = Array.from({ length: 250 }, (_, i) => ({ eventId: `e${i}`, text }));
		const { error } = await push(team, many, { options: { chunkSize: 1 } });
		expect(error).toBeUndefined();
		expect(team.celonis.requests.filter(({ path }) => path.endsWith('upserted'))).toHaveLength(3);
		expect(rowsOf(team)).toEqual(many);
	});

	it.each<[string, IDataObject, ParameterChanges, RegExp]>([
		['lacks a key', { eventId: null }, {}, /key 'eventId' has no value/],
		['has too long a text', event('b', { text: 'ü'.repeat(40_000) }), {}, /longer than 65000/],
		[
			'does not fit its type',
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
			/'count' is no INTEGER/,
		],
	])('pushes nothing where an item %s', async (_what, item, changes, message) => {
		const team = await openPool();
		const { error } = await push(team, [event('a'), item], changes);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(error?.message).toMatch(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it.each<[string, ParameterChanges, RegExp]>([
		['a key is no column', { keys: 'eventId, other' }, /"other" is no column/],
		['the data pool is missing', { dataPoolId: ' ' }, /'Data Pool ID'/],
		['the data pool is none', { dataPoolId: '..' }, /'Data Pool ID': ".." is no ID/],
		['the mode is none', { mode: 'overwrite' }, /'Mode': "overwrite" is not one of the choices/],
		['the choice of columns is none', { columns: 'some' }, /'Columns': "some"/],
		['the chunk size is none', { options: { chunkSize: 0 } }, /'Chunk Size'/],
	])('asks nothing of Celonis where %s', async (_what, changes, message) => {
		const team = await openPool();
		expect((await push(team, [event('a')], changes)).error?.message).toMatch(message);
		expect(team.celonis.requests).toEqual([]);
	});

	it.each(['oAuth2', 'key'])(
		'shows no secret that a job has in its log (%s)',
		async (authentication) => {
			const team = await openPool();
			const { clientSecret } = team.n8n.credentials.saved.get('oauth')!;
			const { authKey } = team.n8n.credentials.saved.get('key')!;
			const logs = [`Sent by ${clientSecret} or ${authKey}.`];
			team.celonis.dataPools.nextJob({ status: 'ERROR', logs });
			const { error } = await push(team, [event('a')], { authentication });
			const secret = authentication === 'key' ? authKey : clientSecret;
			expect(error?.description).toContain('Sent by ');
			expect(JSON.stringify(error)).not.toContain(secret);
		},
	);

	it('gives one error item for all items where the workflow goes on', async () => {
		const team = await openPool();
		team.celonis.dataPools.nextJob({ status: 'ERROR', logs: ['Out of space.'] });
		const workflow = loadWorkflow('list', {
			resource: 'dataPool',
			operation: 'push',
			dataPoolId: defaultPoolId,
			tableName: TABLE,
		});
		for (const node of workflow.nodes) node.onError = 'continueRegularOutput';
		const { items } = getOutcome(await team.n8n.run(workflow, [event('a'), event('b')]));
		expect(items).toEqual([
			{
				json: {
					error: expect.stringContaining('ended with an error'),
					description: expect.stringContaining('Out of space.'),
				},
				pairedItem: [{ item: 0 }, { item: 1 }],
			},
		]);
	});
});

describe('access to a data pool', () => {
	it('says that the credential does not ask for the scope', async () => {
		const team = await openPool();
		widen(team, 'audit.log:read');
		const { error } = await push(team, [event('a')]);
		expect(error?.message).toContain("the scope 'integration.data-pools:data_push'");
	});

	it('says that the permission of the data pool is missing', async () => {
		const team = await openPool();
		team.celonis.access.appKeys[1]!.pushPools = [];
		const { error } = await push(team, [event('a')], { authentication: 'key' });
		expect(error?.message).toContain("the permission 'Data Push API' of the data pool");
		expect(error?.description).toContain('the data pool → Data Push API');
	});

	it('says where a data pool that is not there may be looked for', async () => {
		const team = await openPool();
		team.celonis.access.appKeys[1]!.pushPools = ['gone'];
		const changes = { authentication: 'key', dataPoolId: 'gone' };
		const { error } = await push(team, [event('a')], changes);
		expect(error?.message).toContain('404');
		expect(error?.description).toContain("check 'Data Pool ID'");
	});
});

describe.each(['upsert', 'replace'])('a push that is disturbed (%s)', (mode) => {
	const keys = mode === 'replace' ? '' : 'eventId';
	const items = Array.from({ length: 150 }, (_, i) => ({
		eventId: `e${i}`,
		text: 'x'.repeat(10_000),
	}));

	it.each<[string, When, () => Parameters<Team['celonis']['faults']['next']>[1]]>([
		['a chunk arrives but its answer is lost', uploads, () => lostAnswer()],
		['a chunk does not arrive', uploads, () => serverError(503)],
		['the connection breaks at a chunk', uploads, () => resetBeforeAnswer()],
		['a chunk comes too soon', uploads, () => rateLimited({ 'x-ratelimit-reset': '0' })],
		['the job is submitted but the answer is lost', submissions, () => lostAnswer()],
		['the job is not submitted', submissions, () => serverError(503)],
		['the job is created but the answer is lost', { method: 'POST' }, () => lostAnswer()],
	])('leaves each row once where %s', async (_what, when, fault) => {
		const team = await openPool();
		team.celonis.faults.next({ when }, fault());
		const { error } = await push(team, items, { mode, keys, options: { chunkSize: 1 } });
		expect(error).toBeUndefined();
		expect(team.celonis.faults.waiting).toBe(0);
		expect(rowsOf(team)).toEqual(items);
	});
});

describe('a job that is under way', () => {
	it('is submitted again when an outage of a moment is over', async () => {
		const team = await openPool();
		let overAtMs = 0;
		team.celonis.faults.decide = (request) => {
			if (!submissions(request)) return undefined;
			overAtMs ||= Date.now() + 500;
			return Date.now() < overAtMs ? serverError(503) : undefined;
		};
		const { error } = await push(team, [event('a')]);
		expect(error).toBeUndefined();
		expect(rowsOf(team)).toEqual([row('a')]);
	});

	it('is waited for where Celonis is out of order for a while', async () => {
		const team = await openPool();
		team.celonis.faults.next({ when: looks, times: 3 }, serverError(500));
		const { error } = await push(team, [event('a')]);
		expect(error).toBeUndefined();
		expect(team.celonis.faults.waiting).toBe(0);
		expect(rowsOf(team)).toEqual([row('a')]);
	});

	it.each([
		['was submitted', false],
		['may have been submitted', true],
	])('is named where it %s and cannot be looked at', async (_what, isAnswerLost) => {
		const team = await openPool();
		if (isAnswerLost) team.celonis.faults.next({ when: submissions }, lostAnswer());
		team.celonis.faults.always({ when: looks }, answerWith(403, { body: { title: 'No.' } }));
		const { error } = await push(team, [event('a')]);
		const [id] = team.celonis.dataPools.jobs.keys();
		expect(error?.message).toMatch(`The data push job has not ended (job ${id} was`);
		expect(error?.message).toContain('403');
		expect(error?.description).toContain('Celonis may still carry it out');
	});
});
