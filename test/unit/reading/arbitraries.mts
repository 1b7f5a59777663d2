import fc from 'fast-check';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { assignEventIds, compareEvents } from '../../../nodes/Celonis/records/eventId';
import type { MemoryLog } from './memoryLog.mts';

export const NOW = Date.parse('2026-06-01T08:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

/** Parsed once: sorting asks for it again and again. */
const times = new WeakMap<object, number>();

function timeOf(record: Record<string, unknown>): number {
	const known = times.get(record);
	if (known !== undefined) return known;
	const ms = Date.parse(String(record.timestamp));
	times.set(record, ms);
	return ms;
}
export const orders = {
	ascending: (a: Record<string, unknown>, b: Record<string, unknown>) => timeOf(a) - timeOf(b),
	descending: (a: Record<string, unknown>, b: Record<string, unknown>) => timeOf(b) - timeOf(a),
	shuffled: (a: Record<string, unknown>, b: Record<string, unknown>) =>
		((timeOf(a) * 7919) % 101) - ((timeOf(b) * 7919) % 101),
};

/** Logs with bursts, quiet times, equal moments and identical records. */
export const logs: fc.Arbitrary<MemoryLog> = fc.record({
	records: fc
		.array(
			fc.record({
				ms: fc.oneof(
					fc.integer({ min: NOW - DAY, max: NOW }),
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
	generousBounds: fc.boolean(),
	nowMs: fc.constant(NOW),
	shifts: fc.integer({ min: 0, max: 4 }),
});

export const bounds = fc
	.tuple(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 0, max: DAY }))
	.map(([a, b]) => ({ fromMs: NOW - Math.max(a, b), toMs: NOW - Math.min(a, b) }));

/** The window by the plainest means there are. */
export const expected = (log: MemoryLog, { fromMs, toMs }: { fromMs: number; toMs?: number }) =>
	assignEventIds(
		log.records.map((raw) => ({ raw, timestampMs: timeOf(raw) })),
		auditLog.identityFields,
	)
		.filter(({ timestampMs: ms }) => ms >= fromMs && ms < (toMs ?? Infinity))
		.sort(compareEvents);
