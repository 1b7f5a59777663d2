import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import { NOW } from './arbitraries.mts';
import { read } from './read.mts';

const MINUTE_MS = 60_000;
const PAGE_SIZE = 10;

interface Server {
	/** When the events happened, in minutes before now. */
	readonly minutesAgo: readonly number[];
	/** How many of them appear late: each after some requests. */
	readonly lateAfterRequests: readonly number[];
	/** How many events of the same content there are for each. */
	readonly copies: number;
	readonly isNewestFirst: boolean;
}

/** A server whose page tokens are numbers of records, so that events that appear late move the others. */
function connectTo({ minutesAgo, lateAfterRequests, copies, isNewestFirst }: Server) {
	let requests = 0;
	const events = minutesAgo.flatMap((minutes, i) =>
		Array.from({ length: copies }, () => ({
			timestamp: new Date(NOW - minutes * MINUTE_MS).toISOString(),
			visibleFrom: lateAfterRequests[i] ?? 0,
		})),
	);
	events.sort((a, b) => (isNewestFirst ? -1 : 1) * a.timestamp.localeCompare(b.timestamp));
	const send: Connection['send'] = async (_path, { from, to, pageToken }) => {
		requests++;
		const hits = events.filter(
			({ timestamp, visibleFrom }) =>
				timestamp >= String(from) && timestamp < String(to) && visibleFrom < requests,
		);
		const start = Number(pageToken ?? 0);
		const end = start + PAGE_SIZE;
		const content = hits.slice(start, end).map(({ timestamp }) => ({ timestamp }));
		const body = { content, ...(end < hits.length && { nextPageToken: String(end) }) };
		const headers = { date: new Date(NOW).toUTCString() };
		return { status: 200, headers, body, sentAtMs: NOW, durationMs: 1 };
	};
	const connection: Connection = { api: 'auditLog', team: 'team.example', send };
	return { connection, events };
}

const WINDOW = { fromMs: NOW - 1000 * MINUTE_MS, toMs: NOW };

describe('page tokens that stand for a number of records', () => {
	const minutes = fc.integer({ min: 1, max: 999 });
	const servers = fc.record({
		minutesAgo: fc.uniqueArray(minutes, { minLength: 15, maxLength: 120, size: 'max' }),
		lateAfterRequests: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4, size: 'max' }),
		copies: fc.constant(1),
		isNewestFirst: fc.boolean(),
	});
	const options = fc.record({ concurrency: fc.integer({ min: 1, max: 4 }) });

	it('repeat no event, and hide none that was visible from the start', async () => {
		await fc.assert(
			fc.asyncProperty(servers, options, async (server, readOptions) => {
				const { connection, events } = connectTo(server);
				const found = await read(createPageTokenPaginator(connection, '/'), WINDOW, readOptions);
				const times = found.map(({ timestampMs }) => timestampMs);
				expect(new Set(times).size).toBe(times.length);
				const early = events.filter(({ visibleFrom }) => visibleFrom === 0);
				const missing = early.filter(({ timestamp }) => !times.includes(Date.parse(timestamp)));
				expect(missing).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it('may have identical events on two pages', async () => {
		const copied = fc.record({ server: servers, copies: fc.integer({ min: 2, max: 25 }) });
		await fc.assert(
			fc.asyncProperty(copied, options, async ({ server, copies }, readOptions) => {
				const few = server.minutesAgo.slice(0, 12);
				const { connection, events } = connectTo({
					...server,
					minutesAgo: few,
					lateAfterRequests: [],
					copies,
				});
				const found = await read(createPageTokenPaginator(connection, '/'), WINDOW, readOptions);
				expect(found).toHaveLength(events.length);
				expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(events.length);
			}),
			{ numRuns: 30 },
		);
	});
});
