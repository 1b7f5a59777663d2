import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { KnownLimit } from '../../../nodes/Celonis/http/adaptiveLimit';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import {
	withConcurrencyLimit,
	type ConcurrencyOptions,
} from '../../../nodes/Celonis/http/concurrencyLimiter';
import { createFakeClock } from './fakeClock.mts';
import { createKnownLimit } from './knownLimit.mts';

const succeed = (durationMs: number, remaining?: number): HttpResponse => ({
	status: 200,
	headers: remaining === undefined ? {} : { 'x-ratelimit-remaining': String(remaining) },
	body: {},
	sentAtMs: 0,
	durationMs,
});
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

interface PendingRequest {
	succeed(durationMs?: number, remaining?: number): void;
	limit(retryAfterMs?: number): void;
}

/** A limiter whose requests end when the test says so; time passes with each success. */
function setUp(maxLimit: number, options: Partial<ConcurrencyOptions> = {}) {
	const inFlight: PendingRequest[] = [];
	const sleeps: number[] = [];
	const failures: unknown[] = [];
	let nowMs = 0;
	const { send, getConcurrency } = withConcurrencyLimit(
		() =>
			new Promise((resolve, reject) => {
				inFlight.push({
					succeed: (durationMs = 20, remaining) => resolve(succeed(durationMs, remaining)),
					limit: (retryAfterMs) =>
						reject(new CelonisError('rateLimited', { api: 'auditLog', retryAfterMs })),
				});
			}),
		maxLimit,
		{
			api: 'auditLog',
			clock: {
				...createFakeClock(),
				now: () => nowMs,
				// Never ends: these tests only look at who waits.
				sleep: async (ms) => await new Promise<void>(() => sleeps.push(ms)),
			},
			maxRetryDurationMs: Infinity,
			...options,
		},
	);
	return {
		inFlight,
		sleeps,
		failures,
		getConcurrency,
		request: async (count: number) => {
			for (let i = 0; i < count; i++) void send('/', {}).catch((error) => failures.push(error));
			await settle();
		},
		succeedOnce: async (durationMs?: number, remaining?: number) => {
			inFlight.shift()!.succeed(durationMs, remaining);
			nowMs++;
			await settle();
		},
		limitAll: async (retryAfterMs?: number) => {
			for (const request of inFlight.splice(0)) request.limit(retryAfterMs);
			await settle();
		},
	};
}

describe('withConcurrencyLimit', () => {
	it('sends the next request when another one ends', async () => {
		const { request, succeedOnce, inFlight } = setUp(3);
		await request(5);
		expect(inFlight).toHaveLength(2);
		await succeedOnce();
		expect(inFlight).toHaveLength(2);
	});

	/** The limits that come one after the other, while each response takes this long. */
	const listLimits = async (
		maxLimit: number,
		getDurationMs: (limit: number) => number,
		remaining?: number,
	) => {
		const { request, succeedOnce, getConcurrency, inFlight } = setUp(maxLimit);
		await request(300);
		const limits = new Set<number>([getConcurrency()]);
		for (let i = 0; i < 250; i++) {
			await succeedOnce(getDurationMs(getConcurrency()), remaining);
			limits.add(getConcurrency());
			expect(inFlight.length).toBeLessThanOrEqual(getConcurrency());
		}
		return [...limits];
	};

	it.each([
		['up to its maximum', 16, [2, 4, 8, 16]],
		['up to a maximum that is no power of two', 5, [2, 4, 5]],
		['not at all', 1, [1]],
	])('doubles the limit while responses get no slower: %s', async (_, maxLimit, limits) => {
		expect(await listLimits(maxLimit, () => 50)).toEqual(limits);
	});

	it('does not increase the limit where responses get slower', async () => {
		expect(await listLimits(16, (limit) => 50 * limit)).toEqual([2, 4]);
		expect(await listLimits(16, (limit) => Math.max(50, 12.5 * limit))).toEqual([2, 4, 8]);
	});

	it('does not increase the limit beyond what the rate limit allows', async () => {
		expect(await listLimits(16, () => 50, 3)).toEqual([2, 3]);
		expect(await listLimits(16, () => 50, 0)).toEqual([2]);
	});

	it('does not increase the limit while fewer requests are in flight', async () => {
		const { request, succeedOnce, getConcurrency } = setUp(8);
		for (let i = 0; i < 50; i++) {
			await request(1);
			await succeedOnce();
		}
		expect(getConcurrency()).toBe(2);
	});

	it('starts with what an earlier connection has learned, up to the maximum', async () => {
		for (const [limit, expected] of [
			[6, 6],
			[16, 8],
			[1, 1],
			[undefined, 2],
		] as const) {
			const knownLimit = limit === undefined ? undefined : createKnownLimit(limit);
			const { request, inFlight } = setUp(8, { knownLimit });
			await request(20);
			expect(inFlight).toHaveLength(expected);
		}
	});

	it('learns nothing from successes of a connection that may send fewer requests than are known to work', async () => {
		for (const [maxLimit, knownLimit, learns] of [
			[1, undefined, false],
			[4, createKnownLimit(8), false],
			[8, createKnownLimit(8), true],
			[2, undefined, true],
		] as const) {
			let hasLearned = false;
			const onLimitKnown = () => (hasLearned = true);
			const { request, succeedOnce } = setUp(maxLimit, { knownLimit, onLimitKnown });
			await request(20);
			for (let i = 0; i < 10; i++) await succeedOnce();
			expect(hasLearned).toBe(learns);
		}
	});

	it('keeps to the lower maximum after a 429 of an earlier connection, whatever its own is', async () => {
		const knownLimit = { ...createKnownLimit(8), reducedAtMs: 0 };
		const { request, succeedOnce, getConcurrency } = setUp(8, { knownLimit });
		expect(getConcurrency()).toBe(4);
		await request(200);
		for (let i = 0; i < 150; i++) await succeedOnce();
		expect(getConcurrency()).toBe(4);
	});

	it('grows on over connections that have too few responses each', async () => {
		let knownLimit: KnownLimit | undefined;
		const limits: number[] = [];
		for (let i = 0; i < 20; i++) {
			const { request, succeedOnce, getConcurrency } = setUp(8, {
				knownLimit,
				onLimitKnown: (known) => (knownLimit = known),
			});
			await request(20);
			for (let j = 0; j < 12; j++) await succeedOnce();
			limits.push(getConcurrency());
		}
		expect([limits[0], limits.at(-1)]).toEqual([4, 8]);
	});

	it('says what the next connection may start with, and that there was a 429', async () => {
		const learned: Array<[number, boolean]> = [];
		const { request, succeedOnce, limitAll } = setUp(8, {
			onLimitKnown: ({ limit, reducedAtMs }) => learned.push([limit, reducedAtMs !== undefined]),
		});
		await request(1);
		await succeedOnce();
		expect(learned).toEqual([]);
		await request(80);
		for (let i = 0; i < 40; i++) await succeedOnce();
		expect(learned.at(-1)).toEqual([8, false]);
		await limitAll();
		expect(learned.at(-1)).toEqual([2, true]);
		for (let i = 0; i < 20; i++) await succeedOnce();
		expect(learned.at(-1)).toEqual([3, true]);
	});

	it('halves the limit after a 429; concurrent 429s count once', async () => {
		const { request, succeedOnce, limitAll, inFlight, sleeps } = setUp(4);
		await request(40);
		for (let i = 0; i < 4; i++) await succeedOnce();
		expect(inFlight).toHaveLength(4);
		await limitAll();
		expect(inFlight).toHaveLength(2);
		expect(sleeps).toEqual([]);
	});

	it('keeps a limit of at least 1', async () => {
		const { request, succeedOnce, limitAll, inFlight } = setUp(2);
		await request(20);
		for (let i = 0; i < 5; i++) {
			await succeedOnce();
			await limitAll();
		}
		expect(inFlight).toHaveLength(1);
	});

	it.each([
		[4, [2, 3, 4]],
		[8, [2, 3, 4]],
		[16, [4, 5, 6, 7, 8]],
	])(
		'increases a maximum of %i by 1 after series of successes after a 429: to %p',
		async (maxLimit, expected) => {
			const { request, succeedOnce, limitAll, getConcurrency } = setUp(maxLimit);
			await request(900);
			while (getConcurrency() < maxLimit) await succeedOnce();
			await limitAll();
			const limits = new Set<number>();
			for (let i = 0; i < 500; i++) {
				limits.add(getConcurrency());
				await succeedOnce();
			}
			expect([...limits]).toEqual(expected);
		},
	);

	it('sends nothing while Celonis asks to wait', async () => {
		const { request, inFlight, sleeps } = setUp(2);
		await request(10);
		const [first, ...others] = inFlight.splice(0);
		first!.limit(7000);
		await settle();
		for (const other of others) other.succeed();
		await settle();
		expect(inFlight).toEqual([]);
		expect(sleeps).toEqual([7000]);
	});

	it('releases the slot after any error', async () => {
		const options = { clock: createFakeClock(), maxRetryDurationMs: Infinity };
		const { send } = withConcurrencyLimit(() => Promise.reject(new Error('any')), 1, {
			api: 'auditLog',
			...options,
		});
		for (let i = 0; i < 3; i++) await expect(send('/', {})).rejects.toThrow('any');
	});

	it.each([
		['the deadline', { deadlineMs: 10_000 }],
		['the retry duration', { maxRetryDurationMs: 10_000 }],
	])('fails waiting requests with the 429 if the wait would exceed %s', async (_limit, options) => {
		const { request, limitAll, sleeps, failures } = setUp(2, options);
		await request(6);
		await limitAll(60_000);
		expect(sleeps).toEqual([]);
		expect(failures).toHaveLength(6);
		for (const error of failures) {
			expect(error).toMatchObject({ details: { code: 'rateLimited', retryAfterMs: 60_000 } });
		}
	});
});
