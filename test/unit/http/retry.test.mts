import { describe, expect, it } from '@jest/globals';
import { CelonisError, isPollDeadlineExceeded } from '../../../nodes/Celonis/errors/celonisError';
import { ERROR_CATALOG, type ErrorCode } from '../../../nodes/Celonis/errors/catalog';
import type { RequestOptions } from '../../../nodes/Celonis/http/request';
import { withRetry, type RetryPolicy } from '../../../nodes/Celonis/http/retry';
import { createFakeClock } from './fakeClock.mts';

const success = { status: 200, headers: {}, body: {}, sentAtMs: 0, durationMs: 0 };

/** An error of any code. The facts that its texts would name do not matter here. */
const createError = (code: ErrorCode, retryAfterMs?: number) =>
	new CelonisError(code as 'cancelled', { retryAfterMs });

/** Sends a request; each attempt has the next outcome, or the last one again. */
function send(
	outcomes: Array<CelonisError | typeof success>,
	policy: Partial<RetryPolicy> = {},
	options?: RequestOptions,
) {
	const clock = createFakeClock();
	let attempts = 0;
	const sendWithRetry = withRetry(
		async () => {
			const outcome = outcomes[Math.min(attempts++, outcomes.length - 1)]!;
			if (outcome instanceof CelonisError) throw outcome;
			return outcome;
		},
		{ api: 'auditLog', clock, random: () => 1, maxRetryDurationMs: 300_000, ...policy },
	);
	const response = sendWithRetry('/', {}, options);
	return { response, sleeps: clock.sleeps, countAttempts: () => attempts };
}

describe('withRetry', () => {
	const codes = Object.keys(ERROR_CATALOG) as ErrorCode[];

	it.each(codes)('makes as many attempts as the catalogue says after %s', async (code) => {
		const error = createError(code);
		const maxAttempts = { never: 1, once: 2, backoff: 5 }[ERROR_CATALOG[code].retry];
		const failures = (count: number) => Array.from({ length: count }, () => error);

		const failing = send(failures(maxAttempts));
		await expect(failing.response).rejects.toBe(error);
		expect(failing.countAttempts()).toBe(maxAttempts);
		expect(await send([...failures(maxAttempts - 1), success]).response).toBe(success);
	});

	it.each(codes)('never executes a request twice that is not idempotent after %s', async (code) => {
		const { response, countAttempts } = send(
			[createError(code), success],
			{},
			{
				method: 'POST',
				idempotent: false,
			},
		);
		await response.catch(() => undefined);
		const isNotExecuted = ['rateLimited', 'unreachable', 'unknownHost'].includes(code);
		expect(countAttempts()).toBe(isNotExecuted ? 2 : 1);
	});

	it('retries a POST that is idempotent', async () => {
		const options: RequestOptions = { method: 'POST', idempotent: true };
		expect(await send([createError('timeout'), success], {}, options).response).toBe(success);
	});

	it('backs off exponentially, and gives up with the last error', async () => {
		const error = createError('unavailable');
		const { response, sleeps } = send([error]);
		await expect(response).rejects.toBe(error);
		expect(sleeps).toEqual([500, 1000, 2000, 4000]);
	});

	it('adds jitter', async () => {
		const { response, sleeps } = send([createError('unavailable'), success], {
			random: () => 0.1,
		});
		await response;
		expect(sleeps).toEqual([50]);
	});

	it('waits as long as Celonis asks', async () => {
		const { response, sleeps } = send([createError('rateLimited', 42_000), success]);
		await response;
		expect(sleeps).toEqual([42_000]);
	});

	it('waits as long as a service asks that is not available', async () => {
		const { response, sleeps } = send([createError('unavailable', 42_000), success]);
		await response;
		expect(sleeps).toEqual([42_000]);
	});

	it('waits two seconds and more after a 429 that does not say how long', async () => {
		const error = createError('rateLimited');
		const first = send([error], { random: () => 0 });
		await expect(first.response).rejects.toBe(error);
		expect(first.sleeps.map(Math.round)).toEqual([2000, 2800, 3920, 5488]);
		const second = send([error, success], { random: () => 1 });
		await second.response;
		expect(second.sleeps).toEqual([2200]);
	});

	it('gives up instead of waiting beyond the deadline', async () => {
		const error = createError('rateLimited', 42_000);
		const { response, sleeps } = send([error, success], { deadlineMs: 30_000 });
		await expect(response).rejects.toBe(error);
		expect(sleeps).toEqual([]);
	});

	it('sends nothing after the deadline', async () => {
		const { response, countAttempts } = send([success], { deadlineMs: 0 });
		await expect(response).rejects.toThrow('pollDeadlineExceeded');
		expect(countAttempts()).toBe(0);
	});

	it('throws the last error, not the deadline, if a pause ends too late', async () => {
		const clock = createFakeClock();
		const error = createError('unavailable');
		const sleep = async (ms: number) => await clock.sleep(ms + 20);
		const { response } = send([error], { clock: { ...clock, sleep }, deadlineMs: 510 });
		await expect(response).rejects.toBe(error);
	});

	describe('at the deadline', () => {
		/** Sends two requests, one after the other. An outcome takes two seconds. */
		const sendTwo = async (first: CelonisError | typeof success, second: CelonisError) => {
			const clock = createFakeClock();
			const outcomes = [first, second];
			const send = async () => {
				await clock.sleep(2000);
				const outcome = outcomes.length > 1 ? outcomes.shift()! : second;
				return outcome === success ? success : await Promise.reject(outcome as CelonisError);
			};
			const policy = { clock, random: () => 0, maxRetryDurationMs: 60_000, deadlineMs: 4000 };
			const sendWithRetry = withRetry(send, { api: 'auditLog', ...policy });
			await sendWithRetry('/', {});
			return await sendWithRetry('/', {});
		};

		it('is the timeout if the server has not answered at all', async () => {
			const timeout = createError('timeout');
			const { response } = send([timeout], { deadlineMs: 0.5, random: () => 0 });
			await expect(response).rejects.toBe(timeout);
		});

		it('is the deadline if the server has answered, but too slowly', async () => {
			await expect(sendTwo(success, createError('timeout'))).rejects.toThrow(
				'pollDeadlineExceeded',
			);
		});

		it('is the error that was retried, if there is one', async () => {
			const unavailable = createError('unavailable');
			await expect(sendTwo(unavailable, createError('timeout'))).rejects.toBe(unavailable);
		});

		it('keeps what was read, if the server has answered before', async () => {
			const clock = createFakeClock();
			const outcomes = [success, createError('unavailable'), createError('timeout')];
			const send = async () => {
				await clock.sleep(1000);
				const outcome = outcomes.shift()!;
				return outcome === success ? success : await Promise.reject(outcome as CelonisError);
			};
			const policy = { clock, random: () => 0, maxRetryDurationMs: 60_000, deadlineMs: 3000 };
			const sendWithRetry = withRetry(send, { api: 'auditLog', ...policy });
			await sendWithRetry('/', {});
			const error: unknown = await sendWithRetry('/', {}).catch((reason: unknown) => reason);
			expect(error).toMatchObject({ details: { code: 'unavailable' } });
			expect(isPollDeadlineExceeded(error)).toBe(true);
		});
	});

	it('rethrows other errors', async () => {
		const bug = new TypeError('a bug');
		const policy = { clock: createFakeClock(), random: () => 1, maxRetryDurationMs: 1 };
		const sendWithRetry = withRetry(() => Promise.reject(bug), { api: 'auditLog', ...policy });
		await expect(sendWithRetry('/', {})).rejects.toBe(bug);
	});
});
