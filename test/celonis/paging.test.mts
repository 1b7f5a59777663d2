import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV2Path } from './auditV2.mts';
import type { Clock } from './clock.mts';
import { manualClock } from './clock.mts';
import { AuditLog } from './log.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { getAllPagesV2, get, getPageV1, getPageV2 } from './testClient.mts';
import { fillLog, getName, createRecord } from './testRecords.mts';

let clock: Clock;
let log: AuditLog;
let simulator: Simulator;
beforeEach(async () => {
	clock = manualClock();
	log = new AuditLog();
	simulator = await startSimulator({ clock, log });
	fillLog(log, 10, '2026-05-01T00:00:00.000Z');
});
afterEach(() => simulator.close());

const happens = () => log.append(createRecord(clock.now(), 'new'));

describe('version 1', () => {
	it('counts pages from 0 and records in totalCount', async () => {
		const page = await getPageV1(simulator, { pageNumber: 1, pageSize: 4 });
		expect(page).toMatchObject({ pageNumber: 1, pageSize: 4, totalCount: 10 });
		expect(page.content.map(getName)).toEqual(['5', '4', '3', '2']);
	});

	it('shifts while events arrive, so that a record occurs twice', async () => {
		const first = await getPageV1(simulator, { pageNumber: 0, pageSize: 5 });
		happens();
		const second = await getPageV1(simulator, { pageNumber: 1, pageSize: 5 });
		expect(second.totalCount).toBe(11);
		expect(second.content[0]).toEqual(first.content[4]);
	});
});

describe('version 2', () => {
	it.each(['desc', 'asc', 'shuffled'] as const)(
		'does not shift while events arrive (%s)',
		async (order) => {
			simulator.behaviour.order = order;
			const pages = await getAllPagesV2(simulator, { limit: 3 }, () => {
				happens();
				clock.advance(60_000);
			});
			expect(pages.map(({ content }) => content.length)).toEqual([3, 3, 3, 1]);
			const names = pages.flatMap(({ content }) => content.map(getName));
			expect([...names].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
			expect((await getPageV2(simulator, { limit: 500 })).content).toHaveLength(13);
		},
	);

	it('does not add a late event to a sequence that has started', async () => {
		const visibleFrom = clock.now() + 1000;
		log.append(createRecord('2026-05-01T00:00:00.500Z', 'late'), { visibleFrom });
		const pages = await getAllPagesV2(simulator, { limit: 6 }, () => clock.advance(1000));
		expect(pages.flatMap(({ content }) => content)).toHaveLength(10);
	});

	it('ends after a full page if nothing follows', async () => {
		const pages = await getAllPagesV2(simulator, { limit: 5 });
		expect(pages).toHaveLength(2);
	});

	it.each([
		['absent', undefined],
		['empty', ''],
		['null', null],
	] as const)('can end with a token that is %s', async (lastToken, value) => {
		simulator.behaviour.lastToken = lastToken;
		const page = await getPageV2(simulator);
		expect('nextPageToken' in page).toBe(lastToken !== 'absent');
		expect(page.nextPageToken).toBe(value);
	});

	it('can have tokens that are numbers, from 0', async () => {
		simulator.behaviour.tokenForm = 'number';
		const first = await getPageV2(simulator, { limit: 4 });
		const second = await getPageV2(simulator, { limit: 4, pageToken: first.nextPageToken! });
		expect([first, second].map(({ nextPageToken }) => nextPageToken)).toEqual([0, 1]);
		expect(second.content.map(getName)).toEqual(['5', '4', '3', '2']);
		const unknown = { limit: 4, pageToken: 2 };
		expect((await get(simulator, auditV2Path, unknown)).status).toBe(400);
	});

	it.each([400, 404, 410] as const)('can let tokens expire, with status %d', async (status) => {
		const { behaviour } = simulator;
		behaviour.expiredTokenStatus = status;
		behaviour.pageTokenLife = { requests: 2, ms: Infinity };
		const first = await getPageV2(simulator, { limit: 4 });
		const query = { limit: 4, pageToken: first.nextPageToken! };
		const use = async () => (await get(simulator, auditV2Path, query)).status;
		expect([await use(), await use(), await use()]).toEqual([200, 200, status]);
	});

	it('can insert empty pages with a token, without losing a record', async () => {
		simulator.behaviour.emptyPageWithToken = true;
		const pages = await getAllPagesV2(simulator, { limit: 3 });
		expect(pages.map(({ content }) => content.length)).toEqual([0, 3, 3, 0, 3, 1]);
		const tokens = pages.map(({ nextPageToken }) => nextPageToken);
		expect(new Set(tokens).size).toBe(tokens.length);
	});

	it('repeats a page for the same token', async () => {
		const { nextPageToken } = await getPageV2(simulator, { limit: 4 });
		const again = { limit: 4, pageToken: nextPageToken! };
		expect(await getPageV2(simulator, again)).toEqual(await getPageV2(simulator, again));
	});

	it('rejects tokens that it did not issue, and those of another window', async () => {
		const from = '2026-05-01T00:00:01.000Z';
		const { nextPageToken } = await getPageV2(simulator, { from, limit: 4 });
		const pageToken = String(nextPageToken);
		const status = async (query: Record<string, string>) =>
			(await get(simulator, auditV2Path, query)).status;
		expect(await status({ from, pageToken })).toBe(200);
		expect(await status({ pageToken })).toBe(400);
		expect(await status({ from, to: '2026-06-01T00:00:00Z', pageToken })).toBe(400);
		for (const wrong of ['', 'abc', pageToken.slice(0, -2), `${pageToken}AAAA`]) {
			expect([wrong, await status({ from, pageToken: wrong })]).toEqual([wrong, 400]);
		}
		const rejection = await get(simulator, auditV2Path, { pageToken: 'abc' });
		expect(await rejection.json()).toMatchObject({ errorCode: 'GENERAL_PARAMETER_MISSMATCH' });
	});
});
