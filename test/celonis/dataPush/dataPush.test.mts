import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultPoolId } from '../access.mts';
import { manualClock } from '../clock.mts';
import { loadContract } from '../contract.mts';
import { lostAnswer, serverError } from '../faultKinds.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { appKeyHeader, get, signInWide, wideAppKeyHeader } from '../testClient.mts';
import { jobsPath } from './endpoints.mts';

const clock = manualClock('2026-06-02T08:00:00Z');
const contract = loadContract();
let simulator: Simulator;
beforeEach(async () => {
	clock.set('2026-06-02T08:00:00Z');
	simulator = await startSimulator({ clock, contract });
});
afterEach(() => simulator.close());

const jobs = jobsPath(defaultPoolId);
const columns = [
	{ columnName: 'id', columnType: 'STRING', fieldLength: 40, pkField: true },
	{ columnName: 'text', columnType: 'STRING', fieldLength: 40 },
	{ columnName: 'amount', columnType: 'INTEGER' },
];
const wanted = {
	targetName: 'EVENTS',
	dataPoolId: defaultPoolId,
	type: 'DELTA',
	fileType: 'CSV',
	keys: ['id'],
	tableSchema: { tableName: 'EVENTS', columns },
};

const post = (path: string, body?: object | FormData, authorization = wideAppKeyHeader) => {
	const isForm = body instanceof FormData;
	const headers: Record<string, string> = { authorization };
	if (body && !isForm) headers['content-type'] = 'application/json';
	return get(simulator, path, {}, null, {
		method: 'POST',
		headers,
		body: isForm ? body : body && JSON.stringify(body),
	});
};
const fileOf = (csv: string) => {
	const form = new FormData();
	form.set('file', new Blob([csv], { type: 'text/csv' }), 'chunk.csv');
	return form;
};
const created = async (changes: object = {}) => {
	const answer = await post(jobs, { ...wanted, ...changes });
	return ((await answer.json()) as { id: string }).id;
};
const add = (id: string, csv: string) => post(`${jobs}${id}/chunks/upserted`, fileOf(csv));
const submit = (id: string) => post(`${jobs}${id}`);
const look = async (id: string) =>
	(await (await get(simulator, jobs + id, {}, wideAppKeyHeader)).json()) as {
		status: string;
		logs: string[];
	};
const push = async (csv: string, changes: object = {}) => {
	const id = await created(changes);
	expect((await add(id, csv)).status).toBe(200);
	expect((await submit(id)).status).toBe(200);
	clock.advance(500);
	return await look(id);
};
const rows = () =>
	simulator.dataPools
		.table('EVENTS')
		?.rows.map(({ _CELONIS_CHANGE_DATE, ...row }) => Object.values(row));

describe('a data push job', () => {
	it('is filled, submitted, and done in its time', async () => {
		const id = await created();
		expect((await look(id)).status).toBe('NEW');
		await add(id, 'id,text,amount\r\na,"x, ""y""\nz 🎉",1\r\n');
		await add(id, 'id,amount,text\r\nb,2,\r\n');
		await submit(id);
		expect((await look(id)).status).toBe('QUEUED');
		clock.advance(200);
		expect((await look(id)).status).toBe('RUNNING');
		expect(simulator.dataPools.table('EVENTS')).toBeUndefined();
		clock.advance(300);
		expect((await look(id)).status).toBe('DONE');
		expect(rows()).toEqual([
			['a', 'x, "y"\nz 🎉', 1],
			['b', null, 2],
		]);
		expect(simulator.dataPools.table('EVENTS')!.rows[0]!._CELONIS_CHANGE_DATE).toBe(
			'2026-06-02T08:00:00.500Z',
		);
		expect(simulator.contractProblems).toEqual([]);
	});

	it('puts rows in by their keys, appends without keys, and replaces where asked to', async () => {
		await push('id,text,amount\na,old,1\nb,old,1\n');
		await push('id,text,amount\nb,new,2\nc,new,2\n');
		expect(rows()).toEqual([
			['a', 'old', 1],
			['b', 'new', 2],
			['c', 'new', 2],
		]);
		await push('id,text,amount\nc,again,3\n', { keys: [] });
		expect(rows()).toHaveLength(4);
		await push('id,text,amount\nd,alone,4\n', { type: 'REPLACE' });
		expect(rows()).toEqual([['d', 'alone', 4]]);
	});

	it.each<[string, string, RegExp]>([
		['a wrong number of fields', 'id,text,amount\na,b\n', /Invalid Record Length/],
		['an open quote', 'id,text,amount\na,"b,1\n', /Quote Not Closed/],
		['an unknown column', 'id,text,more\na,b,1\n', /unknown column "more"/],
		['a column twice', 'id,text,text\na,b,c\n', /twice/],
		['a missing key column', 'text,amount\nb,1\n', /the key "id" is missing/],
		['an empty key', 'id,text,amount\n,b,1\n', /a key is empty/],
		['no integer', 'id,text,amount\na,b,1.5\n', /row 1, column "amount": "1.5" is no INTEGER/],
		['too long a text', `id,text,amount\na,${'ü'.repeat(21)},1\n`, /42 bytes is longer than 40/],
		['no header', '', /no header/],
	])('ends with an error: %s', async (_what, csv, line) => {
		const { status, logs } = await push(csv);
		expect(status).toBe('ERROR');
		expect(logs.join('\n')).toMatch(line);
		expect(simulator.dataPools.table('EVENTS')).toBeUndefined();
	});

	it('reads every type by the parsing options', async () => {
		const types = ['FLOAT', 'BOOLEAN', 'DATE', 'DATETIME', 'TIME', 'INTEGER'];
		const typed = types.map((columnType) => ({ columnName: columnType, columnType }));
		const csvParsingOptions = {
			separatorSequence: ';',
			decimalSeparator: ',',
			thousandSeparator: '.',
			dateFormat: "yyyy-MM-dd'T'HH:mm:ss.SSS",
			additionalColumnOptions: [{ columnName: 'DATE', dateFormat: 'dd.MM.yyyy' }],
		};
		const changes = { keys: [], tableSchema: { columns: typed }, csvParsingOptions };
		const csv = `${types.join(';')}\n1.234,5;true;02.06.2026;2026-06-02T08:00:00.123;08:00:00;-9007199254740993\n`;
		expect((await push(csv, changes)).logs).not.toContain('Job is ERROR.');
		expect(rows()).toEqual([
			[1234.5, true, '2026-06-02', '2026-06-02T08:00:00.123', '08:00:00', '-9007199254740993'],
		]);
		const without = { ...changes, csvParsingOptions: {} };
		const bad = await push('DATETIME\n2026-06-02 08:00:00\n', without);
		expect(bad.status).toBe('ERROR');
	});

	it('bears what is not known: repeated keys, new columns, long and empty texts', async () => {
		const { behaviour } = simulator.dataPools;
		const twice = 'id,text,amount\na,1,1\na,2,2\n';
		await push(twice);
		expect(rows()).toHaveLength(2);
		behaviour.repeatedKeys = 'last';
		await push(twice, { type: 'REPLACE' });
		expect(rows()).toEqual([['a', '2', 2]]);
		behaviour.repeatedKeys = 'error';
		expect((await push(twice)).status).toBe('ERROR');

		const more = {
			tableSchema: { columns: [...columns, { columnName: 'more', columnType: 'BOOLEAN' }] },
		};
		expect((await push('id,more\nb,true\n', more)).status).toBe('ERROR');
		behaviour.newColumns = 'add';
		await push('id,more\nb,true\n', more);
		expect(rows()).toEqual([
			['a', '2', 2, null],
			['b', null, null, true],
		]);

		behaviour.longTexts = 'truncate';
		behaviour.emptyFields = 'quotedText';
		await push(`id,text\na,${'x'.repeat(50)}\nb,""\nc,\n`, { type: 'REPLACE' });
		expect(rows()!.map(([, text]) => text)).toEqual(['x'.repeat(40), '', null]);
	});

	it('can fail, be cancelled or never end', async () => {
		const csv = 'id,text,amount\na,b,1\n';
		simulator.dataPools.nextJob({ status: 'ERROR', logs: ['Out of space.'] });
		simulator.dataPools.nextJob({ status: 'CANCELED' });
		simulator.dataPools.nextJob({ status: 'RUNNING' });
		expect(await push(csv)).toMatchObject({
			status: 'ERROR',
			logs: expect.arrayContaining(['Out of space.']),
		});
		expect((await push(csv)).status).toBe('CANCELED');
		expect((await push(csv)).status).toBe('RUNNING');
		expect((await push(csv)).status).toBe('DONE');
	});

	it('takes no chunk and no second submission once it is submitted', async () => {
		const id = await created();
		await add(id, 'id,text,amount\na,b,1\n');
		await submit(id);
		expect((await submit(id)).status).toBe(400);
		expect((await add(id, 'id,text,amount\nb,b,1\n')).status).toBe(400);
	});

	it('is gone once it is deleted', async () => {
		const id = await created();
		const gone = await get(simulator, jobs + id, {}, wideAppKeyHeader, {
			method: 'DELETE',
			headers: { authorization: wideAppKeyHeader },
		});
		expect(gone.status).toBe(200);
		expect((await submit(id)).status).toBe(404);
	});

	it('can be carried out although the answer is lost', async () => {
		const id = await created();
		simulator.faults.next({ when: { method: 'POST' } }, lostAnswer());
		simulator.faults.next({ when: { method: 'POST' } }, serverError(503));
		expect((await add(id, 'id,text,amount\na,b,1\n')).status).toBe(502);
		expect((await add(id, 'id,text,amount\nz,z,1\n')).status).toBe(503);
		await submit(id);
		clock.advance(500);
		await look(id);
		expect(rows()).toEqual([['a', 'b', 1]]);
	});
});

describe('data push', () => {
	it('refuses a job that is not right, and says which part', async () => {
		const errors = async (changes: object) => {
			const answer = await post(jobs, { ...wanted, ...changes });
			expect(answer.status).toBe(400);
			const body = (await answer.json()) as { errors: Array<{ attribute: string }> };
			return body.errors.map(({ attribute }) => attribute);
		};
		expect(await errors({ targetName: 'a b' })).toContain('targetName');
		expect(await errors({ type: 'UPSERT' })).toEqual(['type']);
		expect(await errors({ fileType: 'PARQUET' })).toEqual(['fileType']);
		expect(await errors({ dataPoolId: 'other' })).toEqual(['dataPoolId']);
		expect(await errors({ keys: ['other'] })).toEqual(['keys']);
		const twice = { columns: [...columns, { columnName: 'ID', columnType: 'STRING' }] };
		expect(await errors({ tableSchema: twice })).toEqual(['tableSchema.columns']);
	});

	it('asks for the scope and for the permission of the data pool', async () => {
		const right = await signInWide(simulator, 'integration.data-pools:data_push');
		const wrong = await signInWide(simulator, 'audit.log:read');
		expect((await post(jobs, wanted, right)).status).toBe(200);
		expect((await post(jobs, wanted, wrong)).status).toBe(403);
		expect((await post(jobs, wanted, appKeyHeader)).status).toBe(403);
		expect((await post(jobsPath('other'), wanted)).status).toBe(403);
		simulator.access.appKeys[1]!.pushPools!.push('other');
		expect((await post(jobsPath('other'), wanted)).status).toBe(404);
	});

	it('limits chunks, and submissions a second and an hour', async () => {
		const { behaviour } = simulator.dataPools;
		behaviour.maxChunkBytes = 20;
		const id = await created();
		expect((await add(id, 'id,text,amount\na,b,1\n')).status).toBe(413);
		expect((await post(`${jobs}${id}/chunks/upserted`, {})).status).toBe(400);
		for (let times = 0; times < 10; times++) expect((await submit('none')).status).toBe(404);
		expect((await submit('none')).status).toBe(429);
		behaviour.submitsPerHour = 12;
		clock.advance(1000);
		expect((await submit('none')).status).toBe(404);
		clock.advance(1000);
		expect((await submit('none')).status).toBe(429);
		clock.set('2026-06-02T09:00:00Z');
		expect((await submit('none')).status).toBe(404);
	});

	it('answers at the older path and the newer, or at one of them', async () => {
		const older = jobs.replace('data-ingestion', 'integration');
		expect((await post(older, wanted)).status).toBe(200);
		simulator.dataPools.behaviour.base = 'integration';
		expect((await post(older, wanted)).status).toBe(200);
		expect((await post(jobs, wanted)).status).toBe(404);
	});

	it('shows its tables to people and to programs', async () => {
		await push('id,text,amount\na,<b>,1\n');
		const json = await get(simulator, '/simulator/tables', {}, null);
		expect(await json.json()).toMatchObject([{ name: 'EVENTS', rows: [{ id: 'a', amount: 1 }] }]);
		const headers = { accept: 'text/html' };
		const html = await get(simulator, '/simulator/tables', {}, null, { headers });
		expect(await html.text()).toContain('<td>&#60;b&#62;</td>');
	});
});
