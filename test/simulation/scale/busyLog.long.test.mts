import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '../../support/durations.mts';
import {
	BEGIN_MS,
	getLatenessMs,
	LOOKBACK_MS,
	pollBusyLog,
	SIZE,
	STEP_MS,
	type BusyLogRun,
} from './busyLog.mts';

const RUNS: readonly BusyLogRun[] = [
	{ version: 'v1', order: 'desc', intervalMs: MINUTE_MS, minutes: 16 },
	{ version: 'v2', order: 'desc', intervalMs: MINUTE_MS, minutes: 16 },
	{ version: 'v2', order: 'shuffled', intervalMs: MINUTE_MS, minutes: 16 },
	{ version: 'v2', order: 'desc', intervalMs: 20 * SECOND_MS, minutes: 16 },
	{ version: 'v2', order: 'desc', intervalMs: MINUTE_MS, minutes: 16, pageMs: 1500 },
];

describe('a log with 3 000 events a minute', () => {
	it.each(RUNS)(
		'needs at most 4 fetches an event, and delivers each event once: %j',
		async (run) => {
			const { delivered, nowMs, ...costs } = await pollBusyLog(run);
			process.stdout.write(
				`${JSON.stringify(run)}: ${costs.fetchesPerEvent.toFixed(2)} fetches an event, ${costs.requestsPerPoll.toFixed(1)} requests a poll, state of ${costs.maxStateBytes} bytes\n`,
			);
			expect(costs.fetchesPerEvent).toBeLessThanOrEqual(4);
			expect([...new Set(delivered.values())]).toEqual([1]);

			const findMissing = (untilMs: number, isRequired = (_number: number) => true) =>
				Array.from({ length: Math.floor((untilMs - BEGIN_MS) / STEP_MS) }, (_, i) => i).filter(
					(number) => isRequired(number) && !delivered.has(number),
				);
			// A later event may not be visible yet, or not be old enough for its final read.
			expect(findMissing(nowMs - LOOKBACK_MS - 2 * MINUTE_MS)).toEqual([]);
			// An event that is visible at once comes with the next poll.
			const isOnTime = (number: number) => getLatenessMs(SIZE + number) === 0;
			expect(findMissing(nowMs - run.intervalMs - MINUTE_MS, isOnTime)).toEqual([]);
		},
		60_000,
	);
});
