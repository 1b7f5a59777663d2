import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import {
	withConcurrencyLimit,
	type ConcurrencyOptions,
} from '../../../nodes/Celonis/http/concurrencyLimiter';
import { createFakeClock } from './fakeClock.mts';

const success: HttpResponse = { status: 200, headers: {}, body: {}, sentAtMs: 0, durationMs: 0 };
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

interface PendingRequest {
	succeed(): void;
	limit(retryAfterMs?: number): void;
}

/** A limiter whose requests end when the test says so; time passes with each success. */
function setUp(maxLimit: number, options: Partial<ConcurrencyOptions> = {}) {
	const inFlight: PendingRequest[] = [];
	const sleeps: number[] = [];
	const failures: unknown[] = [];
	let nowMs = 0;
	const send = withConcurrencyLimit(
		() =>
			new Promise((resolve, reject) => {
				inFlight.push({
					succeed: () => resolve(success),
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
		request: async (count: number) => {
			for (let i = 0; i < count; i++) void send('/', {}).catch((error) => failures.push(error));
			await settle();
		},
		succeedOnce: async () => {
			inFlight.shift()!.succeed();
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
		expect(inFlight).toHaveLength(3);
		await succeedOnce();
		expect(inFlight).toHaveLength(3);
	});

	it('halves the limit after a 429; concurrent 429s count once', async () => {
		const { request, limitAll, inFlight, sleeps } = setUp(8);
		await request(40);
		await limitAll();
		expect(inFlight).toHaveLength(4);
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

	it('increases the limit by 1 after a series of successes, up to its maximum', async () => {
		const { request, succeedOnce, limitAll, inFlight } = setUp(4);
		await request(500);
		await limitAll();
		expect(inFlight).toHaveLength(2);
		const limits = new Set<number>();
		for (let i = 0; i < 300; i++) {
			await succeedOnce();
			limits.add(inFlight.length);
		}
		expect([...limits]).toEqual([2, 3, 4]);
	});

	it('sends nothing while Celonis asks to wait', async () => {
		const { request, inFlight, sleeps } = setUp(4);
		await request(10);
		const [first, ...others] = inFlight.splice(0);
		first!.limit(7000);
		await settle();
		for (const other of others) other.succeed();
		await settle();
		expect(inFlight).toEqual([]);
		expect(sleeps).toEqual([7000, 7000]);
	});

	it('releases the slot after any error', async () => {
		const options = { clock: createFakeClock(), maxRetryDurationMs: Infinity };
		const send = withConcurrencyLimit(() => Promise.reject(new Error('any')), 1, {
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
