import { describe, expect, it } from '@jest/globals';
import type { CelonisError as AnyCelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { Query, SendOptions } from '../../../nodes/Celonis/http/request';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import { withRetry } from '../../../nodes/Celonis/http/retry';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import { buildWindowQuery } from '../../../nodes/Celonis/reading/dateForms';
import { isPageShift } from '../../../nodes/Celonis/reading/pageShift';
import { createFakeClock } from '../http/fakeClock.mts';

const api = 'auditLog';
const timeout = new CelonisError('timeout', { api });
const tooLarge = new CelonisError('responseTooLarge', { api, limit: '64 MiB' });
const gatewayTimeout = new CelonisError('unavailable', { api, status: 504 });
const refused = (detail: string) => new CelonisError('badRequest', { api, status: 400, detail });

/** Sends requests with retries; what is returned is a page, or what is thrown an error. */
function connect(respond: (query: Query) => object | AnyCelonisError) {
	const queries: Query[] = [];
	const options: Array<SendOptions | undefined> = [];
	const sendOnce = async (_path: string, query: Query, sent?: SendOptions) => {
		queries.push(query);
		options.push(sent);
		const body = respond(query);
		if (body instanceof CelonisError) throw body;
		return { status: 200, headers: {}, body, sentAtMs: 0, durationMs: 1 } satisfies HttpResponse;
	};
	const policy = {
		api,
		clock: createFakeClock(),
		random: () => 0,
		maxRetryDurationMs: 1e9,
	} as const;
	const connection: Connection = { api, team: 'team.example', send: withRetry(sendOnce, policy) };
	const sizes = () => queries.map(({ limit, pageSize }) => limit ?? pageSize);
	return { connection, queries, options, sizes };
}

const WINDOW = { fromMs: 5_000_500, toMs: 6_000_500 };

async function readAll(pages: AsyncIterable<{ readonly pageSize: number }>): Promise<number[]> {
	const sizes: number[] = [];
	for await (const { pageSize } of pages) sizes.push(pageSize);
	return sizes;
}

describe('the page size', () => {
	it('is reduced if a response is too large, and stays so for all windows', async () => {
		const { connection, sizes } = connect(({ limit }) =>
			Number(limit) > 40 ? tooLarge : { content: [] },
		);
		const paginate = createPageTokenPaginator(connection, '/');
		expect(await readAll(paginate({ window: WINDOW }))).toEqual([31]);
		expect(await readAll(paginate({ window: WINDOW }))).toEqual([31]);
		expect(sizes()).toEqual([500, 125, 31, 31]);
	});

	it('is reduced after the first timeout of a reading, and later after the second', async () => {
		let isSlow = true;
		const { connection, sizes } = connect(({ limit }) =>
			isSlow && Number(limit) > 100 ? timeout : { content: [] },
		);
		await readAll(createPageTokenPaginator(connection, '/')());
		expect(sizes()).toEqual([500, 125, 31]);

		isSlow = false;
		const full = { content: Array.from({ length: 500 }, (_, id) => ({ id })) };
		const later = connect(() => (isSlow && later.sizes().length < 4 ? timeout : full));
		const paginate = createPageTokenPaginator(later.connection, '/');
		await readAll(paginate());
		isSlow = true;
		await readAll(paginate());
		expect(later.sizes()).toEqual([500, 500, 500, 125]);
	});

	it('is reduced after three gateway timeouts, and not after 503', async () => {
		const { connection, sizes } = connect(() => gatewayTimeout);
		await expect(readAll(createPageTokenPaginator(connection, '/')())).rejects.toBe(gatewayTimeout);
		expect(sizes()).toEqual([500, 500, 500, 125, 125]);

		const unavailable = new CelonisError('unavailable', { api, status: 503 });
		const other = connect(() => unavailable);
		await expect(readAll(createPageTokenPaginator(other.connection, '/')())).rejects.toBe(
			unavailable,
		);
		expect(new Set(other.sizes())).toEqual(new Set([500]));
	});

	it('costs no attempt more if the server never responds', async () => {
		const { connection, sizes } = connect(() => timeout);
		await expect(readAll(createPageTokenPaginator(connection, '/')())).rejects.toBe(timeout);
		expect(sizes()).toEqual([500, 125, 31, 7, 1]);
	});

	it('of one record cannot be reduced: the error says so', async () => {
		const { connection, sizes } = connect(() => tooLarge);
		await expect(
			readAll(createPageNumberPaginator(connection, { path: '/' })()),
		).rejects.toMatchObject({
			details: { code: 'responseTooLarge', limit: expect.stringContaining('one record') },
		});
		expect(sizes()).toEqual([200, 50, 12, 3, 1]);
	});

	it('with page numbers, is reduced only from the first page on', async () => {
		const content = Array.from({ length: 200 }, (_, number) => ({ number }));
		const { connection, sizes, queries } = connect(({ pageNumber, pageSize }) =>
			pageNumber === 1 && pageSize === 200
				? tooLarge
				: { content: content.slice(0, Number(pageSize)) },
		);
		const paginate = createPageNumberPaginator(connection, { path: '/' });
		const failure = await readAll(paginate()).catch((error: unknown) => error);
		expect(isPageShift(failure)).toBe(true);
		for await (const { pageSize } of paginate()) {
			expect(pageSize).toBe(50);
			break;
		}
		expect(sizes()).toEqual([200, 200, 50]);
		expect(queries[2]!.pageNumber).toBe(0);
	});

	it('leaves time for a smaller page before a deadline, until a full one has arrived', async () => {
		let records = 20;
		const { connection, options } = connect(() => ({
			content: Array.from({ length: records }, (_, id) => ({ id })),
		}));
		const paginate = createPageTokenPaginator(connection, '/');
		await readAll(paginate({ pageSize: 1 }));
		await readAll(paginate());
		records = 500;
		await readAll(paginate());
		await readAll(paginate());
		const shares = options.map((sent) => sent?.maxTimeShare);
		expect(shares).toEqual([undefined, 0.5, 0.5, undefined]);
	});
});

describe('dates that are refused', () => {
	const onlySeconds = ({ from = '' }: Query) =>
		String(from).endsWith('Z') ? refused('first') : { content: [] };

	it('are sent in another form, for all windows, with rounded bounds', async () => {
		const { connection, queries } = connect(onlySeconds);
		const paginate = createPageTokenPaginator(connection, '/');
		await readAll(paginate({ window: WINDOW }));
		await readAll(paginate({ window: WINDOW }));
		expect(queries.map(({ from, to }) => [from, to])).toEqual([
			['1970-01-01T01:23:20.499Z', '1970-01-01T01:40:01.000Z'],
			['1970-01-01T01:23:20', '1970-01-01T01:40:01'],
			['1970-01-01T01:23:20', '1970-01-01T01:40:01'],
		]);
	});

	it('are not changed once they were accepted, and not without dates', async () => {
		let isRefused = false;
		const { connection, queries } = connect(() => (isRefused ? refused('late') : { content: [] }));
		const paginate = createPageTokenPaginator(connection, '/');
		await readAll(paginate({ window: WINDOW }));
		isRefused = true;
		await expect(readAll(paginate({ window: WINDOW }))).rejects.toThrow('badRequest');
		expect(queries).toHaveLength(2);
		const other = connect(() => refused('no dates'));
		await expect(readAll(createPageTokenPaginator(other.connection, '/')())).rejects.toThrow(
			'badRequest',
		);
		expect(other.queries).toHaveLength(1);
	});

	it('are refused for good if a record is outside: the server has another time zone', async () => {
		const { connection } = connect(({ from = '' }) =>
			String(from).endsWith('Z')
				? refused('first')
				: { content: [{ timestamp: new Date(WINDOW.fromMs - 7_200_000).toISOString() }] },
		);
		const paginate = createPageTokenPaginator(connection, '/');
		await expect(readAll(paginate({ window: WINDOW }))).rejects.toMatchObject({
			details: { detail: 'first' },
		});
	});

	it('cover at least the window', () => {
		for (const fromMs of [5000, 5001, 5999, 6000]) {
			const { from, to } = buildWindowQuery({ fromMs, toMs: fromMs + 1 }, 'seconds');
			expect(Date.parse(`${String(from)}Z`)).toBeLessThan(fromMs);
			expect(Date.parse(`${String(to)}Z`)).toBeGreaterThanOrEqual(fromMs + 1);
		}
	});
});

describe('page tokens that are refused', () => {
	it.each([400, 404, 410])(
		'begin the window anew, a bounded number of times: %i',
		async (status) => {
			const refusal = new CelonisError('unexpectedStatus', { api, status });
			const { connection } = connect(({ pageToken }) =>
				pageToken === undefined ? { content: [], nextPageToken: 'x' } : refusal,
			);
			const paginate = createPageTokenPaginator(connection, '/');
			const read = async () =>
				await readAll(paginate()).catch((error: unknown) => isPageShift(error));
			// An error that was marked once stays so: each reading has one of its own.
			expect([await read(), await read(), await read()]).toEqual([true, true, true]);
			const other = new CelonisError('unexpectedStatus', { api, status: 500 });
			const failing = connect(({ pageToken }) =>
				pageToken === undefined ? { content: [], nextPageToken: 'x' } : other,
			);
			const failed = readAll(createPageTokenPaginator(failing.connection, '/')());
			expect(isPageShift(await failed.catch((error: unknown) => error))).toBe(false);
		},
	);

	it('end the window if its last page shows nothing in two readings', async () => {
		let issued = 0;
		const used = new Set<unknown>();
		const refusal = () => new CelonisError('unexpectedStatus', { api, status: 410 });
		const { connection } = connect(({ pageToken }) => {
			if (pageToken === undefined) return { content: [1], nextPageToken: `token ${++issued}` };
			if (used.has(pageToken)) return refusal();
			used.add(pageToken);
			return { content: null };
		});
		const paginate = createPageTokenPaginator(connection, '/');
		const first = await readAll(paginate()).catch((error: unknown) => isPageShift(error));
		expect(first).toBe(true);
		expect(await readAll(paginate())).toHaveLength(2);
	});
});
