import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identify, oldestFirst, type AuditEvent } from '../../../nodes/Celonis/audit/identity';
import { readEnd, readFromEnd } from '../../../nodes/Celonis/reading/readEnd';
import { readWindow } from '../../../nodes/Celonis/reading/readWindow';
import { CelonisFault } from '../../../nodes/Celonis/faults/fault';
import { memoryPages, type MemoryLog } from './memoryLog.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

const timeOf = (record: Record<string, unknown>) => Date.parse(String(record.timestamp));
const orders = {
	ascending: (a: Record<string, unknown>, b: Record<string, unknown>) => timeOf(a) - timeOf(b),
	descending: (a: Record<string, unknown>, b: Record<string, unknown>) => timeOf(b) - timeOf(a),
	shuffled: (a: Record<string, unknown>, b: Record<string, unknown>) =>
		((timeOf(a) * 7919) % 101) - ((timeOf(b) * 7919) % 101),
};

/** Logs with bursts, quiet times, equal moments and identical records. */
const logs: fc.Arbitrary<MemoryLog> = fc.record({
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

const bounds = fc
	.tuple(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 0, max: DAY }))
	.map(([a, b]) => ({ fromMs: NOW - Math.max(a, b), toMs: NOW - Math.min(a, b) }));

/** The window by the plainest means there are. */
const expected = (log: MemoryLog, { fromMs, toMs }: { fromMs: number; toMs?: number }) =>
	identify(log.records.map((raw) => ({ raw, timestampMs: timeOf(raw) })))
		.filter(({ timestampMs: ms }) => ms >= fromMs && ms < (toMs ?? Infinity))
		.sort(oldestFirst);

describe('readWindow', () => {
	it('gives exactly the events of the window, whatever the order, the pages and the bounds', async () => {
		await fc.assert(
			fc.asyncProperty(logs, bounds, fc.boolean(), async (log, { fromMs, toMs }, isOpen) => {
				const window = isOpen ? { fromMs } : { fromMs, toMs };
				const events = await readWindow(memoryPages({ ...log }).pages, window);
				expect([...events].sort(oldestFirst)).toEqual(expected(log, window));
			}),
		);
	});

	it('reads a small open window in one request', async () => {
		const log = {
			records: [],
			order: orders.ascending,
			pageSize: 5,
			generousBounds: false,
			nowMs: NOW,
			shifts: 0,
		};
		const { pages, count } = memoryPages(log);
		await readWindow(pages, { fromMs: 0 });
		expect(count()).toBe(1);
	});

	it('gives up on a log that never stands still', async () => {
		const records = [1, 2, 3].map((s) => ({ timestamp: new Date(NOW - s * 1000).toISOString() }));
		const log = {
			records,
			order: orders.ascending,
			pageSize: 1,
			generousBounds: false,
			nowMs: NOW,
			shifts: Infinity,
		};
		const reading = readWindow(memoryPages(log).pages, { fromMs: 0, toMs: NOW });
		await expect(reading).rejects.toEqual(new CelonisFault({ kind: 'shifted' }));
	});

	it.each([
		['notAnObject', 'a text'],
		['noTimestamp', { event: 'X' }],
	])('does not pass over a record that is broken (%s)', async (problem, record) => {
		const pages = async function* () {
			const good = { timestamp: new Date(1).toISOString() };
			const times = { servedAtMs: NOW, readAfterMs: NOW };
			yield { records: [good], ...times, isLast: false };
			yield { records: [good, record, good], ...times, isLast: true };
		};
		await expect(readWindow(pages, { fromMs: 0, toMs: NOW })).rejects.toMatchObject({
			fault: { kind: problem, position: 'record 2 of page 2' },
		});
	});
});

describe('readEnd', () => {
	it.each(['newest', 'oldest'] as const)('gives the %s events of the window', async (end) => {
		await fc.assert(
			fc.asyncProperty(
				logs,
				bounds,
				fc.integer({ min: 1, max: 40 }),
				fc.constantFrom<string[]>(['A', 'B'], ['A'], []),
				async (log, window, limit, names) => {
					const wants = ({ raw }: AuditEvent) => names.includes(String(raw.event));
					const request = { end, limit, wants };
					const events = await readEnd(memoryPages({ ...log }).pages, window, request);
					const all = expected(log, window).filter(wants);
					const wanted = end === 'oldest' ? all : all.reverse();
					expect(events).toEqual(wanted.slice(0, limit));
				},
			),
		);
	});

	it('holds little of a large log at a time, however rare the events that are wanted', async () => {
		const records = Array.from({ length: 60_000 }, (_, i) => ({
			timestamp: new Date(NOW - i * 1000).toISOString(),
		}));
		const order = orders.descending;
		const log = { records, order, pageSize: 500, generousBounds: false, nowMs: NOW, shifts: 0 };
		const { pages, count } = memoryPages(log);
		const sizes: number[] = [];
		for await (const slice of readFromEnd(pages, { fromMs: NOW - 30 * DAY }, 'newest')) {
			sizes.push(slice.length);
		}
		expect(sizes.reduce((sum, size) => sum + size)).toBe(60_000);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000);
		expect(count()).toBeLessThan(1.2 * (60_000 / 500));
	});

	it('does not read a large log for a small limit', async () => {
		const records = Array.from({ length: 20_000 }, (_, i) => ({
			timestamp: new Date(NOW - i * 1000).toISOString(),
		}));
		for (const order of Object.values(orders)) {
			const log = { records, order, pageSize: 200, generousBounds: false, nowMs: NOW, shifts: 0 };
			const { pages, count } = memoryPages(log);
			const request = { end: 'newest', limit: 50, wants: () => true } as const;
			const events = await readEnd(pages, { fromMs: NOW - 30 * DAY }, request);
			expect(events[0]?.timestampMs).toBe(NOW);
			expect(events).toHaveLength(50);
			if (order !== orders.shuffled) expect(count()).toBeLessThan(10);
		}
	});
});
