import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as faults from '../../celonis/faultKinds.mts';
import type { Fault } from '../../celonis/faults.mts';
import { seededRandom } from '../../celonis/random.mts';
import { tokenPath } from '../../celonis/tokenEndpoint.mts';
import { openTeam, getRecords, visible } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';

const PAGES = 10_000;
const FAULTY = 0.05;
const SECOND = 1000;

/** Every kind of fault that is got over by asking again. */
const passing: Readonly<Record<string, () => Fault>> = {
	'429, in seconds': () => faults.rateLimited({ 'x-ratelimit-reset': '0' }),
	'429, as a date': () => faults.rateLimited({ 'x-ratelimit-reset': '2026-05-01T00:00:00Z' }),
	'429, as an epoch': () => faults.rateLimited({ 'x-ratelimit-reset': '1777000000' }),
	'429, by Retry-After': () => faults.rateLimited({ 'retry-after': '0' }),
	'429, without a word': () => faults.rateLimited(),
	'500': () => faults.serverError(500),
	'502': () => faults.serverError(502),
	'503': () => faults.serverError(503),
	'504': () => faults.serverError(504),
	'a reset before the answer': faults.resetBeforeAnswer,
	'a reset in the answer': faults.resetInBody,
	'an answer that ends too early': faults.truncatedBody,
	'JSON that is cut off': faults.cutJson,
	'no answer': faults.hang,
};

beforeEach(() => {
	// Pauses before a retry are as short as chance allows.
	jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
	jest.restoreAllMocks();
});

describe('a bad day', () => {
	it(`of ${PAGES} pages, each twentieth of them faulty, brings every event once`, async () => {
		const seed = Date.now() % 1_000_000;
		const random = seededRandom(seed);
		const met = new Map<string, number>();
		const team = await openTeam({
			seed,
			contract: undefined,
			growth: { eventsPerMinute: 30, lateShare: 0.2, maxLatenessMs: 50 * SECOND },
		});
		const { celonis, n8n } = team;
		let pages = 0;
		const options = { lookback: 1, timeout: 0.15 };
		const trigger = n8n.activate({ ...loadWorkflow('trigger', { options }), id: 'bad day' });
		expect(await trigger.poll()).toBeNull();
		celonis.faults.decide = ({ path }) => {
			pages++;
			if (random.chance(0.002)) celonis.tokens.expireAll();
			if (!random.chance(FAULTY)) return undefined;
			const kind = random.pick(Object.keys(passing));
			// n8n itself waits for a token for five minutes, whoever else asks for one.
			if (kind === 'no answer' && path === tokenPath) return undefined;
			met.set(kind, (met.get(kind) ?? 0) + 1);
			return passing[kind]?.();
		};

		const delivered: string[] = [];
		let failures = 0;
		const poll = async () => {
			celonis.clock.advance(10 * SECOND);
			const items = await trigger.poll().catch((error: { httpCode?: string }) => {
				// Only what has gone wrong again and again.
				failures++;
				expect(error).toMatchObject({ name: 'NodeApiError' });
				return null;
			});
			for (const record of getRecords(items ?? [])) delivered.push(JSON.stringify(record));
		};
		while (pages < PAGES) await poll();
		celonis.faults.clear();
		for (let i = 0; i < 12; i++) await poll();

		const told = `seed ${seed}: ${pages} pages, ${failures} polls failed`;
		const shown = visible(team).map((record) => JSON.stringify(record));
		const lost = without(shown, delivered);
		const repeated = without(delivered, shown);
		expect({ told, lost, repeated }).toEqual({ told, lost: [], repeated: [] });
		expect(delivered.length).toBeGreaterThan(PAGES);
		expect([...met.keys()].sort()).toEqual(Object.keys(passing).sort());
		expect(failures).toBeLessThan(PAGES / 1000);

		celonis.faults.always({}, faults.answerWith(403));
		const before = celonis.requests.length;
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		expect(celonis.requests).toHaveLength(before + 1);
		process.stdout.write(`Bad day: ${told}, ${delivered.length} events, each once\n`);
	}, 300_000);
});

/** What is left of a list when another one has been taken away from it, piece by piece. */
function without(list: readonly string[], taken: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const text of taken) counts.set(text, (counts.get(text) ?? 0) + 1);
	return list.filter((text) => {
		const left = counts.get(text) ?? 0;
		counts.set(text, left - 1);
		return left <= 0;
	});
}
