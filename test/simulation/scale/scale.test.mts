import { describe, expect, it } from '@jest/globals';
import { createEndlessApi } from './endlessLog.mts';
import { ScalePoller } from './scalePoller.mts';
import { MINUTE_MS } from '../../support/durations.mts';

const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const STEP_MS = 1000;
const POLLS = 24;
/** The lookback is full from this poll on. */
const STEADY_FROM = 12;

const SIZES = [10_000, 1_000_000, 10_000_000];

/** The cost of each steady poll of a log with this number of earlier records. */
async function measureCosts(size: number, apiVersion: 'v1' | 'v2') {
	let nowMs = BEGIN_MS;
	const cost = { requests: 0, records: 0 };
	const now = () => nowMs;
	const send = createEndlessApi({ size, beginMs: BEGIN_MS, stepMs: STEP_MS, now }, cost);
	const poller = new ScalePoller({
		send,
		settings: {
			apiVersion,
			lookbackMs: 10 * MINUTE_MS,
			maxEvents: 10_000,
			concurrency: 4,
			repeatLastBatch: true,
		},
		now,
		pageSize: apiVersion === 'v1' ? 200 : 500,
	});
	const steady: Array<Record<string, number>> = [];
	for (let round = 0; round < POLLS; round++) {
		Object.assign(cost, { requests: 0, records: 0 });
		const items = await poller.poll(MINUTE_MS);
		if (round >= STEADY_FROM) {
			steady.push({ ...cost, delivered: items.length, stored: poller.stateBytes });
		}
		nowMs += MINUTE_MS;
	}
	return steady;
}

describe.each(['v1', 'v2'] as const)('a steady poll by API %s', (apiVersion) => {
	it('costs the same with ten thousand and with ten million earlier records', async () => {
		const [small, large, huge] = await Promise.all(
			SIZES.map(async (size) => await measureCosts(size, apiVersion)),
		);
		expect(large).toEqual(small);
		expect(huge).toEqual(small);
		expect(
			small?.every(({ delivered }) => Math.abs((delivered ?? 0) - MINUTE_MS / STEP_MS) < 2),
		).toBe(true);
	});

	it('costs no more after hours than after minutes', async () => {
		const steady = await measureCosts(10_000, apiVersion);
		const requests = steady.map((poll) => poll.requests ?? 0);
		const records = steady.map((poll) => poll.records ?? 0);
		expect(Math.max(...requests)).toBeLessThanOrEqual(Math.min(...requests) + 1);
		expect(Math.max(...records)).toBeLessThan(Math.min(...records) * 1.1);
	});
});
