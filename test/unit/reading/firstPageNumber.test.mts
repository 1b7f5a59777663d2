import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { NOW } from './arbitraries.mts';
import { read } from './read.mts';

const HOUR_MS = 60 * 60 * 1000;
const WINDOW = { fromMs: NOW - 24 * HOUR_MS, toMs: NOW };

interface Server {
	readonly times: readonly number[];
	/** How many identical events there are at each time. */
	readonly copies: number;
	readonly pageSize: number;
	readonly counts: 'records' | 'pages' | 'nothing';
	/** Page 0 is the first one, and page 1 too if numbers start at 1. */
	readonly firstNumber: 0 | 1;
}

function connectTo({ times, copies, pageSize, counts, firstNumber }: Server): Connection {
	const ordered = [...times].sort((a, b) => b - a).flatMap((ms) => Array<number>(copies).fill(ms));
	const send: Connection['send'] = async (_path, { from, to, pageNumber }) => {
		const [fromMs, toMs] = [from, to].map((text) => Date.parse(String(text)));
		const hits = ordered.filter((ms) => ms >= fromMs! && ms < toMs!);
		const start = Math.max(0, Number(pageNumber) - firstNumber) * pageSize;
		const content = hits
			.slice(start, start + pageSize)
			.map((ms) => ({ timestamp: new Date(ms).toISOString() }));
		const pages = Math.ceil(hits.length / pageSize);
		const totalCount = { records: hits.length, pages, nothing: undefined }[counts];
		const headers = { date: new Date(NOW).toUTCString() };
		const body = { content, pageNumber, pageSize, totalCount };
		return { status: 200, headers, body, sentAtMs: NOW, durationMs: 1 };
	};
	return { api: 'auditLog', team: 'team.example', send };
}

const servers = fc.record({
	times: fc.uniqueArray(fc.integer({ min: WINDOW.fromMs, max: NOW - 1 }), {
		maxLength: 90,
		size: 'max',
	}),
	copies: fc.constantFrom(1, 1, 2),
	pageSize: fc.integer({ min: 3, max: 20 }),
	counts: fc.constantFrom('records', 'pages', 'nothing'),
	firstNumber: fc.constantFrom(0, 1),
});

describe('numbers of pages that start at 0 or at 1', () => {
	it('repeat no event and hide none', async () => {
		await fc.assert(
			fc.asyncProperty(servers, fc.integer({ min: 1, max: 4 }), async (server, concurrency) => {
				const pages = createPageNumberPaginator(connectTo(server), { path: '/' });
				const events = await read(pages, WINDOW, { concurrency });
				const expected = server.times
					.flatMap((ms) => Array<number>(server.copies).fill(ms))
					.sort((a, b) => a - b);
				expect(events.map(({ timestampMs }) => timestampMs)).toEqual(expected);
			}),
			{ numRuns: 100 },
		);
	});

	it('are told from pages of identical events', async () => {
		const server = { times: [NOW - HOUR_MS], copies: 25, pageSize: 10, firstNumber: 0 } as const;
		for (const counts of ['records', 'pages', 'nothing'] as const) {
			const pages = createPageNumberPaginator(connectTo({ ...server, counts }), { path: '/' });
			expect(await read(pages, WINDOW)).toHaveLength(25);
		}
	});
});
