import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import * as faults from '../celonis/faultKinds.mts';
import { addEvent, openTeam, getOutcome, getRecords, visible, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const DAY = 24 * 60 * 60_000;
const BACKLOG = { events: 6000, days: 2 };

/** Reads all of the last three days. */
const listAll = async ({ n8n }: Team, options: IDataObject, parameters: ParameterChanges = {}) =>
	getOutcome(
		await n8n.run(
			loadWorkflow('list', {
				from: new Date(NOW - 3 * DAY).toISOString(),
				returnAll: true,
				options,
				...parameters,
			}),
		),
	);

/** Tells how many requests for pages were under way at most. */
function watch({ celonis }: Team): () => number {
	let most = 0;
	celonis.faults.decide = () => {
		const open = celonis.requests.filter(
			({ status, fault, path }) => status === undefined && !fault && path.startsWith('/log'),
		);
		most = Math.max(most, open.length);
		return undefined;
	};
	return () => most;
}

const textsOf = (records: IDataObject[]) => records.map((it) => JSON.stringify(it)).sort();

describe('Concurrency', () => {
	it.each([
		['v1', 1],
		['v1', 4],
		['v2', 1],
		['v2', 4],
		['v2', 16],
	] as const)('changes nothing but the time (%s, %p at once)', async (apiVersion, concurrency) => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 100 } });
		const mostAtOnce = watch(team);
		const { items, error } = await listAll(team, { apiVersion, concurrency });

		expect(error).toBeUndefined();
		expect(textsOf(getRecords(items.map(({ json }) => json)))).toEqual(textsOf(visible(team)));
		const times = items.map(({ json }) => Date.parse(String(json.timestamp)));
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(new Set(items.map(({ json }) => json.eventId)).size).toBe(items.length);
		expect(mostAtOnce()).toBeGreaterThanOrEqual(Math.min(concurrency, 2));
		expect(mostAtOnce()).toBeLessThanOrEqual(concurrency);
	});

	it('gives the same identities, also to records that are identical', async () => {
		const team = await openTeam();
		for (let i = 0; i < 3000; i++) addEvent(team, NOW - DAY + Math.floor(i / 3) * 1000, 'same');
		const idsOf = async (options: IDataObject) =>
			(await listAll(team, options)).items.map(({ json }) => json.eventId).sort();
		const ids = await idsOf({ concurrency: 8 });
		expect(new Set(ids).size).toBe(3000);
		expect(ids).toEqual(await idsOf({ concurrency: 1 }));
		expect(ids).toEqual(await idsOf({ concurrency: 8, apiVersion: 'v1' }));
	});

	it('costs one token where one expires under all requests', async () => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
		let asked = 0;
		team.celonis.faults.decide = ({ path }) => {
			if (path.startsWith('/log') && ++asked === 6) team.celonis.tokens.expireAll();
			return undefined;
		};
		const { items, error } = await listAll(team, { concurrency: 4 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(visible(team).length);
		const tokens = team.celonis.requests.filter(({ path }) => path === '/oauth2/token');
		expect(tokens).toHaveLength(2);
	});

	it('is less after a rate limit, and nobody asks while Celonis wants quiet', async () => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
		const refusedAtMs: number[] = [];
		const askedAtMs: number[] = [];
		team.celonis.faults.decide = ({ path }) => {
			if (!path.startsWith('/log')) return undefined;
			askedAtMs.push(Date.now());
			if (askedAtMs.length !== 6) return undefined;
			refusedAtMs.push(Date.now());
			return faults.rateLimited({ 'x-ratelimit-reset': '1' });
		};
		const { items, error } = await listAll(team, { concurrency: 4 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(visible(team).length);
		// What was under way when the refusal came may still arrive; then there is a second of quiet.
		const [refused = 0] = refusedAtMs;
		const early = askedAtMs.filter((at) => at > refused && at < refused + 900);
		expect(early.length).toBeLessThan(4);
	});

	it('ends with the first refusal: little is asked for after it, and nothing is returned', async () => {
		const team = await openTeam({ backlog: BACKLOG, behaviour: { latencyMs: 20 } });
		let asked = 0;
		team.celonis.faults.decide = ({ path }) =>
			path.startsWith('/log') && ++asked >= 6 ? faults.answerWith(403) : undefined;
		const { items, error } = await listAll(team, { concurrency: 4 });
		expect(error).toMatchObject({ message: expect.stringContaining('403') });
		expect(items).toEqual([]);
		expect(asked).toBeLessThanOrEqual(6 + 4);
	});

	it.each([0, 17, 2.5, 'many'])('of %p is refused before anything is sent', async (concurrency) => {
		const team = await openTeam();
		const { error } = await listAll(team, { concurrency });
		expect(error).toMatchObject({
			message: "'Concurrency' must be a whole number from 1 to 16",
		});
		expect(team.celonis.requests).toEqual([]);
	});

	it('does not make more requests of a small window', async () => {
		const team = await openTeam();
		for (let i = 0; i < 400; i++) addEvent(team, NOW - DAY + i * 60_000, i);
		const { items } = await listAll(team, { concurrency: 16 });
		expect(items).toHaveLength(400);
		expect(team.celonis.requests.filter(({ path }) => path.startsWith('/log'))).toHaveLength(1);
	});
});
