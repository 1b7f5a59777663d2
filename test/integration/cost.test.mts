import crypto from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { addEvent, openTeam, getOutcome, getVisibleRecords, type Team } from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { DAY_MS, MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, toIso } from './n8n/runNode.mts';

afterEach(() => {
	jest.restoreAllMocks();
});

/** Counts the costs of the following work, none of which is a time. */
function countCosts({ celonis }: Team) {
	const hash = jest.spyOn(crypto, 'hash');
	const parse = jest.spyOn(JSON, 'parse');
	const before = celonis.requests.length;
	return () => {
		// The texts of events begin with the length of the team's name, those of credentials do not.
		const hashed = hash.mock.calls
			.map(([, data]) => data as string)
			.filter((data) => /^\d/.test(data))
			.map((data) => Buffer.byteLength(data));
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
	getVisibleRecords(team).reduce(
		(sum, record) => sum + Buffer.byteLength(JSON.stringify(record)),
		0,
	);

describe('reading all of a window with about 6 000 events', () => {
	it.each([
		// Sequential pages, and nothing else.
		['v2', 1, 'closed', 0],
		['v1', 1, 'closed', 0],
		// The first page determines how the window is closed or split; slices end in short pages.
		['v2', 1, 'open', 1],
		['v2', 4, 'closed', 6],
		['v2', 8, 'closed', 12],
		['v1', 4, 'closed', 8],
		['v1', 8, 'closed', 14],
	] as const)(
		'by API %s with concurrency %i and a window that is %s takes at most %i additional requests',
		async (apiVersion, concurrency, end, maxAdditional) => {
			const team = await openTeam({
				backlog: { events: 6_000, days: 2 },
				// The contract is held against each page, which parses it too.
				contract: undefined,
			});
			const getCosts = countCosts(team);
			const { items, error } = getOutcome(
				await team.n8n.run(
					loadWorkflow('list', {
						from: toIso(NOW_MS - 3 * DAY_MS),
						...(end === 'closed' && { to: toIso(NOW_MS) }),
						returnAll: true,
						options: { apiVersion, concurrency },
					}),
				),
			);
			const costs = getCosts();
			expect(error).toBeUndefined();
			const count = getVisibleRecords(team).length;
			expect(items).toHaveLength(count);

			const pages = Math.ceil(count / (apiVersion === 'v1' ? 200 : 500));
			expect(costs.requests).toBeLessThanOrEqual(pages + maxAdditional);
			// An empty part of version 1 has no page.
			expect(costs.pagesParsed).toBeLessThanOrEqual(costs.requests);
			expect(costs.hashes).toBe(count);
			expect(costs.bytesHashed).toBeLessThan(recordBytes(team));
		},
	);
});

describe('event IDs that nobody sees', () => {
	it.each([
		['raw output', { output: 'raw' }, 0],
		['fields without the ID', { options: { fields: 'timestamp, actor.email' } }, 0],
		['OCSF fields without the ID', { output: 'ocsf', options: { fields: 'time, actor' } }, 0],
		['OCSF fields with the ID', { output: 'ocsf', options: { fields: 'metadata.uid' } }, 300],
		['filters', { filters: { text: 'number-7"' } }, 1],
	])('are not computed: %s', async (_, parameters, hashes) => {
		const team = await openTeam();
		for (let i = 0; i < 300; i++) addEvent(team, NOW_MS - DAY_MS / 2 + i * 1000, `number-${i}`);
		const getCosts = countCosts(team);
		const { error } = getOutcome(
			await team.n8n.run(
				loadWorkflow('list', { from: toIso(NOW_MS - DAY_MS), returnAll: true, ...parameters }),
			),
		);
		expect(error).toBeUndefined();
		expect(getCosts()).toMatchObject({ hashes });
	});
});

describe('a poll of the trigger', () => {
	const activate = async (options: IDataObject) => {
		const team = await openTeam({ backlog: { events: 20_000, days: 20 } });
		const trigger = team.n8n.activate(loadWorkflow('trigger', { options }));
		await trigger.poll();
		return { team, trigger };
	};

	it('of a quiet log takes one request and hashes no event', async () => {
		const { team, trigger } = await activate({});
		for (let poll = 0; poll < 12; poll++) {
			team.celonis.clock.advance(MINUTE_MS);
			const getCosts = countCosts(team);
			await trigger.poll();
			expect(getCosts()).toMatchObject({ requests: 1, hashes: 0 });
		}
	});

	it('hashes each event at most twice per poll within the lookback', async () => {
		const { team, trigger } = await activate({ lookback: 5 });
		for (let poll = 0; poll < 12; poll++) {
			const now = team.celonis.clock.now();
			for (let i = 0; i < 20; i++) addEvent(team, now + 1000 + i, `${poll}-${i}`);
			team.celonis.clock.advance(MINUTE_MS);
			const getCosts = countCosts(team);
			expect(await trigger.poll()).toHaveLength(20);
			const { requests, hashes } = getCosts();
			expect(requests).toBe(1);
			expect(hashes).toBeLessThanOrEqual(2 * 20 * 7);
		}
	});
});
