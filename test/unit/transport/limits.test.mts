import { describe, expect, it } from '@jest/globals';
import { createPageCounter } from '../../../nodes/Celonis/reading/paginationGuard';
import { createNumberedPages } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createTokenPages } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { Send } from '../../../nodes/Celonis/http/request';

const limits = { pages: 10, records: 25, emptyPages: 3 };
const headers = { date: 'Mon, 01 Jun 2026 08:00:00 GMT' };

describe('createPageCounter', () => {
	it.each([
		['pages', [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]],
		['records', [10, 15]],
		['empty pages', [0, 0, 0]],
	])('allows as many %s as the limit, and no more', (what, allowed) => {
		const count = createPageCounter(limits);
		allowed.forEach(count);
		expect(() => count(what === 'empty pages' ? 0 : 1)).toThrow('endless');
	});

	it('counts empty pages anew after one that is not', () => {
		const count = createPageCounter(limits);
		expect(() => [0, 0, 0, 1, 0, 0, 0].forEach(count)).not.toThrow();
	});
});

describe('a server that never comes to an end', () => {
	it.each([
		[
			'pages by number, without a total count',
			(send: Send) => createNumberedPages(send, { path: '/' }, limits),
		],
		['ever new tokens', (send: Send) => createTokenPages(send, '/', limits)],
	])('is left after the most records: %s', async (_name, createPages) => {
		let requests = 0;
		const send: Send = async () => {
			requests++;
			const body = { content: [{}, {}, {}], nextPageToken: `token ${requests}` };
			return { status: 200, headers, body, tookMs: 1 };
		};
		const read = async () => {
			for await (const page of createPages(send)()) expect(page.isLast).toBe(false);
		};
		await expect(read()).rejects.toMatchObject({ fault: { kind: 'endless', limit: '27 events' } });
		expect(requests).toBe(9);
	});
});
