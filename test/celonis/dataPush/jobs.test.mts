import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../clock.mts';
import { loadContract } from '../contract.mts';
import { lostResponse, serverError } from '../faults/index.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { fullAccessAppKeyHeader, get } from '../testClient.mts';
import { columns, createPushClient, jobsPath } from './testClient.mts';

const clock = manualClock('2026-06-02T08:00:00Z');

const contract = loadContract();

let simulator: Simulator;

beforeEach(async () => {
	clock.set('2026-06-02T08:00:00Z');
	simulator = await startSimulator({ clock, contract });
});

afterEach(() => simulator.close());
const { createJob, addChunk, submit, getJob, push, getRows } = createPushClient(() => simulator);

describe('a data push job', () => {
	it('is filled, submitted and done after some time', async () => {
		const id = await createJob();
		expect((await getJob(id)).status).toBe('NEW');
		await addChunk(id, 'id,text,amount\r\na,"x, ""y""\nz 🎉",1\r\n');
		await addChunk(id, 'id,amount,text\r\nb,2,\r\n');
		await submit(id);
		expect((await getJob(id)).status).toBe('QUEUED');
		clock.advance(200);
		expect((await getJob(id)).status).toBe('RUNNING');
		expect(simulator.dataPools.getTable('EVENTS')).toBeUndefined();
		clock.advance(300);
		expect((await getJob(id)).status).toBe('DONE');
		expect(getRows()).toEqual([
			['a', 'x, "y"\nz 🎉', 1],
			['b', null, 2],
		]);
		expect(simulator.dataPools.getTable('EVENTS')!.rows[0]!._CELONIS_CHANGE_DATE).toBe(
			'2026-06-02T08:00:00.500Z',
		);
		expect(simulator.contractProblems).toEqual([]);
	});

	it('upserts rows by their keys, appends without keys, and replaces in REPLACE mode', async () => {
		await push('id,text,amount\na,old,1\nb,old,1\n');
		await push('id,text,amount\nb,new,2\nc,new,2\n');
		expect(getRows()).toEqual([
			['a', 'old', 1],
			['b', 'new', 2],
			['c', 'new', 2],
		]);
		await push('id,text,amount\nc,again,3\n', { keys: [] });
		expect(getRows()).toHaveLength(4);
		await push('id,text,amount\nd,alone,4\n', { type: 'REPLACE' });
		expect(getRows()).toEqual([['d', 'alone', 4]]);
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
		expect(simulator.dataPools.getTable('EVENTS')).toBeUndefined();
	});

	it('parses every type by the parsing options', async () => {
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
		expect(getRows()).toEqual([
			[1234.5, true, '2026-06-02', '2026-06-02T08:00:00.123', '08:00:00', '-9007199254740993'],
		]);
		const without = { ...changes, csvParsingOptions: {} };
		const bad = await push('DATETIME\n2026-06-02 08:00:00\n', without);
		expect(bad.status).toBe('ERROR');
	});

	it('supports every undocumented behaviour: repeated keys, new columns, long and empty texts', async () => {
		const { behaviour } = simulator.dataPools;
		const twice = 'id,text,amount\na,1,1\na,2,2\n';
		await push(twice);
		expect(getRows()).toHaveLength(2);
		behaviour.repeatedKeys = 'last';
		await push(twice, { type: 'REPLACE' });
		expect(getRows()).toEqual([['a', '2', 2]]);
		behaviour.repeatedKeys = 'error';
		expect((await push(twice)).status).toBe('ERROR');

		const more = {
			tableSchema: { columns: [...columns, { columnName: 'more', columnType: 'BOOLEAN' }] },
		};
		expect((await push('id,more\nb,true\n', more)).status).toBe('ERROR');
		behaviour.newColumns = 'add';
		await push('id,more\nb,true\n', more);
		expect(getRows()).toEqual([
			['a', '2', 2, null],
			['b', null, null, true],
		]);

		behaviour.longTexts = 'truncate';
		behaviour.emptyFields = 'quotedText';
		await push(`id,text\na,${'x'.repeat(50)}\nb,""\nc,\n`, { type: 'REPLACE' });
		expect(getRows()!.map(([, text]) => text)).toEqual(['x'.repeat(40), '', null]);
	});

	it('can fail, be cancelled or never end', async () => {
		const csv = 'id,text,amount\na,b,1\n';
		simulator.dataPools.setNextOutcome({ status: 'ERROR', logs: ['Out of space.'] });
		simulator.dataPools.setNextOutcome({ status: 'CANCELED' });
		simulator.dataPools.setNextOutcome({ status: 'RUNNING' });
		expect(await push(csv)).toMatchObject({
			status: 'ERROR',
			logs: expect.arrayContaining(['Out of space.']),
		});
		expect((await push(csv)).status).toBe('CANCELED');
		expect((await push(csv)).status).toBe('RUNNING');
		expect((await push(csv)).status).toBe('DONE');
	});

	it('rejects chunks and a second submission once it is submitted', async () => {
		const id = await createJob();
		await addChunk(id, 'id,text,amount\na,b,1\n');
		await submit(id);
		expect((await submit(id)).status).toBe(400);
		expect((await addChunk(id, 'id,text,amount\nb,b,1\n')).status).toBe(400);
	});

	it('is gone once it is deleted', async () => {
		const id = await createJob();
		const gone = await get(simulator, jobsPath + id, {}, fullAccessAppKeyHeader, {
			method: 'DELETE',
			headers: { authorization: fullAccessAppKeyHeader },
		});
		expect(gone.status).toBe(200);
		expect((await submit(id)).status).toBe(404);
	});

	it('can be executed although the response is lost', async () => {
		const id = await createJob();
		simulator.faults.next({ when: { method: 'POST' } }, lostResponse());
		simulator.faults.next({ when: { method: 'POST' } }, serverError(503));
		expect((await addChunk(id, 'id,text,amount\na,b,1\n')).status).toBe(502);
		expect((await addChunk(id, 'id,text,amount\nz,z,1\n')).status).toBe(503);
		await submit(id);
		clock.advance(500);
		await getJob(id);
		expect(getRows()).toEqual([['a', 'b', 1]]);
	});
});
