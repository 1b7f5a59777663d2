import fc from 'fast-check';
import { assignEventIds, compareEvents } from '../../../nodes/Celonis/records/eventId';
import type { OpenWindow } from '../../../nodes/Celonis/records/timeWindow';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { DAY_MS } from '../../support/durations.mts';
import type { MemoryLog } from './memoryLog.mts';

const scope = { ...auditLog, team: 'team.example' };

export const NOW = Date.parse('2026-06-01T08:00:00Z');

/** Sorting needs the timestamps again and again: each is parsed once. */
const timestamps = new WeakMap<object, number>();

function parseTimestampOnce(record: Record<string, unknown>): number {
	const known = timestamps.get(record);
	if (known !== undefined) return known;
	const ms = Date.parse(String(record.timestamp));
	timestamps.set(record, ms);
	return ms;
}

const compareBy =
	(getKey: (ms: number) => number) => (a: Record<string, unknown>, b: Record<string, unknown>) =>
		getKey(parseTimestampOnce(a)) - getKey(parseTimestampOnce(b));

/** Orders that a server may have. */
export const orders = {
	ascending: compareBy((ms) => ms),
	descending: compareBy((ms) => -ms),
	shuffled: compareBy((ms) => (ms * 7919) % 101),
};

/** Logs with bursts, quiet times, equal timestamps and identical records. */
export const logs: fc.Arbitrary<MemoryLog> = fc.record({
	records: fc
		.array(
			fc.record({
				ms: fc.oneof(
					fc.integer({ min: NOW - DAY_MS, max: NOW }),
					fc.integer({ min: NOW - 20, max: NOW }),
				),
				event: fc.constantFrom('A', 'B'),
			}),
			{ maxLength: 80 },
		)
		.map((entries) =>
			entries.map(({ ms, event }) => ({ event, timestamp: new Date(ms).toISOString() })),
		),
	order: fc.constantFrom(...Object.values(orders)),
	pageSize: fc.integer({ min: 1, max: 20 }),
	hasGenerousBounds: fc.boolean(),
	nowMs: fc.constant(NOW),
	isCounted: fc.boolean(),
	shifts: fc.integer({ min: 0, max: 4 }),
});

/** Windows in the last day, open or closed. */
export const windows: fc.Arbitrary<OpenWindow> = fc
	.tuple(fc.integer({ min: 0, max: DAY_MS }), fc.integer({ min: 0, max: DAY_MS }), fc.boolean())
	.map(([a, b, isOpen]) => ({
		fromMs: NOW - Math.max(a, b),
		...(!isOpen && { toMs: NOW - Math.min(a, b) }),
	}));

/** The events of a window, oldest first, by the simplest means. */
export const selectEvents = (log: MemoryLog, { fromMs, toMs = Infinity }: OpenWindow) =>
	assignEventIds(
		log.records.map((raw) => ({ raw, timestampMs: parseTimestampOnce(raw) })),
		scope,
	)
		.filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < toMs)
		.sort(compareEvents);
