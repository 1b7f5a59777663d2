import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import * as faults from '../celonis/faults/index.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, openTeam, getRecords, getVisibleRecords, type Team } from './n8n/team.mts';
import { skipPauses } from '../support/pauses.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { DAY_MS } from '../support/durations.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

skipPauses();

const BACKLOG = { events: 4000, days: 2 };

/** Lists all events of the last three days. */
const listAll = async (team: Team, options: IDataObject) =>
	await runNode(team, { from: toIso(NOW_MS - 3 * DAY_MS), returnAll: true, options });

/** Returns a function that returns the maximum number of parallel requests for pages. */
function watchParallelRequests({ celonis }: Team): () => number {
	let max = 0;
	celonis.faults.decide = () => {
		const open = celonis.requests.filter(
			({ status, fault, path }) => status === undefined && !fault && path.startsWith('/log'),
		);
		max = Math.max(max, open.length);
		return undefined;
	};
	return () => max;
}

/** The maximum number of parallel requests among the first ones of a poll. */
async function countParallelAtFirst(team: Team, poll: () => Promise<unknown>): Promise<number> {
	const { requests, faults: injector } = team.celonis;
	const before = requests.length;
	let max = 0;
	injector.decide = () => {
		const open = requests.slice(before).filter(({ status }) => status === undefined);
		if (requests.length - before <= 8) max = Math.max(max, open.length);
		return undefined;
	};
	await poll();
	return max;
}

describe('the trigger', () => {
	it('continues a backlog with the concurrency of the last poll', async () => {
		const team = await openTeam({
			backlog: { events: 40_000, days: 20 },
			behaviour: { latencyMs: 20 },
			contract: undefined,
		});
		const trigger = team.n8n.activate(
			loadWorkflow('trigger', {
				startFrom: 'date',
				startDate: toIso(NOW_MS - 21 * DAY_MS),
				options: { maxEventsPerPoll: 18_000, concurrency: 8 },
			}),
		);
		expect(await countParallelAtFirst(team, async () => await trigger.poll())).toBe(2);
		const next = await countParallelAtFirst(team, async () => await trigger.poll());
		expect(next).toBeGreaterThanOrEqual(4);
	});
});

describe('Concurrency', () => {
	it.each([
		['v1', 1],
		['v1', 4],
		['v2', 1],
		['v2', 4],
		['v2', 16],
	] as const)(
		'does not change the result (%s, concurrency %p)',
		async (apiVersion, concurrency) => {
			const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
			const getMaxParallel = watchParallelRequests(team);
			const { items, error } = await listAll(team, { apiVersion, concurrency });

			expect(error).toBeUndefined();
			expect(toSortedJson(getRecords(getJson(items)))).toEqual(
				toSortedJson(getVisibleRecords(team)),
			);
			const times = items.map(({ json }) => Date.parse(String(json.timestamp)));
			expect(times).toEqual([...times].sort((a, b) => b - a));
			expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
			expect(getMaxParallel()).toBeGreaterThanOrEqual(Math.min(concurrency, 2));
			expect(getMaxParallel()).toBeLessThanOrEqual(concurrency);
		},
	);

	it('does not change event IDs, not even of identical records', async () => {
		const team = await openTeam();
		for (let i = 0; i < 3000; i++)
			addEvent(team, NOW_MS - DAY_MS + Math.floor(i / 3) * 1000, 'same');
		const listIds = async (options: IDataObject) =>
			(await listAll(team, options)).items.map(({ json }) => json.eventId).sort();
		const ids = await listIds({ concurrency: 8 });
		expect(new Set(ids).size).toBe(3000);
		expect(ids).toEqual(await listIds({ concurrency: 1 }));
		expect(ids).toEqual(await listIds({ concurrency: 8, apiVersion: 'v1' }));
	});

	it('fetches one new token if all parallel requests find theirs expired', async () => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
		let requests = 0;
		team.celonis.faults.decide = ({ path }) => {
			if (path.startsWith('/log') && ++requests === 6) team.celonis.tokens.expireAll();
			return undefined;
		};
		const { items, error } = await listAll(team, { concurrency: 4 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(getVisibleRecords(team).length);
		const tokens = team.celonis.requests.filter(({ path }) => path === '/oauth2/token');
		expect(tokens).toHaveLength(2);
	});

	it('sends no request while a rate limit lasts', async () => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
		const limitedAtMs: number[] = [];
		const requestedAtMs: number[] = [];
		team.celonis.faults.decide = ({ path }) => {
			if (!path.startsWith('/log')) return undefined;
			requestedAtMs.push(Date.now());
			if (requestedAtMs.length !== 6) return undefined;
			limitedAtMs.push(Date.now());
			return faults.rateLimited({ 'x-ratelimit-reset': '1' });
		};
		const { items, error } = await listAll(team, { concurrency: 4 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(getVisibleRecords(team).length);
		// Requests that were already sent may still arrive.
		const [limited = 0] = limitedAtMs;
		const early = requestedAtMs.filter((at) => at > limited && at < limited + 900);
		expect(early.length).toBeLessThan(4);
	});

	it.each(['v2', 'v1'])(
		'stops at the first error: few requests of %s follow',
		async (apiVersion) => {
			const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
			let requests = 0;
			team.celonis.faults.decide = ({ path }) =>
				path.startsWith('/log') && ++requests >= 6 ? faults.respondWith(403) : undefined;
			const { items, error } = await listAll(team, { concurrency: 4, apiVersion });
			expect(error).toMatchObject({ message: expect.stringContaining('403') });
			expect(items).toEqual([]);
			expect(requests).toBeLessThanOrEqual(6 + 4);
		},
	);

	it.each([0, 17, 2.5, 'many'])(
		'of %p is rejected before anything is sent',
		async (concurrency) => {
			const team = await openTeam();
			const { error } = await listAll(team, { concurrency });
			expect(error?.message).toContain(
				`'Concurrency': ${JSON.stringify(concurrency)} is not a whole number from 1 to 16. Write`,
			);
			expect(team.celonis.requests).toEqual([]);
		},
	);

	it('sends no additional requests for a small window', async () => {
		const team = await openTeam();
		for (let i = 0; i < 400; i++) addEvent(team, NOW_MS - DAY_MS + i * 60_000, i);
		const { items } = await listAll(team, { concurrency: 16 });
		expect(items).toHaveLength(400);
		expect(team.celonis.requests.filter(({ path }) => path.startsWith('/log'))).toHaveLength(1);
	});
});
