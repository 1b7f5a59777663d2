import { describe, expect, it } from '@jest/globals';
import {
	PaginationGuard,
	PAGINATION_LIMITS,
	type PaginationLimits,
} from '../../../nodes/Celonis/reading/paginationGuard';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { TimeWindow } from '../../../nodes/Celonis/records/timeWindow';

const limits = {
	maxPages: 10,
	maxRecords: 25,
	maxFetchedRecords: 40,
	maxEmptyPages: 3,
	maxSparsePages: 5,
	maxPagesOutside: 2,
	maxRepeatedPages: 4,
};
const headers = { date: 'Mon, 01 Jun 2026 08:00:00 GMT' };
const WINDOW: TimeWindow = { fromMs: 1_000_000, toMs: 2_000_000 };

let numbered = 0;

/** A page with this number of records, which differ from all others, at these times. */
function createPage(records: number, { pageSize = 5, isLast = false, ms = [1_500_000] } = {}) {
	const list = Array.from({ length: records }, (_, i) => ({
		timestamp: new Date(ms[i % ms.length]!).toISOString(),
		number: ++numbered,
	}));
	return { records: list, pageSize, isLast };
}

const createGuard = (changes: Partial<PaginationLimits> = {}) =>
	new PaginationGuard('auditLog', { ...limits, ...changes });

describe('PaginationGuard', () => {
	it.each([
		['pages', Array.from({ length: 10 }, () => 2), 2],
		['events', [10, 15], 1],
		['empty pages', [0, 0, 0], 0],
	])('allows %s of one window up to the limit', (unit, allowed, next) => {
		const count = createGuard().startSequence();
		for (const records of allowed) count(createPage(records));
		expect(() => count(createPage(next))).toThrow('endlessPaging');
		expect(unit).toBeTruthy();
	});

	it('restarts the count of empty pages after a page with records', () => {
		const count = createGuard().startSequence();
		expect(() => [0, 0, 0, 1, 0].forEach((records) => count(createPage(records)))).not.toThrow();
	});

	it.each([
		['pages', () => createPage(3), 10, {}],
		['records', () => createPage(20, { pageSize: 20 }), 2, {}],
		['nearly empty pages', () => createPage(4, { pageSize: 500 }), 5, {}],
		['pages before the window', () => createPage(3, { ms: [900_000] }), 2, {}],
		['pages after the window', () => createPage(3, { ms: [2_100_000] }), 2, {}],
		['pages around the window', () => createPage(3, { ms: [900_000, 2_100_000] }), 2, {}],
	])('counts %s over all windows of a reading', (_name, create, allowed, changes) => {
		const guard = createGuard({ maxRecords: 1000, ...changes });
		for (let i = 0; i < allowed; i++) guard.startSequence(WINDOW)(create());
		expect(() => guard.startSequence(WINDOW)(create())).toThrow('endlessPaging');
	});

	it('counts neither last pages nor full ones as nearly empty', () => {
		const guard = createGuard({ maxPages: 100 });
		const count = guard.startSequence();
		for (let i = 0; i < 9; i++) count(createPage(1, { pageSize: 500, isLast: true }));
		for (let i = 0; i < 9; i++) count(createPage(1, { pageSize: 1 }));
		expect(guard.describeOddity()).toBeUndefined();
	});

	it('counts no page as outside that has rounded bounds, or an end inside', () => {
		const guard = createGuard();
		for (const ms of [[998_500], [2_001_500], [900_000, 1_500_000]]) {
			guard.startSequence(WINDOW)(createPage(2, { ms }));
		}
	});

	it('stops at the same page again and again', () => {
		const guard = createGuard({ maxPages: 100 });
		const count = guard.startSequence();
		const page = createPage(2);
		for (let i = 0; i < 5; i++) count(page);
		expect(() => count(page)).toThrow('endlessPaging');
		expect(guard.describeOddity()).toContain('same page');
	});

	it('says what is odd about most of the pages', () => {
		const guard = createGuard({ maxPagesOutside: 100 });
		const outside = () => guard.startSequence(WINDOW)(createPage(1, { ms: [0] }));
		for (let i = 0; i < 4; i++) outside();
		expect(guard.describeOddity()).toBeUndefined();
		outside();
		expect(guard.describeOddity()).toBe('5 of 5 pages outside of the window');
		for (let i = 0; i < 5; i++) guard.startSequence(WINDOW)(createPage(4));
		expect(guard.describeOddity()).toBeUndefined();
	});

	it.each([200, 500])('allows a million events in a thousand slices, %i a page', (pageSize) => {
		const guard = new PaginationGuard('auditLog');
		for (let slice = 0; slice < 1000; slice++) {
			const count = guard.startSequence(WINDOW);
			const ends = { ms: [WINDOW.fromMs, WINDOW.toMs - 1] };
			// The first page of a slice that is too long is fetched in vain.
			const pages = Math.ceil(1000 / pageSize) + 1;
			for (let page = 1; page <= pages; page++) {
				const records = createPage(2, ends).records;
				const sent = new Proxy(records, {
					get: (list, key) =>
						key === 'length'
							? pageSize
							: key === String(pageSize - 1)
								? list[1]
								: list[key as unknown as number],
				});
				count({ records: sent, pageSize, isLast: page === pages });
			}
		}
		expect(PAGINATION_LIMITS.maxRecords).toBeGreaterThanOrEqual(1_000_000);
	});
});

describe('a server whose pages never end', () => {
	it.each([
		[
			'pages by number, without a total count',
			(connection: Connection) => createPageNumberPaginator(connection, { path: '/' }, limits),
		],
		[
			'ever new tokens',
			(connection: Connection) => createPageTokenPaginator(connection, '/', limits),
		],
	])('fails after the maximum number of records: %s', async (_name, createPages) => {
		let requests = 0;
		const send: SendRequest = async () => {
			requests++;
			const content = Array.from({ length: 5 }, (_, record) => ({ requests, record }));
			const body = { content, nextPageToken: `token ${requests}` };
			return { status: 200, headers, body, sentAtMs: 0, durationMs: 1 };
		};
		const read = async () => {
			const paginate = createPages({ api: 'auditLog', team: 'team.example', send });
			for await (const page of paginate({ pageSize: 5 })) expect(page.isLast).toBe(false);
		};
		await expect(read()).rejects.toMatchObject({
			details: { code: 'endlessPaging', limit: '30 events' },
		});
		expect(requests).toBe(6);
	});
});
