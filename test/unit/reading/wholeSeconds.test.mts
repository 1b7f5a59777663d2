import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import { withSubSecondWindows } from '../../../nodes/Celonis/reading/subSecondWindows';
import type { TimeWindow } from '../../../nodes/Celonis/records/timeWindow';
import { NOW } from './arbitraries.mts';
import { read, type ReadOptions } from './read.mts';

const HOUR_MS = 60 * 60 * 1000;
const PAGE_SIZE = 10;

interface Server {
	readonly times: readonly number[];
	readonly isNewestFirst: boolean;
	readonly isEndInclusive: boolean;
}

/** A server that ignores the fractions of seconds in `from` and `to`. */
function connectTo({ times, isNewestFirst, isEndInclusive }: Server): Connection {
	const ordered = [...times].sort((a, b) => (isNewestFirst ? b - a : a - b));
	const toSecond = (text: unknown) => Math.floor(Date.parse(String(text)) / 1000) * 1000;
	const send: Connection['send'] = async (_path, { from, to, pageToken, pageNumber }) => {
		const fromMs = toSecond(from);
		const toMs = to === undefined ? Infinity : toSecond(to) + (isEndInclusive ? 1 : 0);
		const hits = ordered.filter((ms) => ms >= fromMs && ms < toMs);
		const start = Number(pageToken ?? Number(pageNumber ?? 0) * PAGE_SIZE);
		const end = start + PAGE_SIZE;
		const content = hits.slice(start, end).map((ms) => ({ timestamp: new Date(ms).toISOString() }));
		const body = {
			content,
			...(pageNumber === undefined
				? end < hits.length && { nextPageToken: String(end) }
				: { pageNumber, pageSize: PAGE_SIZE, totalCount: hits.length }),
		};
		const headers = { date: new Date(NOW).toUTCString() };
		return { status: 200, headers, body, sentAtMs: NOW, durationMs: 1 };
	};
	return { api: 'auditLog', team: 'team.example', send };
}

interface ReadCase {
	readonly server: Server;
	readonly options: ReadOptions;
	readonly isNumbered: boolean;
	readonly window: TimeWindow;
}

const cases = (times: fc.Arbitrary<number[]>): fc.Arbitrary<ReadCase> =>
	fc.record({
		server: fc.record({ times, isNewestFirst: fc.boolean(), isEndInclusive: fc.boolean() }),
		options: fc.record({
			direction: fc.constantFrom('oldestFirst', 'newestFirst'),
			concurrency: fc.integer({ min: 1, max: 4 }),
			limit: fc.constantFrom(Infinity, 25),
		}),
		isNumbered: fc.boolean(),
		window: fc
			.nat({ max: 999 })
			.map((ms) => ({ fromMs: NOW - 2 * HOUR_MS, toMs: NOW - HOUR_MS / 2 + ms })),
	});

async function expectAllEvents({ server, options, isNumbered, window }: ReadCase): Promise<void> {
	const connection = connectTo(server);
	const pages = isNumbered
		? createPageNumberPaginator(connection, { path: '/' })
		: createPageTokenPaginator(connection, '/');
	const events = await read(withSubSecondWindows(pages), window, options);
	const expected = server.times
		.filter((ms) => ms < window.toMs)
		.sort((a, b) => (options.direction === 'oldestFirst' ? a - b : b - a));
	expect(events.map(({ timestampMs }) => timestampMs)).toEqual(expected.slice(0, options.limit));
}

describe('a server that ignores fractions of seconds', () => {
	it('hides no events of slices that are longer than a second', async () => {
		// A few in each ten seconds, so that no slice has to be shorter.
		const times = fc
			.array(fc.tuple(fc.nat({ max: 9999 }), fc.nat({ max: 9999 })), {
				minLength: 60,
				maxLength: 150,
				size: 'max',
			})
			.map((pairs) =>
				pairs.flatMap(([a, b], i) => [a, b].map((ms) => NOW - HOUR_MS + i * 10_000 + ms)),
			);
		await fc.assert(fc.asyncProperty(cases(times), expectAllEvents), { numRuns: 40 });
	});

	it('hides no events of a second that has many', async () => {
		const times = fc
			.array(fc.oneof(fc.nat({ max: 1500 }), fc.constantFrom(0, 1, 400, 999, 1000)), {
				minLength: 60,
				maxLength: 200,
				size: 'max',
			})
			.map((offsets) => offsets.map((ms) => NOW - HOUR_MS + ms));
		await fc.assert(fc.asyncProperty(cases(times), expectAllEvents), { numRuns: 15 });
	});
});
