import { describe, expect, it } from '@jest/globals';
import { CelonisError, type ErrorDetails } from '../../../nodes/Celonis/errors/celonisError';
import { ERROR_CATALOG } from '../../../nodes/Celonis/errors/catalog';
import type { RequestOptions } from '../../../nodes/Celonis/http/request';
import { withRetry, type RetryPolicy } from '../../../nodes/Celonis/http/retry';

const ok = { status: 200, headers: {}, body: {}, durationMs: 0 };

/** Sends through outcomes one by one; time only passes in waits. */
function run(
	outcomes: Array<ErrorDetails | typeof ok>,
	rules: Partial<RetryPolicy> = {},
	errand?: RequestOptions,
) {
	const waits: number[] = [];
	let now = 0;
	let sent = 0;
	const send = withRetry(
		async () => {
			const outcome = outcomes[Math.min(sent++, outcomes.length - 1)] ?? ok;
			if ('code' in outcome) throw new CelonisError(outcome);
			return outcome;
		},
		{
			sleep: async (ms) => {
				waits.push(ms);
				now += ms;
			},
			now: () => now,
			random: () => 1,
			maxRetryDurationMs: 300_000,
			...rules,
		},
	);
	return { waits, sent: () => sent, answer: send('/', {}, errand) };
}

const unavailable: ErrorDetails = { code: 'unavailable', status: 503 };

describe('withRetry', () => {
	const retriedWithBackoff: ErrorDetails['code'][] = [
		'rateLimited',
		'unavailable',
		'cutOff',
		'timeout',
		'connectionLost',
		'unreachable',
		'unknownHost',
	];
	const once: ErrorDetails['code'][] = ['serverFault'];
	const kinds = Object.keys(ERROR_CATALOG) as ErrorDetails['code'][];

	it.each(retriedWithBackoff)('gets over %s, four times', async (code) => {
		const { answer, sent } = run([{ code }, { code }, { code }, { code }, ok]);
		expect(await answer).toBe(ok);
		expect(sent()).toBe(5);
	});

	it.each(kinds)(
		'after %s, repeats what must not be done twice only if it was not done',
		async (code) => {
			const errand: RequestOptions = { method: 'POST', idempotent: false };
			const { answer, sent } = run([{ code }, ok], {}, errand);
			const isRepeated = ['rateLimited', 'unreachable', 'unknownHost'].includes(code);
			if (isRepeated) expect(await answer).toBe(ok);
			else await expect(answer).rejects.toEqual(new CelonisError({ code }));
			expect(sent()).toBe(isRepeated ? 2 : 1);
		},
	);

	it.each(retriedWithBackoff)('after %s, repeats what may be done twice', async (code) => {
		const errand: RequestOptions = { method: 'POST', idempotent: true };
		expect(await run([{ code }, ok], {}, errand).answer).toBe(ok);
	});

	it.each(once)('gets over %s, once', async (code) => {
		expect(await run([{ code }, ok]).answer).toBe(ok);
		const { answer, sent } = run([{ code }, { code }, ok]);
		await expect(answer).rejects.toEqual(new CelonisError({ code }));
		expect(sent()).toBe(2);
	});

	it.each(kinds.filter((code) => ![...retriedWithBackoff, ...once].includes(code)))(
		'does not repeat %s',
		async (code) => {
			const { answer, sent } = run([{ code }, ok]);
			await expect(answer).rejects.toEqual(new CelonisError({ code }));
			expect(sent()).toBe(1);
		},
	);

	it('waits longer each time, and gives up with the last fault', async () => {
		const { answer, waits } = run([unavailable]);
		await expect(answer).rejects.toEqual(new CelonisError(unavailable));
		expect(waits).toEqual([500, 1000, 2000, 4000]);
	});

	it('spreads the waits', async () => {
		const { answer, waits } = run([unavailable, ok], { random: () => 0.1 });
		await answer;
		expect(waits).toEqual([50]);
	});

	it('waits as long as Celonis asks for', async () => {
		const { answer, waits } = run([{ code: 'rateLimited', retryAfterMs: 42_000 }, ok]);
		await answer;
		expect(waits).toEqual([42_000]);
	});

	it('does not wait for what lies beyond the deadline', async () => {
		const limited: ErrorDetails = { code: 'rateLimited', retryAfterMs: 42_000 };
		const { answer, waits } = run([limited, ok], { deadlineMs: 30_000 });
		await expect(answer).rejects.toEqual(new CelonisError(limited));
		expect(waits).toEqual([]);
	});

	it('sends nothing once the time is over', async () => {
		const { answer, sent } = run([ok], { deadlineMs: 0 });
		await expect(answer).rejects.toEqual(new CelonisError({ code: 'outOfTime' }));
		expect(sent()).toBe(0);
	});

	it('tells the fault, not the time, when a wait ends behind the deadline', async () => {
		let now = 0;
		const send = withRetry(() => Promise.reject(new CelonisError(unavailable)), {
			sleep: async (ms) => {
				now += ms + 20;
			},
			now: () => now,
			random: () => 1,
			maxRetryDurationMs: 300_000,
			deadlineMs: 510,
		});
		await expect(send('/', {})).rejects.toEqual(new CelonisError(unavailable));
	});

	it('lets other errors through', async () => {
		const bug = new TypeError('a bug');
		const send = withRetry(() => Promise.reject(bug), {
			sleep: async () => {},
			now: () => 0,
			random: () => 1,
			maxRetryDurationMs: 1,
		});
		await expect(send('/', {})).rejects.toBe(bug);
	});
});
