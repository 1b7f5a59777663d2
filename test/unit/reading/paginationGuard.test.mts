import { describe, expect, it } from '@jest/globals';
import { createPaginationGuard } from '../../../nodes/Celonis/reading/paginationGuard';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { SendRequest } from '../../../nodes/Celonis/http/request';

const limits = { maxPages: 10, maxRecords: 25, maxEmptyPages: 3 };
const headers = { date: 'Mon, 01 Jun 2026 08:00:00 GMT' };

describe('createPaginationGuard', () => {
	it.each([
		['pages', [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]],
		['records', [10, 15]],
		['empty pages', [0, 0, 0]],
	])('allows %s up to the limit', (what, allowed) => {
		const count = createPaginationGuard('auditLog', limits);
		allowed.forEach(count);
		expect(() => count(what === 'empty pages' ? 0 : 1)).toThrow('endlessPaging');
	});

	it('restarts the count of empty pages after a page with records', () => {
		const count = createPaginationGuard('auditLog', limits);
		expect(() => [0, 0, 0, 1, 0, 0, 0].forEach(count)).not.toThrow();
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
			const body = { content: [{}, {}, {}], nextPageToken: `token ${requests}` };
			return { status: 200, headers, body, durationMs: 1 };
		};
		const read = async () => {
			for await (const page of createPages({ api: 'auditLog', send })())
				expect(page.isLast).toBe(false);
		};
		await expect(read()).rejects.toMatchObject({
			details: { code: 'endlessPaging', limit: '27 events' },
		});
		expect(requests).toBe(9);
	});
});
