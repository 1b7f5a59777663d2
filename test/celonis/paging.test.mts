import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV2Path } from './auditV2.mts';
import type { Clock } from './clock.mts';
import { manualClock } from './clock.mts';
import { AuditLog } from './log.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { chainV2, get, pageV1, pageV2 } from './testClient.mts';
import { fill, nameOf, recordAt } from './testRecords.mts';

let clock: Clock;
let log: AuditLog;
let simulator: Simulator;
beforeEach(async () => {
	clock = manualClock();
	log = new AuditLog();
	simulator = await startSimulator({ clock, log });
	fill(log, 10, '2026-05-01T00:00:00.000Z');
});
afterEach(() => simulator.close());

const happens = () => log.append(recordAt(clock.now(), 'new'));

describe('version 1', () => {
	it('counts pages from 0 and records in totalCount', async () => {
		const page = await pageV1(simulator, { pageNumber: 1, pageSize: 4 });
		expect(page).toMatchObject({ pageNumber: 1, pageSize: 4, totalCount: 10 });
		expect(page.content.map(nameOf)).toEqual(['5', '4', '3', '2']);
	});

	it('shifts while events arrive, so that a record comes twice', async () => {
		const first = await pageV1(simulator, { pageNumber: 0, pageSize: 5 });
		happens();
		const second = await pageV1(simulator, { pageNumber: 1, pageSize: 5 });
		expect(second.totalCount).toBe(11);
		expect(second.content[0]).toEqual(first.content[4]);
	});
});

describe('version 2', () => {
	it.each(['desc', 'asc', 'shuffled'] as const)(
		'does not shift while events arrive (%s)',
		async (order) => {
			simulator.behaviour.order = order;
			const pages = await chainV2(simulator, { limit: 3 }, () => {
				happens();
				clock.advance(60_000);
			});
			expect(pages.map(({ content }) => content.length)).toEqual([3, 3, 3, 1]);
			const names = pages.flatMap(({ content }) => content.map(nameOf));
			expect([...names].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
			expect((await pageV2(simulator, { limit: 500 })).content).toHaveLength(13);
		},
	);

	it('does not let a late event into a chain that was begun before', async () => {
		const visibleFrom = clock.now() + 1000;
		log.append(recordAt('2026-05-01T00:00:00.500Z', 'late'), { visibleFrom });
		const pages = await chainV2(simulator, { limit: 6 }, () => clock.advance(1000));
		expect(pages.flatMap(({ content }) => content)).toHaveLength(10);
	});

	it('ends on a full page without a further one', async () => {
		const pages = await chainV2(simulator, { limit: 5 });
		expect(pages).toHaveLength(2);
	});

	it.each([
		['absent', undefined],
		['empty', ''],
		['null', null],
	] as const)('can end with a token that is %s', async (lastToken, value) => {
		simulator.behaviour.lastToken = lastToken;
		const page = await pageV2(simulator);
		expect('nextPageToken' in page).toBe(lastToken !== 'absent');
		expect(page.nextPageToken).toBe(value);
	});

	it('can put empty pages with a token in between, without losing a record', async () => {
		simulator.behaviour.emptyPageWithToken = true;
		const pages = await chainV2(simulator, { limit: 3 });
		expect(pages.map(({ content }) => content.length)).toEqual([0, 3, 3, 0, 3, 1]);
		const tokens = pages.map(({ nextPageToken }) => nextPageToken);
		expect(new Set(tokens).size).toBe(tokens.length);
	});

	it('shows a page again for the same token', async () => {
		const { nextPageToken } = await pageV2(simulator, { limit: 4 });
		const again = { limit: 4, pageToken: nextPageToken! };
		expect(await pageV2(simulator, again)).toEqual(await pageV2(simulator, again));
	});

	it('refuses tokens it did not give out, and those of another window', async () => {
		const from = '2026-05-01T00:00:01.000Z';
		const { nextPageToken } = await pageV2(simulator, { from, limit: 4 });
		const pageToken = nextPageToken!;
		const status = async (query: Record<string, string>) =>
			(await get(simulator, auditV2Path, query)).status;
		expect(await status({ from, pageToken })).toBe(200);
		expect(await status({ pageToken })).toBe(400);
		expect(await status({ from, to: '2026-06-01T00:00:00Z', pageToken })).toBe(400);
		for (const wrong of ['', 'abc', pageToken.slice(0, -2), `${pageToken}AAAA`]) {
			expect([wrong, await status({ from, pageToken: wrong })]).toEqual([wrong, 400]);
		}
		const refusal = await get(simulator, auditV2Path, { pageToken: 'abc' });
		expect(await refusal.json()).toMatchObject({ errorCode: 'GENERAL_PARAMETER_MISSMATCH' });
	});
});
