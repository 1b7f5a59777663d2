import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Clock } from './clock.mts';
import { manualClock } from './clock.mts';
import { AuditLog } from './log.mts';
import { publishedSamples } from './records.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import type { Query } from './testClient.mts';
import { get, getPageV1, getPageV2 } from './testClient.mts';
import { fillLog, getName, createRecord } from './testRecords.mts';

const start = '2026-05-01T00:00:00.000Z';

let clock: Clock;
let log: AuditLog;
let simulator: Simulator;
beforeEach(async () => {
	clock = manualClock();
	log = new AuditLog();
	simulator = await startSimulator({ clock, log });
});
afterEach(() => simulator.close());

const versions = [
	{ path: auditV1Path, size: 'pageSize', max: 200 },
	{ path: auditV2Path, size: 'limit', max: 500 },
];

describe.each(versions)('$path', ({ path, size, max }) => {
	const names = async (query: Query = {}) => {
		const response = await get(simulator, path, query);
		const text = await response.text();
		if (text === '') return [];
		return (JSON.parse(text) as { content: Parameters<typeof getName>[0][] }).content.map(getName);
	};
	const status = async (query: Query) => (await get(simulator, path, query)).status;

	it(`returns 200 records by default and at most ${max}`, async () => {
		fillLog(log, max + 1, start);
		expect(await names()).toHaveLength(200);
		expect(await names({ [size]: 1 })).toEqual([String(max)]);
		expect(await names({ [size]: max })).toHaveLength(max);
	});

	it('rejects page sizes that are not numbers or out of range', async () => {
		for (const wrong of [0, -1, max + 1, '', 'ten', '1.0', '1e1', ' 1']) {
			expect(await status({ [size]: wrong })).toBe(400);
		}
	});

	it('accepts dates with and without milliseconds, and reads those without a zone as UTC', async () => {
		fillLog(log, 10, start);
		const end = await names({ from: '2026-05-01T00:00:08.000Z' });
		expect(end).toEqual(['9', '8']);
		expect(await names({ from: '2026-05-01T00:00:08Z' })).toEqual(end);
		expect(await names({ from: '2026-05-01T00:00:08' })).toEqual(end);
	});

	it('rejects other dates, and a window that ends before it starts', async () => {
		const wrong = [
			'',
			'yesterday',
			'2026-05-01',
			'1777593600000',
			'2026-05-01 00:00:08',
			'2026-05-01T00:00:08+02:00',
			'2026-05-01T00:00:08.1Z',
			'2026-05-01T00:00:08.123456Z',
			'2026-05-01T00:00:08.000',
			'2026-02-30T00:00:08.000Z',
			'2026-13-01T00:00:08.000Z',
			'2026-05-01T24:00:00.000Z',
			'2026-05-01T00:00:61Z',
		];
		for (const date of wrong) {
			expect([date, await status({ from: date })]).toEqual([date, 400]);
			expect([date, await status({ to: date })]).toEqual([date, 400]);
		}
		const backwards = { from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' };
		expect(await status(backwards)).toBe(400);
		const twice = await get(
			simulator,
			`${path}?from=2026-05-01T00:00:00Z&from=2026-05-01T00:00:00Z`,
		);
		expect(twice.status).toBe(400);
	});

	it.each([
		['inclusive', 'inclusive', ['2', '1']],
		['inclusive', 'exclusive', ['1']],
		['exclusive', 'inclusive', ['2']],
		['exclusive', 'exclusive', []],
	] as const)('can have an %s start and an %s end', async (fromBound, toBound, expected) => {
		fillLog(log, 4, start);
		Object.assign(simulator.behaviour, { fromBound, toBound });
		const window = { from: '2026-05-01T00:00:01.000Z', to: '2026-05-01T00:00:02.000Z' };
		expect(await names(window)).toEqual(expected);
	});

	it('supports each order', async () => {
		fillLog(log, 30, start);
		const newestFirst = await names();
		simulator.behaviour.order = 'asc';
		expect(await names()).toEqual([...newestFirst].reverse());
		simulator.behaviour.order = 'shuffled';
		const shuffled = await names();
		expect(shuffled).not.toEqual(newestFirst);
		expect([...shuffled].sort()).toEqual([...newestFirst].sort());
		expect(await names()).toEqual(shuffled);
	});

	it('shows a late event once it is visible', async () => {
		const lateMs = 9 * 60_000;
		log.append(createRecord(clock.now(), 'late'), { visibleFrom: clock.now() + lateMs });
		log.append(createRecord(clock.now(), 'in time'));
		expect(await names()).toEqual(['in time']);
		clock.advance(lateMs - 1);
		expect(await names()).toEqual(['in time']);
		clock.advance(1);
		expect((await names()).sort()).toEqual(['in time', 'late']);
	});

	it('serves records byte for byte, identical ones too', async () => {
		const text = '{ "event":"X",  "timestamp":"2026-05-01T00:00:00Z","message":null,"big":1.50e3 }';
		log.append(text);
		log.append(text);
		expect(await (await get(simulator, path)).text()).toContain(`[${text},${text}]`);
	});

	it('sends its own time as Date, to the second', async () => {
		clock.set('2026-03-04T05:06:07.890Z');
		const response = await get(simulator, path);
		expect(response.headers.get('date')).toBe('Wed, 04 Mar 2026 05:06:07 GMT');
	});

	it('can take time for a page', async () => {
		const before = clock.now();
		simulator.behaviour.pageTimeMs = 1500;
		await get(simulator, path);
		expect(clock.now()).toBe(before + 1500);
	});

	it.each([
		['204', 204, /^$/],
		['page', 200, /^\{"content":\[\]/],
		['nullContent', 200, /^\{"content":null,/],
		['onlyCount', 200, /^\{(?!.*content).*"totalCount":0\}$/],
	] as const)('can respond to an empty window with a %s', async (form, status, body) => {
		Object.assign(simulator.behaviour, { v1Empty: form, v2Empty: form });
		const response = await get(simulator, path);
		expect(response.status).toBe(status);
		expect(await response.text()).toMatch(body);
	});
});

describe('a simulator with default options', () => {
	it('holds the published sample record', async () => {
		const usual = await startSimulator();
		expect((await getPageV2(usual)).content).toEqual(publishedSamples);
		expect(await getPageV1(usual)).toEqual({
			content: publishedSamples,
			pageNumber: 0,
			pageSize: 200,
			totalCount: 1,
		});
		await usual.close();
	});
});
