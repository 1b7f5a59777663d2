import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import { fetchInOrder } from '../../../nodes/Celonis/reading/fetchInOrder';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { DAY_MS, HOUR_MS } from '../../support/durations.mts';
import { NOW, orders } from './arbitraries.mts';
import { read } from './read.mts';

const PAGE_SIZE = 5;

interface Growth {
	/** After how many requests a record appears. */
	readonly afterRequests: number;
	readonly agoMs: number;
}

interface Server {
	readonly ageMs: readonly number[];
	readonly growth: readonly Growth[];
	readonly order: (typeof orders)[keyof typeof orders];
	readonly counts: 'records' | 'records on the first page' | 'pages' | 'nothing';
	/** How long the responses take, over and over again. */
	readonly latenciesMs: readonly number[];
	readonly concurrency: number;
	/** What the clock of this machine shows; by default, the time that passes while the log is read. */
	readonly nowMs?: number;
}

/** A log with page numbers that grows while it is read, so that its pages shift. */
async function readGrowingLog({ ageMs, growth, order, counts, ...options }: Server) {
	const { concurrency, nowMs } = options;
	const clock = createVirtualClock(NOW);
	const createRecord = (agoMs: number, id: number) => ({
		timestamp: new Date(NOW - agoMs).toISOString(),
		event: `E${id}`,
	});
	const first = ageMs.map(createRecord);
	const late = growth.map(({ agoMs }, index) => createRecord(agoMs, ageMs.length + index));
	let requests = 0;
	let maxInFlight = 0;
	let inFlight = 0;
	const send: SendRequest = async (_path, { pageNumber, pageSize, from, to }) => {
		const sentAtMs = nowMs ?? clock.now();
		const latencyMs = options.latenciesMs[requests++ % options.latenciesMs.length]!;
		maxInFlight = Math.max(maxInFlight, ++inFlight);
		await clock.sleep(latencyMs);
		inFlight--;
		const visible = late.filter((_, index) => growth[index]!.afterRequests < requests);
		const [fromMs, toMs] = [from, to].map((time) => Date.parse(String(time)));
		const found = [...first, ...visible]
			.filter(({ timestamp }) => Date.parse(timestamp) >= fromMs! && Date.parse(timestamp) < toMs!)
			.sort(order);
		const size = Math.min(PAGE_SIZE, Number(pageSize));
		const start = Number(pageNumber) * size;
		const pages = Math.ceil(found.length / size);
		const totalCount = {
			records: found.length,
			'records on the first page': start === 0 ? found.length : undefined,
			pages,
			nothing: undefined,
		}[counts];
		const body = {
			content: found.slice(start, start + size),
			pageNumber,
			pageSize: size,
			totalCount,
		};
		return { status: 200, headers: {}, body, sentAtMs, durationMs: latencyMs };
	};
	const connection = { api: 'auditLog', team: 'team.example', send } as const;
	const pages = createPageNumberPaginator(connection, { path: '/log' });
	const window = { fromMs: NOW - DAY_MS, toMs: NOW };
	const events = await clock.run(read(pages, window, { concurrency }));
	const names = events.map(({ raw }) => String((raw as { event: string }).event));
	return { names, maxInFlight, requests };
}

describe('pages by number in parallel', () => {
	const servers: fc.Arbitrary<Server> = fc.record({
		ageMs: fc.array(fc.integer({ min: 1, max: DAY_MS }), { minLength: 30, maxLength: 120 }),
		growth: fc.array(
			fc.record({
				afterRequests: fc.integer({ min: 1, max: 40 }),
				agoMs: fc.oneof(fc.integer({ min: 1, max: HOUR_MS }), fc.integer({ min: 1, max: DAY_MS })),
			}),
			{ maxLength: 3 },
		),
		order: fc.constantFrom(...Object.values(orders)),
		counts: fc.constant('records'),
		latenciesMs: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 7 }),
		concurrency: fc.integer({ min: 2, max: 8 }),
	});

	it('lose and repeat nothing of a log that grows meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(servers, async (server) => {
				const { names } = await readGrowingLog(server);
				expect(new Set(names).size).toBe(names.length);
				const missing = server.ageMs
					.map((_, id) => `E${id}`)
					.filter((name) => !names.includes(name));
				expect(missing).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});

	it.each(['pages', 'nothing'] as const)(
		'are complete where the count is one of %s',
		async (counts) => {
			const quiet = servers.map((server) => ({ ...server, growth: [], counts }));
			await fc.assert(
				fc.asyncProperty(quiet, async (server) => {
					const { names } = await readGrowingLog(server);
					expect([...names].sort()).toEqual(server.ageMs.map((_, id) => `E${id}`).sort());
				}),
				{ numRuns: 60 },
			);
		},
	);

	it('cut off what is recent only once, however much time passes meanwhile', async () => {
		const ageMs = Array.from({ length: 100 }, (_, i) => 1 + i * 30_000);
		const server = { ageMs, growth: [], order: orders.descending, counts: 'records' } as const;
		for (const latencyMs of [100, 1500]) {
			const reading = { ...server, latenciesMs: [latencyMs], concurrency: 4 };
			const { names, requests } = await readGrowingLog(reading);
			expect(names).toHaveLength(100);
			expect(requests).toBeLessThan(30);
		}
	});

	it('are given up where only the first page has a count', async () => {
		const counts = 'records on the first page';
		const server = { growth: [], order: orders.descending, counts, latenciesMs: [10] } as const;
		const many = Array.from({ length: 100 }, (_, i) => 2 * HOUR_MS + i * 30_000);
		const { names, requests } = await readGrowingLog({ ...server, ageMs: many, concurrency: 4 });
		expect(names).toHaveLength(100);
		expect(requests).toBeLessThan(60);
		const oneTime = many.map(() => 2 * HOUR_MS);
		const reading = await readGrowingLog({ ...server, ageMs: oneTime, concurrency: 4 });
		expect(reading.names).toHaveLength(100);
	});

	it('leave no request in flight where the first page is short, so that fewer follow than counted', async () => {
		const clock = createVirtualClock(NOW);
		let requests = 0;
		let inFlight = 0;
		const send: SendRequest = async (_path, { pageNumber, from, to }) => {
			requests++;
			inFlight++;
			await clock.sleep(10 + (Number(pageNumber) % 3) * 30);
			inFlight--;
			const found = Array.from({ length: 198 }, (_, id) => NOW - 2 * HOUR_MS - id * 1000)
				.filter((ms) => ms >= Date.parse(String(from)) && ms < Date.parse(String(to)))
				.map((ms) => ({ timestamp: new Date(ms).toISOString() }));
			const start = Math.max(0, Number(pageNumber) * 10 - 5);
			const content = found.slice(start, start === 0 ? 5 : start + 10);
			const body = { content, pageSize: 10, totalCount: found.length };
			return { status: 200, headers: {}, body, sentAtMs: clock.now(), durationMs: 10 };
		};
		const connection = { api: 'auditLog', team: 'team.example', send } as const;
		const pages = createPageNumberPaginator(connection, { path: '/log' });
		const window = { fromMs: NOW - DAY_MS, toMs: NOW };
		expect(await clock.run(read(pages, window, { concurrency: 6 }))).toHaveLength(198);
		expect(inFlight).toBe(0);
		const requestsOfRead = requests;
		await clock.run(clock.sleep(60_000));
		expect(requests).toBe(requestsOfRead);
	});

	it('are as many as the concurrency allows', async () => {
		const server = { ageMs: Array.from({ length: 100 }, (_, i) => DAY_MS / 2 + i), growth: [] };
		const others = { order: orders.descending, counts: 'records', latenciesMs: [10, 30] } as const;
		for (const concurrency of [2, 5]) {
			const nowMs = NOW + DAY_MS;
			const { maxInFlight } = await readGrowingLog({ ...server, ...others, concurrency, nowMs });
			expect(maxInFlight).toBe(concurrency);
		}
	});
});

describe('fetchInOrder', () => {
	it('stops at the first error, and leaves no request in flight', async () => {
		const clock = createVirtualClock();
		let started = 0;
		let ended = 0;
		const fetchNext = async () => {
			const number = started++;
			await clock.sleep(number === 4 ? 5 : 20);
			ended++;
			if (number === 4) throw new Error('failed');
			return number;
		};
		const consume = async () => {
			const parts: number[] = [];
			try {
				for await (const part of fetchInOrder(
					() => true,
					fetchNext,
					() => 3,
				))
					parts.push(part);
			} catch (error) {
				return { parts, error, started, ended };
			}
			return undefined;
		};
		expect(await clock.run(consume())).toEqual({
			parts: [0, 1, 2, 3],
			error: new Error('failed'),
			started: 6,
			ended: 6,
		});
	});
});
