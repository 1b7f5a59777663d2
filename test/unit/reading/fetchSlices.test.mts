import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { fetchAllSlices, fetchSlices } from '../../../nodes/Celonis/reading/fetchSlices';
import type { SlicingOptions } from '../../../nodes/Celonis/reading/slicingOptions';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { NOW } from './arbitraries.mts';
import { createEventLog, createMemoryPaginator } from './memoryLog.mts';

const SLICE_MS = 1000;

describe('fetchAllSlices', () => {
	it('throws what has failed while the consumer was busy, although slices wait for their turn', async () => {
		const clock = createVirtualClock(NOW);
		const pages: Paginator = async function* ({ window: { fromMs = 0 } = {} } = {}) {
			const clocks = { serverMs: NOW, machineMs: NOW, durationMs: 0 };
			const api = 'auditLog';
			if (fromMs === 0) {
				await clock.sleep(20);
				const records = [{ timestamp: new Date(fromMs).toISOString() }];
				yield { records, pageSize: 1, clocks, isLast: true };
			} else if (fromMs === SLICE_MS) {
				await clock.sleep(10);
				const refusal = { isSequenceBroken: true, isTokenRefused: true };
				throw new CelonisError('pageShift', { api, ...refusal });
			} else {
				await clock.sleep(40);
				throw new CelonisError('forbidden', { api });
			}
		};
		const windows = [0, 1, 2].map((i) => ({ fromMs: i * SLICE_MS, toMs: (i + 1) * SLICE_MS }));
		const slices = fetchAllSlices(createEventLog(pages), windows, {
			direction: 'oldestFirst',
			concurrency: 3,
		});
		const read: unknown[] = [];
		const consume = async () => {
			for await (const { fromMs } of slices) {
				read.push(fromMs);
				await clock.sleep(100);
			}
		};
		await expect(clock.run(consume())).rejects.toMatchObject({ details: { code: 'forbidden' } });
		expect(read).toEqual([0]);
	});
});

describe('fetchSlices, up to a demand', () => {
	const PAGE_SIZE = 100;
	const LATENCY_MS = 20;

	/** Reads a log with an event each second; requests take a while. */
	async function read(events: number, demand: number, rules: Partial<SlicingOptions> = {}) {
		const clock = createVirtualClock(NOW);
		const records = Array.from({ length: events }, (_, i) => ({
			timestamp: new Date(i * 1000).toISOString(),
			event: `E${i}`,
		}));
		const { pages, fetched } = createMemoryPaginator({
			records,
			order: () => 0,
			pageSize: PAGE_SIZE,
			hasGenerousBounds: false,
			nowMs: NOW,
			shifts: 0,
		});
		const slowPages: Paginator = async function* (request) {
			for await (const page of pages(request)) {
				await clock.sleep(LATENCY_MS);
				yield page;
			}
		};
		let found = 0;
		const eventsPerPage = 0.9 * PAGE_SIZE;
		const options: SlicingOptions = {
			direction: 'oldestFirst',
			sliceMs: 3 * eventsPerPage * 1000,
			targetEvents: 3 * eventsPerPage,
			expectedEvents: 3 * eventsPerPage,
			eventsPerPage,
			getLimits: () => ({
				maxEstimatedPages: 32,
				maxPages: 16,
				split: { max: 4, whenUnknown: 16, targetPages: 12 },
			}),
			concurrency: 8,
			demand: () => demand - found,
			...rules,
		};
		const consume = async () => {
			const window = { fromMs: 0, toMs: Math.max(86_400_000, events * 1000) };
			for await (const slice of fetchSlices(createEventLog(slowPages), [window], options)) {
				found += slice.events.length;
				if (found >= demand) return;
			}
		};
		await clock.run(consume());
		return { found, requests: fetched.length, rounds: (clock.now() - NOW) / LATENCY_MS };
	}

	it('shares what is needed among all workers, and reads hardly more', async () => {
		const { found, requests, rounds } = await read(100_000, 2000);
		expect(found).toBeGreaterThanOrEqual(2000);
		expect(found).toBeLessThan(2000 + PAGE_SIZE);
		expect(requests).toBeLessThanOrEqual(24);
		expect(rounds).toBeLessThanOrEqual(3);
	});

	it('reads one page where little is needed', async () => {
		expect(await read(100_000, 10)).toMatchObject({ requests: 1, rounds: 1 });
	});

	it('passes a day without events in few requests, from slices of a millisecond on', async () => {
		const tiny = { sliceMs: 1, targetEvents: 1, expectedEvents: 1, eventsPerPage: 1 };
		const { requests } = await read(0, 10, { ...tiny, concurrency: 1 });
		expect(requests).toBeLessThan(20);
	});
});
