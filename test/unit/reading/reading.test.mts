import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareEvents, type LogEvent } from '../../../nodes/Celonis/records/eventId';
import { readEnd, readFromEnd } from '../../../nodes/Celonis/reading/readEnd';
import { fetchWindow } from '../../../nodes/Celonis/reading/readWindow';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { bounds, expected, logs, NOW, orders } from './arbitraries.mts';
import { memoryPages, openLog } from './memoryLog.mts';

const DAY = 24 * 60 * 60 * 1000;

describe('readWindow', () => {
	it('gives exactly the events of the window, whatever the order, the pages and the bounds', async () => {
		await fc.assert(
			fc.asyncProperty(logs, bounds, async (log, window) => {
				const events = await fetchWindow(openLog(memoryPages({ ...log }).pages), window);
				expect([...events].sort(compareEvents)).toEqual(expected(log, window));
			}),
		);
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
		const reading = fetchWindow(openLog(memoryPages(log).pages), { fromMs: 0, toMs: NOW });
		await expect(reading).rejects.toEqual(new CelonisError({ code: 'shifted' }));
	});

	it.each([
		['notAnObject', 'a text'],
		['noTimestamp', { event: 'X' }],
	])('does not pass over a record that is broken (%s)', async (problem, record) => {
		const pages = async function* () {
			const good = { timestamp: new Date(1).toISOString() };
			const times = { pageSize: 3, serverTimeMs: NOW, readSinceMs: NOW };
			yield { records: [good], ...times, isLast: false };
			yield { records: [good, record, good], ...times, isLast: true };
		};
		await expect(fetchWindow(openLog(pages), { fromMs: 0, toMs: NOW })).rejects.toMatchObject({
			details: { code: problem, position: 'record 2 of page 2' },
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
					const matches = ({ raw }: LogEvent) => names.includes(String(raw.event));
					const request = { end, limit, matches };
					const events = await readEnd(openLog(memoryPages({ ...log }).pages), window, request);
					const all = expected(log, window).filter(matches);
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
		for await (const slice of readFromEnd(openLog(pages), { fromMs: NOW - 30 * DAY }, 'newest')) {
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
			const request = { end: 'newest', limit: 50, matches: () => true } as const;
			const events = await readEnd(openLog(pages), { fromMs: NOW - 30 * DAY }, request);
			expect(events[0]?.timestampMs).toBe(NOW);
			expect(events).toHaveLength(50);
			if (order !== orders.shuffled) expect(count()).toBeLessThan(10);
		}
	});
});
