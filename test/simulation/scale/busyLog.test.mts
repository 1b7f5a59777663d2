import { describe, expect, it } from '@jest/globals';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import { endlessApi, type EndlessLog } from './endlessLog.mts';
import { ScalePoller } from './scalePoller.mts';
import { SECOND_MS, MINUTE_MS } from '../../support/durations.mts';

const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const EVENTS_PER_MINUTE = 5000;
const STEP_MS = MINUTE_MS / EVENTS_PER_MINUTE;
const LOOKBACK_MS = 10 * MINUTE_MS;
const CONCURRENCY = 4;
/** How many records the log has had before. */
const SIZE = 1_000_000;

/** Each seventh record appears late, at any time within the lookback. */
const latenessOf = (index: number) => (index % 7 === 0 ? (index * 7919) % LOOKBACK_MS : 0);

interface Run extends Pick<EndlessLog, 'order'> {
	readonly version: 'v1' | 'v2';
	readonly intervalMs: number;
	readonly minutes: number;
	/** How long a response takes. */
	readonly pageMs?: number;
	readonly startMs?: number;
	readonly isLate?: boolean;
}

/** Polls the log for some time. Costs are those of the last minutes, when the lookback is full. */
async function run({ version, order, intervalMs, minutes, pageMs = 0, ...more }: Run) {
	const { startMs = BEGIN_MS, isLate = true } = more;
	let nowMs = BEGIN_MS;
	const now = () => nowMs;
	const cost = { requests: 0, records: 0 };
	const log = { size: SIZE, beginMs: BEGIN_MS, stepMs: STEP_MS, now, order };
	const send = endlessApi({ ...log, ...(isLate && { latenessOf }) }, cost);
	const slowly: SendRequest = async (path, query) => {
		nowMs += pageMs / CONCURRENCY;
		return await send(path, query);
	};
	const poller = new ScalePoller({
		send: slowly,
		settings: {
			apiVersion: version,
			lookbackMs: LOOKBACK_MS,
			maxEvents: 10_000,
			concurrency: CONCURRENCY,
			repeatLastBatch: false,
		},
		now,
		startMs,
		pageSize: version === 'v1' ? 200 : 500,
	});
	/** How often each event was delivered, by its number. */
	const delivered = new Map<number, number>();
	const batches: number[] = [];
	let [largestState, steadyPolls] = [0, 0];
	for (let dueMs = BEGIN_MS; dueMs < BEGIN_MS + minutes * MINUTE_MS; ) {
		dueMs = Math.max(dueMs + intervalMs, nowMs);
		nowMs = dueMs;
		const isSteady = dueMs > BEGIN_MS + 13.5 * MINUTE_MS;
		if (isSteady) steadyPolls++;
		else Object.assign(cost, { requests: 0, records: 0 });
		const items = await poller.poll(24 * SECOND_MS);
		largestState = Math.max(largestState, poller.stateBytes);
		batches.push(items.length);
		for (const { record } of items) {
			const number = Number(/\d+/.exec(String(record.userId))?.[0]) - SIZE;
			delivered.set(number, (delivered.get(number) ?? 0) + 1);
		}
	}
	const steadyEvents = (steadyPolls * intervalMs) / STEP_MS;
	return {
		fetches: cost.records / steadyEvents,
		requests: cost.requests / steadyPolls,
		largestState,
		delivered,
		batches,
		nowMs,
	};
}

describe('a log with 5 000 events a minute', () => {
	it.each([
		{ version: 'v1', order: 'desc', intervalMs: MINUTE_MS, minutes: 22 },
		{ version: 'v2', order: 'desc', intervalMs: MINUTE_MS, minutes: 22 },
		{ version: 'v2', order: 'shuffled', intervalMs: MINUTE_MS, minutes: 22 },
		{ version: 'v2', order: 'desc', intervalMs: 10 * SECOND_MS, minutes: 18 },
		{ version: 'v2', order: 'desc', intervalMs: MINUTE_MS, minutes: 22, pageMs: 1500 },
	] as const)(
		'is read with at most 4 fetches an event, each delivered once: %j',
		async (settings) => {
			const { fetches, requests, largestState, delivered, nowMs } = await run(settings);
			process.stdout.write(
				`${JSON.stringify(settings)}: ${fetches.toFixed(2)} fetches an event, ${requests.toFixed(1)} requests a poll, state of ${largestState} bytes\n`,
			);
			expect(fetches).toBeLessThanOrEqual(4);
			expect([...new Set(delivered.values())]).toEqual([1]);
			// Later ones may still have to appear, or to be read again when they are old enough.
			const due = (nowMs - LOOKBACK_MS - 2 * MINUTE_MS - BEGIN_MS) / STEP_MS;
			const missing = Array.from({ length: due }, (_, i) => i).filter((i) => !delivered.has(i));
			expect(missing).toEqual([]);
			// What is new comes with the next poll.
			const recent = Math.floor((nowMs - settings.intervalMs - MINUTE_MS - BEGIN_MS) / STEP_MS);
			const onTime = Array.from({ length: recent }, (_, i) => i).filter(
				(i) => latenessOf(SIZE + i) === 0,
			);
			expect(onTime.filter((i) => !delivered.has(i))).toEqual([]);
		},
		60_000,
	);
});

describe('a backlog of a million events', () => {
	it.each(['desc', 'shuffled'] as const)(
		'is delivered from the first poll on, in order %s, though responses are slow',
		async (order) => {
			const { batches, delivered } = await run({
				version: 'v2',
				order,
				intervalMs: MINUTE_MS,
				minutes: 4,
				pageMs: 300,
				startMs: BEGIN_MS - SIZE * STEP_MS,
				isLate: false,
			});
			process.stdout.write(`A backlog in order ${order}: ${batches.join(', ')} events\n`);
			expect(Math.min(...batches)).toBeGreaterThan(2000);
			expect([...new Set(delivered.values())]).toEqual([1]);
		},
		60_000,
	);
});
