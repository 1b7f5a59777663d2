import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { Direction } from '../../../nodes/Celonis/reading/slicingOptions';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { DAY_MS, HOUR_MS } from '../../support/durations.mts';
import { logs, NOW, orders, selectEvents, windows } from './arbitraries.mts';
import { createMemoryPaginator } from './memoryLog.mts';
import { createLog, read } from './read.mts';
import { createTimedPaginator } from './virtualTime.mts';

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
	it('returns exactly the requested events, in the requested direction', async () => {
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
			{ numRuns: 500 },
		);
	});

	it('returns exactly the requested events of a log with many pages', async () => {
		const spans = fc.constantFrom(HOUR_MS, DAY_MS, 30 * DAY_MS);
		const clusters = fc.array(
			fc.record({ beforeMs: fc.integer({ min: 0, max: 30 * DAY_MS }), span: spans }),
			{ minLength: 1, maxLength: 4 },
		);
		const requests = fc.record({
			clusters,
			order: fc.constantFrom(...Object.values(orders)),
			isCounted: fc.boolean(),
			pageSize: fc.integer({ min: 1, max: 6 }),
			direction: fc.constantFrom<Direction>('oldestFirst', 'newestFirst'),
			concurrency: fc.integer({ min: 2, max: 9 }),
		});
		await fc.assert(
			fc.asyncProperty(requests, async ({ clusters: parts, direction, concurrency, ...log }) => {
				const times = Array.from({ length: 300 }, (_, i) => {
					const { beforeMs, span } = parts[i % parts.length]!;
					return NOW - beforeMs - ((i * 7_919_777) % span);
				});
				const window = { fromMs: NOW - 61 * DAY_MS, toMs: NOW + 1 };
				const { pages, run } = createTimedPaginator(
					createMemoryPaginator(createLog(times, log)).pages,
				);
				const { result } = await run(read(pages, window, { direction, concurrency }));
				const sorted = times.sort((a, b) => (direction === 'oldestFirst' ? a - b : b - a));
				expect(result.map(({ timestampMs }) => timestampMs)).toEqual(sorted);
			}),
			{ numRuns: 60 },
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
		'fetches few pages more than necessary, and none of them twice (%s order)',
		async (order) => {
			const window = { fromMs: NOW - 31 * DAY_MS, toMs: NOW + DAY_MS };
			for (const spread of [spreadEvenly, spreadByDay, spreadLate]) {
				for (const isCounted of [true, false]) {
					const times = spread(20_000, 30 * DAY_MS);
					const changes = { order: orders[order], isCounted, pageSize: 200 };
					const { pages, fetched } = createMemoryPaginator(createLog(times, changes));
					expect(await read(pages, window, { concurrency: 8 })).toHaveLength(20_000);
					expect(fetched.length).toBeLessThanOrEqual(order === 'shuffled' ? 150 : 135);
					expect(findRepeated(fetched)).toEqual([]);
				}
			}
		},
	);

	it('fetches consecutive pages of an open window without parallel requests', async () => {
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
	])('keeps all workers busy, with events spread %s', async (_, times, maxRatio) => {
		for (const concurrency of [4, 8]) {
			const memory = createMemoryPaginator(createLog(times));
			const { pages, run } = createTimedPaginator(memory.pages);
			const window = { fromMs: NOW - 31 * DAY_MS, toMs: NOW };
			const { units, maxParallel } = await run(read(pages, window, { concurrency }));
			expect(maxParallel).toBe(concurrency);
			expect(units).toBeLessThan(maxRatio * (times.length / 500 / concurrency));
		}
	});

	it('reads only the slice again whose pages shifted', async () => {
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
	])(
		'returns an unreadable record once, although every slice has it (%s)',
		async (problem, odd) => {
			const good = (ms: number) => ({ timestamp: new Date(ms).toISOString() });
			const pages: Paginator = async function* ({ window = {} } = {}) {
				const { fromMs = 0, toMs = 30_000 } = window;
				const clocks = { serverMs: NOW, machineMs: NOW, durationMs: 0 };
				const times = Array.from({ length: toMs - fromMs }, (_, i) => fromMs + i);
				for (let start = 0; start === 0 || start < times.length; start += 3) {
					const records = [
						...times.slice(start, start + 3).map(good),
						...(start === 0 ? [odd, odd] : []),
					];
					yield { records, pageSize: 3, clocks, isLast: start + 3 >= times.length };
				}
			};
			const events = await read(pages, { fromMs: 0, toMs: 300 });
			const unreadable = events.filter((event) => event.problem === problem);
			expect(unreadable).toHaveLength(2);
			expect(events).toHaveLength(302);
		},
	);

	it('throws the first error and starts no further requests', async () => {
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
