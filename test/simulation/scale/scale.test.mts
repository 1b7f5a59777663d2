import { describe, expect, it } from '@jest/globals';
import { poll, SOURCES } from '../trigger';
import { endlessApi } from './endlessLog.mts';
import { load, saved } from './savedCursor.mts';

const MINUTE = 60_000;
const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const STEP_MS = 1000;
const POLLS = 24;
/** By then the lookback is full. */
const STEADY_FROM = 12;

const SIZES = [10_000, 1_000_000, 10_000_000];

/** What each steady poll costs for a log that has had so many records. */
async function costsOf(size: number, apiVersion: string) {
	let nowMs = BEGIN_MS;
	const cost = { requests: 0, records: 0 };
	const now = () => nowMs;
	const send = endlessApi({ size, beginMs: BEGIN_MS, stepMs: STEP_MS, now }, cost);
	const opened = {
		...SOURCES.auditLog,
		pages: SOURCES.auditLog.createPaginator(send, { apiVersion }),
	};
	const rules = {
		lookbackMs: 10 * MINUTE,
		maxEvents: 10_000,
		repeatLastBatch: true,
		matches: () => true,
	};
	const steady: Array<Record<string, number>> = [];
	let stored: string | undefined;
	for (let round = 0; round < POLLS; round++) {
		Object.assign(cost, { requests: 0, records: 0 });
		const { cursor, events } = await poll(opened, load(stored), rules, {
			now,
			deadlineMs: nowMs + MINUTE,
			concurrency: 4,
		});
		stored = saved(cursor);
		if (round >= STEADY_FROM) {
			steady.push({ ...cost, delivered: events.length, stored: stored.length });
		}
		nowMs += MINUTE;
	}
	return steady;
}

describe.each(['v1', 'v2'])('a steady poll by API %s', (apiVersion) => {
	it('costs the same whether the log has had ten thousand or ten million records', async () => {
		const [small, large, huge] = await Promise.all(
			SIZES.map(async (size) => await costsOf(size, apiVersion)),
		);
		expect(large).toEqual(small);
		expect(huge).toEqual(small);
		expect(small?.every(({ delivered }) => Math.abs((delivered ?? 0) - MINUTE / STEP_MS) < 2)).toBe(
			true,
		);
	});

	it('costs no more after hours than after minutes', async () => {
		const steady = await costsOf(10_000, apiVersion);
		const requests = steady.map((poll) => poll.requests ?? 0);
		const records = steady.map((poll) => poll.records ?? 0);
		expect(Math.max(...requests)).toBeLessThanOrEqual(Math.min(...requests) + 1);
		expect(Math.max(...records)).toBeLessThan(Math.min(...records) * 1.1);
	});
});
