import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { Query } from '../../../nodes/Celonis/http/request';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { isPageShift, retryOnPageShift } from '../../../nodes/Celonis/reading/pageShift';

/** A list with page numbers, which counts as it likes. */
interface ListServer {
	readonly records: () => readonly number[];
	readonly totalCount: (records: number, pageSize: number) => unknown;
	/** The maximum page size, which is not refused. */
	readonly cap?: number;
	/** Whether responses have the page size. */
	readonly hasPageSize?: boolean;
	readonly isEmpty204?: boolean;
	/** Records are counted, but not sent. */
	readonly isContentMissing?: boolean;
}

function open({ records, totalCount, cap = Infinity, ...server }: ListServer) {
	const { hasPageSize = true, isEmpty204 = false, isContentMissing = false } = server;
	const queries: Query[] = [];
	const send: Connection['send'] = async (_path, query) => {
		queries.push(query);
		const size = Math.min(Number(query.pageSize), cap);
		const visible = String(query.from ?? '').startsWith('2999') ? [] : records();
		const start = Number(query.pageNumber) * size;
		const sent = isContentMissing ? [] : visible.slice(start, start + size);
		const content = sent.map((number) => ({ number }));
		const isNothing = isEmpty204 && content.length === 0;
		const pageSize = hasPageSize ? size : undefined;
		const page = { content, totalCount: totalCount(visible.length, size), pageSize };
		const body = isNothing ? '' : page;
		return { status: isNothing ? 204 : 200, headers: {}, body, sentAtMs: 0, durationMs: 1 };
	};
	const connection: Connection = { api: 'auditLog', team: 'team.example', send };
	const paginate = createPageNumberPaginator(connection, { path: '/' });
	const read = async () =>
		await retryOnPageShift(async () => {
			const numbers: unknown[] = [];
			for await (const page of paginate({ window: { fromMs: 1000 }, pageSize: 10 })) {
				for (const record of page.records) numbers.push((record as { number: number }).number);
				if (page.isLast) break;
			}
			return numbers;
		});
	return { read, queries };
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

const totals = fc.oneof(
	fc.constant<ListServer['totalCount']>((records) => records),
	fc.constant<ListServer['totalCount']>((records, size) => Math.ceil(records / size)),
	fc.constant<ListServer['totalCount']>((records, size) => Math.max(1, Math.ceil(records / size))),
	fc.constant<ListServer['totalCount']>((records) => String(records)),
	fc.constantFrom<ListServer['totalCount']>(
		() => undefined,
		() => null,
		() => -1,
		() => 0,
	),
	fc.integer({ min: 0, max: 60 }).map(
		(max): ListServer['totalCount'] =>
			(n) =>
				Math.min(n, max),
	),
	fc.integer({ min: 1, max: 9 }).map(
		(more): ListServer['totalCount'] =>
			(n) =>
				n + more,
	),
	fc.constantFrom(0.5, 2).map(
		(by): ListServer['totalCount'] =>
			(n) =>
				Math.floor(n * by),
	),
);

describe('pages by number', () => {
	it('have every record, whatever is counted and however many records a page has', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 65 }),
				totals,
				fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
				fc.boolean(),
				async (count, totalCount, cap, hasPageSize) => {
					const server = { records: () => upTo(count), totalCount, cap, hasPageSize };
					const { read, queries } = open(server);
					expect(await read()).toEqual(upTo(count));
					expect(queries.length).toBeLessThan(5 * (count / (cap ?? 10)) + 20);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('have every record once if records arrive while they are read', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 11, max: 65 }),
				fc.constantFrom<ListServer['totalCount']>(
					(records) => records,
					(records, size) => Math.ceil(records / size),
					() => undefined,
				),
				fc.integer({ min: 1, max: 6 }),
				async (count, totalCount, arrivesAt) => {
					let requests = 0;
					// Newest first: what arrives moves all records to later positions.
					const records = () => {
						const all = upTo(++requests > arrivesAt ? count + 1 : count);
						return all.reverse();
					};
					const numbers = (await open({ records, totalCount }).read()) as number[];
					const isSeen = numbers[0] === count;
					expect(numbers).toEqual(upTo(isSeen ? count + 1 : count).reverse());
				},
			),
			{ numRuns: 500 },
		);
	});

	it.each([
		[1, 3, (n: number) => n],
		[1, 3, (n: number, size: number) => Math.ceil(n / size)],
		[1, 0, (n: number) => n],
		[2, 3, () => undefined],
		[3, 20, (n: number) => n],
		[3, 25, (n: number, size: number) => Math.ceil(n / size)],
	] as const)('take %i requests for %i records', async (requests, count, totalCount) => {
		const { read, queries } = open({ records: () => upTo(count), totalCount });
		await read();
		expect(queries).toHaveLength(requests);
	});

	it.each([
		[30, true],
		[30, false],
		[25, false],
	])('have %i records if a lower maximum of 5 makes as many pages', async (count, hasPageSize) => {
		const totalCount = () => 5;
		const { read } = open({ records: () => upTo(count), totalCount, cap: 5, hasPageSize });
		expect(await read()).toEqual(upTo(count));
	});

	it('have every record once if a record arrives before it is clear that pages are counted', async () => {
		let requests = 0;
		const records = () => upTo(++requests > 2 ? 8 : 7).reverse();
		const totalCount = (count: number, size: number) => Math.ceil(count / size);
		expect(await open({ records, totalCount, cap: 2 }).read()).toEqual(upTo(8).reverse());
	});

	it('have every record once if a page begins with a late one, and repeats another', async () => {
		let requests = 0;
		const all = [...upTo(13), 3.5, 8.5].sort((a, b) => a - b);
		// Oldest first: 9 ends the first page, and is behind 8.5 on the second one.
		const records = () => (++requests === 1 ? upTo(13) : all);
		expect(await open({ records, totalCount: () => undefined }).read()).toEqual(all);
	});

	it('have every record once if many late ones move it by more than a page', async () => {
		let requests = 0;
		const late = Array.from({ length: 14 }, (_, i) => 8.2 + i / 100);
		const all = [...upTo(23), ...late].sort((a, b) => a - b);
		const records = () => (++requests === 1 ? upTo(23) : all);
		expect(await open({ records, totalCount: () => undefined }).read()).toEqual(all);
	});

	it.each([1, 3, 30])('are no empty log while %i records are counted', async (count) => {
		const server = { records: () => upTo(count), totalCount: (records: number) => records };
		const failure = await open({ ...server, isContentMissing: true })
			.read()
			.catch((error: unknown) => error);
		expect(isPageShift(failure)).toBe(true);
	});

	it('that end after full pages, although more is counted, are not believed', async () => {
		const server = { records: () => upTo(20), totalCount: () => 30, isEmpty204: true };
		const failure = await open(server)
			.read()
			.catch((error: unknown) => error);
		expect(isPageShift(failure)).toBe(true);
	});
});
