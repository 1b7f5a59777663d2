import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { readAll } from '../../../nodes/Celonis/reading/readAll';
import type { OpenWindow } from '../../../nodes/Celonis/reading/readWindow';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { bounds, expected, logs, NOW, orders } from './arbitraries.mts';
import { memoryPages, openLog, type MemoryLog } from './memoryLog.mts';
import { timed } from './virtualTime.mts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const logOf = (times: readonly number[], changes: Partial<MemoryLog> = {}): MemoryLog => ({
	records: times.map((ms) => ({ timestamp: new Date(ms).toISOString() })),
	order: orders.descending,
	pageSize: 500,
	generousBounds: false,
	nowMs: NOW,
	shifts: 0,
	...changes,
});

const all = async (pages: Paginator, window: OpenWindow, concurrency: number) =>
	await readAll(openLog(pages), window, { concurrency, end: 'oldest', make: (events) => events });

const evenly = (count: number, spanMs: number) =>
	Array.from({ length: count }, (_, i) => NOW - 1 - Math.floor((i * spanMs) / count));

/** Ninety-five of a hundred events within working hours. */
const byDay = (count: number) =>
	Array.from({ length: count }, (_, i) => {
		const day = Math.floor((i * 30) / count) * DAY;
		const hour = i % 20 === 0 ? (i * 7919) % DAY : 8 * HOUR + ((i * 7919) % (9 * HOUR));
		return NOW - 30 * DAY + day + hour;
	});

describe('readAll', () => {
	it('gives exactly the events of the window, however many slices are read at once', async () => {
		const concurrencies = fc.integer({ min: 1, max: 16 });
		const cases = fc.tuple(logs, bounds, fc.boolean(), concurrencies, fc.boolean());
		await fc.assert(
			fc.asyncProperty(cases, async ([log, { fromMs, toMs }, isOpen, concurrency, isCounted]) => {
				const window = isOpen ? { fromMs } : { fromMs, toMs };
				const { pages, run } = timed(memoryPages({ ...log, isCounted }).pages);
				const { result } = await run(all(pages, window, concurrency));
				expect(result).toEqual(expected(log, window));
			}),
		);
	});

	it.each([1, 4, 16])('reads what fits into a page in one request (%p at once)', async (n) => {
		for (const toMs of [undefined, NOW]) {
			const { pages, count } = memoryPages(logOf(evenly(500, DAY)));
			expect(await all(pages, { fromMs: NOW - 30 * DAY, toMs }, n)).toHaveLength(500);
			expect(count()).toBe(1);
		}
	});

	it.each(['ascending', 'descending', 'shuffled'] as const)(
		'asks for few pages more than there are (%s order)',
		async (order) => {
			for (const times of [evenly(50_000, 30 * DAY), byDay(50_000)]) {
				for (const isCounted of [true, false]) {
					const log = logOf(times, { order: orders[order], isCounted });
					const { pages, count } = memoryPages(log);
					await all(pages, { fromMs: NOW - 31 * DAY, toMs: NOW + DAY }, 8);
					// Where neither order nor number is known, slices are found to be long only in the end.
					const most = order === 'shuffled' && !isCounted ? 1.6 : 1.35;
					expect(count()).toBeLessThan(most * (50_000 / 500));
				}
			}
		},
	);

	it('takes few requests for a long quiet time before some busy days', async () => {
		const { pages, count } = memoryPages(logOf(evenly(1200, DAY)));
		const events = await all(pages, { fromMs: 0, toMs: NOW }, 4);
		expect(events).toHaveLength(1200);
		expect(count()).toBeLessThan(25);
	});

	it.each([
		['evenly', evenly(100_000, 30 * DAY), 1.25],
		['by day', byDay(100_000), 1.35],
	])('keeps all workers busy, with events spread %s', async (_, times, most) => {
		for (const concurrency of [4, 8]) {
			const memory = memoryPages(logOf(times));
			const { pages, run } = timed(memory.pages);
			const window = { fromMs: NOW - 31 * DAY, toMs: NOW };
			const { took, most: atOnce } = await run(all(pages, window, concurrency));
			expect(atOnce).toBe(concurrency);
			expect(took).toBeLessThan(most * (times.length / 500 / concurrency));
		}
	});

	it('reads a slice anew whose pages shifted, and it alone', async () => {
		const log = logOf(evenly(20_000, 30 * DAY), { shifts: 1 });
		const undisturbed = memoryPages({ ...log, shifts: 0 });
		await all(undisturbed.pages, { fromMs: NOW - 30 * DAY, toMs: NOW }, 4);
		const disturbed = memoryPages(log);
		const events = await all(disturbed.pages, { fromMs: NOW - 30 * DAY, toMs: NOW }, 4);
		expect(events).toHaveLength(20_000);
		expect(disturbed.count() - undisturbed.count()).toBeLessThan(5);
	});

	it('throws the first failure, and asks for nothing after it', async () => {
		const memory = memoryPages(logOf(evenly(50_000, 30 * DAY)));
		let asked = 0;
		const { pages, run } = timed(async function* (request) {
			for await (const page of memory.pages(request)) {
				if (++asked === 20) throw new CelonisError({ code: 'forbidden' });
				yield page;
			}
		});
		const reading = run(all(pages, { fromMs: NOW - 30 * DAY, toMs: NOW }, 4));
		await expect(reading).rejects.toMatchObject({ details: { code: 'forbidden' } });
		expect(asked).toBeLessThan(20 + 4 * 25);
	});
});
