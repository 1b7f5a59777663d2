import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { readEvents } from '../../../nodes/Celonis/reading/readEvents';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { DAY_MS } from '../../support/durations.mts';
import { NOW, orders } from './arbitraries.mts';
import { createEventLog, createMemoryPaginator } from './memoryLog.mts';
import { createLog, read } from './read.mts';
import { createTimedPaginator } from './virtualTime.mts';

describe('a limited read', () => {
	const times = Array.from({ length: 20_000 }, (_, i) => NOW - i * 1000);
	const window = { fromMs: NOW - 30 * DAY_MS };

	it.each(Object.entries(orders))(
		'fetches few pages of a large log (%s order)',
		async (name, order) => {
			const { pages, fetched } = createMemoryPaginator(createLog(times, { order, pageSize: 200 }));
			const events = await read(pages, window, { direction: 'newestFirst', limit: 50 });
			expect(events[0]?.timestampMs).toBe(NOW);
			expect(events).toHaveLength(50);
			if (name === 'descending') expect(fetched).toHaveLength(2);
			if (name !== 'shuffled') expect(fetched.length).toBeLessThan(10);
		},
	);

	it('fetches at most two unneeded pages, even if matching events are rare', async () => {
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

	it('fetches pages in parallel if matching events are rare', async () => {
		const memory = createMemoryPaginator(createLog(times));
		const { pages, run } = createTimedPaginator(memory.pages);
		const options = { direction: 'newestFirst', limit: 50, matches: () => false } as const;
		const { units, maxParallel } = await run(read(pages, window, options));
		expect(maxParallel).toBeGreaterThanOrEqual(2);
		expect(units).toBeLessThan(memory.fetched.length);
	});

	it('reads the first page again if its pages shifted', async () => {
		const { pages } = createMemoryPaginator(createLog(times));
		let requests = 0;
		const shifting: Paginator = async function* (request) {
			if (++requests === 1) throw new CelonisError('pageShift', { api: 'auditLog' });
			yield* pages(request);
		};
		expect(await read(shifting, window, { limit: 1 })).toHaveLength(1);
	});

	it('holds a small part of a large log at a time, even if matching events are rare', async () => {
		const { pages, fetched } = createMemoryPaginator(
			createLog(Array.from({ length: 60_000 }, (_, i) => NOW - i * 1000)),
		);
		let seen = 0;
		const matches = () => ++seen < 0;
		const options = { direction: 'newestFirst', concurrency: 4, limit: 5, matches } as const;
		const sizes: number[] = [];
		for await (const events of readEvents(createEventLog(pages), window, options)) {
			expect(events).toEqual([]);
			sizes.push(seen);
			seen = 0;
		}
		expect(sizes.reduce((sum, size) => sum + size)).toBe(60_000);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000);
		expect(fetched.length).toBeLessThan(1.3 * (60_000 / 500));
	});
});
