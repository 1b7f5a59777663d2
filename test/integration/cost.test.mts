import crypto from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { addEvent, openTeam, getOutcome, visible, type Team } from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

afterEach(() => {
	jest.restoreAllMocks();
});

/** What the work that follows costs, counted; none of it is a time. */
function countCosts({ celonis }: Team) {
	const hash = jest.spyOn(crypto, 'hash');
	const parse = jest.spyOn(JSON, 'parse');
	const before = celonis.requests.length;
	return () => {
		const hashed = hash.mock.calls.map(([, data]) => Buffer.byteLength(data as string));
		const costs = {
			requests: celonis.requests.slice(before).filter(({ path }) => path.startsWith('/log')).length,
			pagesParsed: parse.mock.calls.filter(([text]) => /"content":\s*\[/.test(text)).length,
			hashes: hashed.length,
			bytesHashed: hashed.reduce((sum, bytes) => sum + bytes, 0),
		};
		jest.restoreAllMocks();
		return costs;
	};
}

const recordBytes = (team: Team) =>
	visible(team).reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0);

describe('reading all of a window of some 10 000 events', () => {
	it.each([
		// One chain of pages, and nothing else.
		['v2', 1, 'closed', 0],
		['v1', 1, 'closed', 0],
		// The first page tells when to close the window, or how to cut it; slices end in short pages.
		['v2', 1, 'open', 1],
		['v2', 4, 'closed', 6],
		['v2', 8, 'closed', 12],
		['v1', 4, 'closed', 8],
		['v1', 8, 'closed', 14],
	] as const)(
		'by %s with %i at once, the window %s, takes at most %i requests more than there are pages',
		async (apiVersion, concurrency, end, most) => {
			const team = await openTeam({
				backlog: { events: 10_000, days: 2 },
				// The contract is held against each page, which parses it too.
				contract: undefined,
			});
			const costsOf = countCosts(team);
			const { items, error } = getOutcome(
				await team.n8n.run(
					loadWorkflow('list', {
						from: new Date(NOW - 3 * DAY).toISOString(),
						...(end === 'closed' && { to: new Date(NOW).toISOString() }),
						returnAll: true,
						options: { apiVersion, concurrency },
					}),
				),
			);
			const costs = costsOf();
			expect(error).toBeUndefined();
			const count = visible(team).length;
			expect(items).toHaveLength(count);

			const pages = Math.ceil(count / (apiVersion === 'v1' ? 200 : 500));
			expect(costs.requests).toBeLessThanOrEqual(pages + most);
			// An empty part of version 1 has no page.
			expect(costs.pagesParsed).toBeLessThanOrEqual(costs.requests);
			expect(costs.hashes).toBe(count);
			expect(costs.bytesHashed).toBeLessThan(recordBytes(team));
		},
	);
});

describe('a poll of the trigger', () => {
	const activate = async (options: IDataObject) => {
		const team = await openTeam({ backlog: { events: 20_000, days: 20 } });
		const trigger = team.n8n.activate(loadWorkflow('trigger', { options }));
		await trigger.poll();
		return { team, trigger };
	};

	it('of a quiet log costs one request, and nothing is hashed', async () => {
		const { team, trigger } = await activate({});
		for (let poll = 0; poll < 12; poll++) {
			team.celonis.clock.advance(MINUTE);
			const costsOf = countCosts(team);
			await trigger.poll();
			expect(costsOf()).toMatchObject({ requests: 1, hashes: 0 });
		}
	});

	it('with some events hashes each of them twice while it is within the lookback', async () => {
		const { team, trigger } = await activate({ lookback: 5 });
		for (let poll = 0; poll < 12; poll++) {
			const now = team.celonis.clock.now();
			for (let i = 0; i < 20; i++) addEvent(team, now + 1000 + i, `${poll}-${i}`);
			team.celonis.clock.advance(MINUTE);
			const costsOf = countCosts(team);
			expect(await trigger.poll()).toHaveLength(20);
			const { requests, hashes } = costsOf();
			expect(requests).toBe(1);
			expect(hashes).toBeLessThanOrEqual(2 * 20 * 7);
		}
	});
});
