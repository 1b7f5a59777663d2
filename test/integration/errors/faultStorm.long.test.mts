import { describe, expect, it } from '@jest/globals';
import * as faults from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import { seededRandom } from '../../celonis/random.mts';
import { tokenPath } from '../../celonis/tokenEndpoint.mts';
import { skipPauses } from '../../support/pauses.mts';
import { openTeam, getRecords, getVisibleRecords } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';
import { SECOND_MS } from '../../support/durations.mts';

const PAGES = 1200;
const FAULT_RATE = 0.05;

/** Every fault that a retry overcomes. */
const transientFaults: Readonly<Record<string, () => InjectedFault>> = {
	'429, in seconds': () => faults.rateLimited({ 'x-ratelimit-reset': '0' }),
	'429, as a date': () => faults.rateLimited({ 'x-ratelimit-reset': '2026-05-01T00:00:00Z' }),
	'429, as an epoch': () => faults.rateLimited({ 'x-ratelimit-reset': '1777000000' }),
	'429, by Retry-After': () => faults.rateLimited({ 'retry-after': '0' }),
	'429, without a header': () => faults.rateLimited(),
	'500': () => faults.serverError(500),
	'502': () => faults.serverError(502),
	'503': () => faults.serverError(503),
	'504': () => faults.serverError(504),
	'a reset before the response': faults.resetBeforeResponse,
	'a reset in the response': faults.resetInBody,
	'a truncated response': faults.truncatedBody,
	'JSON that is cut off': faults.truncatedJson,
	'no response': faults.hang,
};

skipPauses();

describe('a storm of faults', () => {
	it(`in one of twenty of ${PAGES} requests loses no event and repeats none`, async () => {
		const seed = Number(process.env.FAST_CHECK_SEED ?? 1) % 1_000_000;
		const random = seededRandom(seed);
		const names = Object.keys(transientFaults);
		const injected = new Set<string>();
		const team = await openTeam({
			seed,
			contract: undefined,
			growth: { eventsPerMinute: 30, lateShare: 0.2, maxLatenessMs: 50 * SECOND_MS },
		});
		const { celonis, n8n } = team;
		let requests = 0;
		let faultCount = 0;
		const options = { lookback: 1, timeout: 0.5 };
		const trigger = n8n.activate({ ...loadWorkflow('trigger', { options }), id: 'fault storm' });
		expect(await trigger.poll()).toBeNull();
		celonis.faults.decide = ({ path }) => {
			requests++;
			if (random.chance(0.002)) celonis.tokens.expireAll();
			if (!random.chance(FAULT_RATE)) return undefined;
			const name = names[faultCount++ % names.length]!;
			// n8n itself waits for a token for five minutes.
			if (name === 'no response' && path === tokenPath) return undefined;
			injected.add(name);
			return transientFaults[name]?.();
		};

		const delivered: string[] = [];
		let failures = 0;
		const poll = async () => {
			celonis.clock.advance(10 * SECOND_MS);
			const items = await trigger.poll().catch((error: { httpCode?: string }) => {
				failures++;
				expect(error).toMatchObject({ name: 'NodeApiError' });
				return null;
			});
			for (const record of getRecords(items ?? [])) delivered.push(JSON.stringify(record));
		};
		while (requests < PAGES) await poll();
		celonis.faults.clear();
		for (let i = 0; i < 12; i++) await poll();

		const summary = `seed ${seed}: ${requests} requests, ${failures} polls failed`;
		const shown = getVisibleRecords(team).map((record) => JSON.stringify(record));
		const lost = without(shown, delivered);
		const repeated = without(delivered, shown);
		expect({ summary, lost, repeated }).toEqual({ summary, lost: [], repeated: [] });
		expect(delivered.length).toBeGreaterThan(PAGES);
		expect([...injected].sort()).toEqual(names.sort());
		expect({ summary, isRare: failures < 3 }).toEqual({ summary, isRare: true });

		celonis.faults.always({}, faults.respondWith(403));
		const before = celonis.requests.length;
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		expect(celonis.requests).toHaveLength(before + 1);
		process.stdout.write(`Fault storm: ${summary}, ${delivered.length} events, each once\n`);
	});
});

/** The multiset difference of two lists. */
function without(list: readonly string[], removed: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const text of removed) counts.set(text, (counts.get(text) ?? 0) + 1);
	return list.filter((text) => {
		const left = counts.get(text) ?? 0;
		counts.set(text, left - 1);
		return left <= 0;
	});
}
