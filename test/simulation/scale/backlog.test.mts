import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '../../support/durations.mts';
import { BEGIN_MS, pollBusyLog, SIZE, STEP_MS } from './busyLog.mts';

describe('a backlog of a million events', () => {
	it.each(['desc', 'shuffled'] as const)(
		'is delivered from the first poll on despite slow responses (%s order)',
		async (order) => {
			const { batches, delivered } = await pollBusyLog({
				version: 'v2',
				order,
				intervalMs: MINUTE_MS,
				minutes: 4,
				pageMs: 300,
				startMs: BEGIN_MS - SIZE * STEP_MS,
				hasLateRecords: false,
			});
			process.stdout.write(`A backlog in ${order} order: ${batches.join(', ')} events\n`);
			expect(Math.min(...batches)).toBeGreaterThan(2000);
			expect([...new Set(delivered.values())]).toEqual([1]);
		},
		60_000,
	);
});
