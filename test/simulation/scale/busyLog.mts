import type { SendRequest } from '../../../nodes/Celonis/http/request';
import { MINUTE_MS, SECOND_MS } from '../../support/durations.mts';
import { createEndlessApi, type EndlessLog } from './endlessLog.mts';
import { ScalePoller } from './scalePoller.mts';

export const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const EVENTS_PER_MINUTE = 3000;
export const STEP_MS = MINUTE_MS / EVENTS_PER_MINUTE;
export const LOOKBACK_MS = 10 * MINUTE_MS;
/** The number of records before the run. */
export const SIZE = 1_000_000;
const CONCURRENCY = 4;
const POLL_BUDGET_MS = 24 * SECOND_MS;
/** By then the lookback is full, and its first events have been read for the last time. */
const STEADY_AFTER_MS = 13.5 * MINUTE_MS;

/** Every seventh record is late, at any time within the lookback. */
export const getLatenessMs = (index: number) =>
	index % 7 === 0 ? (index * 7919) % LOOKBACK_MS : 0;

export interface BusyLogRun extends Pick<EndlessLog, 'order'> {
	readonly version: 'v1' | 'v2';
	readonly intervalMs: number;
	readonly minutes: number;
	/** The duration of a response. */
	readonly pageMs?: number;
	readonly startMs?: number;
	readonly hasLateRecords?: boolean;
}

/** Polls a log with 3 000 events a minute. The costs are those of the steady state. */
export async function pollBusyLog(run: BusyLogRun) {
	const clock = { nowMs: BEGIN_MS };
	const cost = { requests: 0, records: 0 };
	const poller = createPoller(run, clock, cost);
	/** How often each event was delivered, by its number. */
	const delivered = new Map<number, number>();
	const batches: number[] = [];
	let [maxStateBytes, steadyPolls] = [0, 0];
	for (let dueMs = BEGIN_MS; dueMs < BEGIN_MS + run.minutes * MINUTE_MS; ) {
		dueMs = Math.max(dueMs + run.intervalMs, clock.nowMs);
		clock.nowMs = dueMs;
		if (dueMs > BEGIN_MS + STEADY_AFTER_MS) steadyPolls++;
		else Object.assign(cost, { requests: 0, records: 0 });
		const items = await poller.poll(POLL_BUDGET_MS);
		maxStateBytes = Math.max(maxStateBytes, poller.stateBytes);
		batches.push(items.length);
		for (const { record } of items) {
			const number = Number(/\d+/.exec(String(record.userId))?.[0]) - SIZE;
			delivered.set(number, (delivered.get(number) ?? 0) + 1);
		}
	}
	const steadyEvents = (steadyPolls * run.intervalMs) / STEP_MS;
	return {
		fetchesPerEvent: cost.records / steadyEvents,
		requestsPerPoll: cost.requests / steadyPolls,
		maxStateBytes,
		delivered,
		batches,
		nowMs: clock.nowMs,
	};
}

function createPoller(
	{ version, order, pageMs = 0, startMs = BEGIN_MS, hasLateRecords = true }: BusyLogRun,
	clock: { nowMs: number },
	cost: { requests: number; records: number },
): ScalePoller {
	const now = () => clock.nowMs;
	const log = { size: SIZE, beginMs: BEGIN_MS, stepMs: STEP_MS, now, order };
	const send = createEndlessApi({ ...log, ...(hasLateRecords && { getLatenessMs }) }, cost);
	const sendSlowly: SendRequest = async (path, query) => {
		clock.nowMs += pageMs / CONCURRENCY;
		return await send(path, query);
	};
	return new ScalePoller({
		send: sendSlowly,
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
}
