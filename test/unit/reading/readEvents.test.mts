import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { readEvents } from '../../../nodes/Celonis/reading/readEvents';
import type { Direction } from '../../../nodes/Celonis/reading/slicingOptions';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import type { OpenWindow } from '../../../nodes/Celonis/records/timeWindow';
import { DAY_MS, HOUR_MS } from '../../support/durations.mts';
import { logs, NOW, orders, selectEvents, windows } from './arbitraries.mts';
import { createEventLog, createMemoryPaginator, type MemoryLog } from './memoryLog.mts';
import { createTimedPaginator } from './virtualTime.mts';

interface Request {
	readonly direction?: Direction;
	readonly concurrency?: number;
	readonly limit?: number;
	readonly matches?: (event: LogEvent) => boolean;
}

/** Reads as the operation Get Many does. */
async function read(pages: Paginator, window: OpenWindow, request: Request = {}) {
	const { direction = 'oldestFirst', concurrency = 4, limit = Infinity } = request;
	const { matches = () => true } = request;
	const events: LogEvent[] = [];
	const demand = () => limit - events.length;
	const options = { direction, concurrency, demand };
	for await (const slice of readEvents(createEventLog(pages), window, options)) {
		events.push(...slice.events.filter(matches).slice(0, demand()));
		if (demand() === 0) break;
	}
	return events;
}

const createLog = (times: readonly number[], changes: Partial<MemoryLog> = {}): MemoryLog => ({
	records: times.map((ms) => ({ timestamp: new Date(ms).toISOString() })),
	order: orders.descending,
	pageSize: 500,
	hasGenerousBounds: false,
	nowMs: NOW,
	shifts: 0,
	...changes,
});

const spreadEvenly = (count: number, spanMs: number) =>
	Array.from({ length: count }, (_, i) => NOW - 1 - Math.floor((i * spanMs) / count));

/** Ninety-five of a hundred events within working hours. */
const spreadByDay = (count: number) =>
	Array.from({ length: count }, (_, i) => {
		const day = Math.floor((i * 30) / count) * DAY_MS;
		const hour = i % 20 === 0 ? (i * 7919) % DAY_MS : 8 * HOUR_MS + ((i * 19_801) % (9 * HOUR_MS));
		return NOW - 30 * DAY_MS + day + hour;
	});

/** A month in which nothing happens until its last day. */
const spreadLate = (count: number) => spreadEvenly(count, DAY_MS);

const findRepeated = (fetched: readonly string[]) =>
	fetched.filter((page, index) => fetched.indexOf(page) !== index);

describe('readEvents', () => {
	it('gives exactly the needed events, from the end that comes first', async () => {
		const requests = fc.record({
			direction: fc.constantFrom<Direction>('oldestFirst', 'newestFirst'),
			concurrency: fc.integer({ min: 1, max: 16 }),
			limit: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 40 })),
			names: fc.constantFrom<string[]>(['A', 'B'], ['A'], []),
		});
		await fc.assert(
			fc.asyncProperty(logs, windows, requests, async (log, window, { names, ...request }) => {
				const matches = ({ raw }: LogEvent) => names.includes(String(raw.event));
				const { pages, run } = createTimedPaginator(createMemoryPaginator(log).pages);
				const { result } = await run(read(pages, window, { ...request, matches }));
				const all = selectEvents(log, window).filter(matches);
				const expected = request.direction === 'oldestFirst' ? all : all.reverse();
				expect(result).toEqual(expected.slice(0, request.limit));
			}),
			{ numRuns: 1000 },
		);
	});

	it.each([1, 4, 16])(
		'fetches a window of one page with one request (concurrency %p)',
		async (n) => {
			for (const toMs of [undefined, NOW]) {
				const { pages, fetched } = createMemoryPaginator(createLog(spreadEvenly(500, DAY_MS)));
				const events = await read(pages, { fromMs: NOW - 30 * DAY_MS, toMs }, { concurrency: n });
				expect(events).toHaveLength(500);
				expect(fetched).toHaveLength(1);
			}
		},
	);

	it.each(['ascending', 'descending', 'shuffled'] as const)(
		'fetches few pages more than there are, and none twice (%s order)',
		async (order) => {
			const window = { fromMs: NOW - 31 * DAY_MS, toMs: NOW + DAY_MS };
			for (const spread of [spreadEvenly, spreadByDay, spreadLate]) {
				for (const isCounted of [true, false]) {
					const times = spread(20_000, 30 * DAY_MS);
					const changes = { order: orders[order], isCounted, pageSize: 200 };
					const { pages, fetched } = createMemoryPaginator(createLog(times, changes));
					expect(await read(pages, window, { concurrency: 8 })).toHaveLength(20_000);
					expect(fetched.length).toBeLessThanOrEqual(135);
					expect(findRepeated(fetched)).toEqual([]);
				}
			}
		},
	);

	it('goes on with the pages of an open window where it is not sliced', async () => {
		const { pages, fetched } = createMemoryPaginator(createLog(spreadEvenly(50_000, DAY_MS)));
		await read(pages, { fromMs: NOW - 30 * DAY_MS }, { concurrency: 1 });
		expect(fetched).toHaveLength(100);
	});

	it('needs at most 210 requests for 100 000 events at concurrency 4', async () => {
		const { pages, fetched } = createMemoryPaginator(createLog(spreadEvenly(100_000, DAY_MS)));
		await read(pages, { fromMs: NOW - DAY_MS, toMs: NOW }, { concurrency: 4 });
		expect(fetched.length).toBeLessThanOrEqual(210);
	});

	it.each([
		['evenly', spreadEvenly(100_000, 30 * DAY_MS), 1.25],
		['by day', spreadByDay(100_000), 1.35],
	])('keeps all workers busy, with events spread %s', async (_, times, most) => {
		for (const concurrency of [4, 8]) {
			const memory = createMemoryPaginator(createLog(times));
			const { pages, run } = createTimedPaginator(memory.pages);
			const window = { fromMs: NOW - 31 * DAY_MS, toMs: NOW };
			const { units, maxParallel } = await run(read(pages, window, { concurrency }));
			expect(maxParallel).toBe(concurrency);
			expect(units).toBeLessThan(most * (times.length / 500 / concurrency));
		}
	});

	it('reads a slice again whose pages shifted, and no other', async () => {
		const log = createLog(spreadEvenly(20_000, 30 * DAY_MS));
		const window = { fromMs: NOW - 30 * DAY_MS, toMs: NOW };
		const undisturbed = createMemoryPaginator(log);
		await read(undisturbed.pages, window);
		const disturbed = createMemoryPaginator({ ...log, shifts: 1 });
		expect(await read(disturbed.pages, window)).toHaveLength(20_000);
		expect(disturbed.fetched.length - undisturbed.fetched.length).toBeLessThan(6);
	});

	it('gives up on a log whose pages never stop shifting', async () => {
		const times = [1, 2, 3].map((s) => NOW - s * 1000);
		const log = createLog([...times, ...times], { pageSize: 1, shifts: Infinity });
		const reading = read(createMemoryPaginator(log).pages, { fromMs: NOW - 5000, toMs: NOW });
		await expect(reading).rejects.toEqual(new CelonisError('pageShift', { api: 'auditLog' }));
	});

	it.each([
		['notAnObject', 'a text'],
		['invalidTimestamp', { event: 'X' }],
	])('does not skip a record that cannot be read (%s)', async (code, record) => {
		const pages = async function* () {
			const good = { timestamp: new Date(1).toISOString() };
			const times = { pageSize: 3, serverTimeMs: NOW, readSinceMs: NOW };
			yield { records: [good], ...times, isLast: false };
			yield { records: [good, record, good], ...times, isLast: true };
		};
		const reading = read(pages, { fromMs: 0, toMs: 3 });
		await expect(reading).rejects.toMatchObject({
			details: { code, position: 'record 2 of page 2' },
		});
	});

	it('throws the first error, and sends no further requests', async () => {
		const memory = createMemoryPaginator(createLog(spreadEvenly(50_000, 30 * DAY_MS)));
		let requests = 0;
		const { pages, run } = createTimedPaginator(async function* (request) {
			for await (const page of memory.pages(request)) {
				if (++requests === 20) throw new CelonisError('forbidden', { api: 'auditLog' });
				yield page;
			}
		});
		const reading = run(read(pages, { fromMs: NOW - 30 * DAY_MS, toMs: NOW }));
		await expect(reading).rejects.toMatchObject({ details: { code: 'forbidden' } });
		expect(requests).toBeLessThanOrEqual(20 + 2 * 4);
	});
});

describe('a limited read', () => {
	const times = Array.from({ length: 20_000 }, (_, i) => NOW - i * 1000);
	const window = { fromMs: NOW - 30 * DAY_MS };

	it.each(Object.entries(orders))('reads little of a large log (%s order)', async (name, order) => {
		const { pages, fetched } = createMemoryPaginator(createLog(times, { order, pageSize: 200 }));
		const events = await read(pages, window, { direction: 'newestFirst', limit: 50 });
		expect(events[0]?.timestampMs).toBe(NOW);
		expect(events).toHaveLength(50);
		if (name === 'descending') expect(fetched).toHaveLength(2);
		if (name !== 'shuffled') expect(fetched.length).toBeLessThan(10);
	});

	it('fetches at most two pages in vain when it ends, however rare the events are', async () => {
		const log = createLog(times);
		const { pages, fetched } = createMemoryPaginator(log);
		const oldestNeededMs = NOW - 9000 * 1000;
		const matches = ({ timestampMs }: LogEvent) =>
			timestampMs % 3_000_000 === oldestNeededMs % 3_000_000;
		const events = await read(pages, window, { direction: 'newestFirst', limit: 4, matches });
		const isBeyond = (page: string) => Number(page.split(' ')[1]) <= events.at(-1)!.timestampMs;
		expect(events).toHaveLength(4);
		expect(fetched.filter(isBeyond).length).toBeLessThanOrEqual(2);
	});

	it('holds little of a large log at a time, however rare the events are', async () => {
		const { pages, fetched } = createMemoryPaginator(
			createLog(Array.from({ length: 60_000 }, (_, i) => NOW - i * 1000)),
		);
		const options = { direction: 'newestFirst', concurrency: 4, demand: () => 5 } as const;
		const sizes: number[] = [];
		for await (const { events } of readEvents(createEventLog(pages), window, options)) {
			sizes.push(events.length);
		}
		expect(sizes.reduce((sum, size) => sum + size)).toBe(60_000);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000);
		expect(fetched.length).toBeLessThan(1.25 * (60_000 / 500));
	});
});
