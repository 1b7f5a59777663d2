import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { Query } from '../../../nodes/Celonis/http/request';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';

const A = { event: 'A' };
const B = { event: 'B' };
const NO_CONTENT = 'status 204';

/** Responds with these bodies, one after the other, and records the queries. */
function script(bodies: readonly unknown[]) {
	const queries: Query[] = [];
	const send: Connection['send'] = async (_path, query) => {
		const body = bodies[queries.length];
		queries.push(query);
		const status = body === NO_CONTENT ? 204 : 200;
		return { status, headers: {}, body, sentAtMs: 0, durationMs: 1 };
	};
	const connection: Connection = { api: 'auditLog', team: 'team.example', send };
	return { connection, queries };
}

async function readAll(paginate: Paginator): Promise<unknown[]> {
	const records: unknown[] = [];
	for await (const page of paginate()) records.push(...page.records);
	return records;
}

async function readByToken(...bodies: unknown[]) {
	const { connection, queries } = script(bodies);
	const records = await readAll(createPageTokenPaginator(connection, '/'));
	return { records, tokens: queries.map(({ pageToken }) => pageToken) };
}

async function readByNumber(...bodies: unknown[]) {
	const { connection, queries } = script(bodies);
	const records = await readAll(createPageNumberPaginator(connection, { path: '/' }));
	return { records, pages: queries.map(({ pageNumber }) => pageNumber) };
}

describe('pages by token', () => {
	it('follow texts and numbers, also 0', async () => {
		const { records, tokens } = await readByToken(
			{ content: [A], nextPageToken: 0 },
			{ content: [B], nextPageToken: ' a b ' },
			{ content: [], nextPageToken: 12.5 },
			{ content: [], nextPageToken: '' },
		);
		expect(records).toEqual([A, B]);
		expect(tokens).toEqual([undefined, '0', ' a b ', '12.5']);
	});

	it('reject the same token, as a number and as a text', async () => {
		const pages = [
			{ content: [A], nextPageToken: 7 },
			{ content: [B], nextPageToken: '7' },
		];
		await expect(readByToken(...pages)).rejects.toThrow('repeatedPageToken');
	});

	it.each([NO_CONTENT, { totalCount: 0 }, { content: null }])(
		'request a page again that has no list although it was announced: %j',
		async (nothing) => {
			const first = { content: [A], nextPageToken: 'x' };
			const healed = await readByToken(first, nothing, { content: [B] });
			expect(healed).toEqual({ records: [A, B], tokens: [undefined, 'x', 'x'] });
			const ended = await readByToken(first, nothing, nothing);
			expect(ended).toEqual({ records: [A], tokens: [undefined, 'x', 'x'] });
		},
	);

	it('are not an empty log if records were counted', async () => {
		const counted = { content: [], totalCount: 5 };
		await expect(readByToken(counted)).rejects.toThrow('unexpectedJson');
		const { records } = await readByToken({ ...counted, nextPageToken: 'x' }, { content: [A] });
		expect(records).toEqual([A]);
	});
});

describe('pages by number', () => {
	it.each([NO_CONTENT, { totalCount: 0 }, { content: null }])(
		'request a page again that has no list although none was the last: %j',
		async (nothing) => {
			for (const total of [{ totalCount: 2 }, {}]) {
				const first = { content: [A], ...total };
				const healed = await readByNumber(first, nothing, { content: [B] }, { content: [] });
				expect(healed.records).toEqual([A, B]);
				expect(healed.pages.slice(0, 3)).toEqual([0, 1, 1]);
			}
			const uncounted = await readByNumber({ content: [A] }, NO_CONTENT, NO_CONTENT);
			expect(uncounted).toEqual({ records: [A], pages: [0, 1, 1] });
		},
	);

	it.each([NO_CONTENT, { totalCount: 0 }, { content: [] }, { content: [], totalCount: 0 }])(
		'do not end before their count: %j',
		async (nothing) => {
			const pages = [{ content: [A], totalCount: 2 }, nothing, nothing];
			await expect(readByNumber(...pages)).rejects.toThrow('pageShift');
		},
	);

	it('count by digits in a text, and not by anything else', async () => {
		const counted = await readByNumber({ content: [A], totalCount: '1', pageSize: 200 });
		expect(counted).toEqual({ records: [A], pages: [0] });
		for (const totalCount of [-1, 'many', null, 1.5]) {
			const { pages } = await readByNumber({ content: [A], totalCount }, { content: [] });
			expect(pages).toEqual([0, 1]);
		}
	});
});
