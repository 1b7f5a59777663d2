import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import {
	withConcurrencyLimit,
	type ConcurrencyOptions,
} from '../../../nodes/Celonis/http/concurrencyLimiter';

const answer: HttpResponse = { status: 200, headers: {}, body: {}, durationMs: 0 };
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Requests that are answered when the test says so, and a clock that goes on only by waiting. */
function open(most: number, limits: Partial<ConcurrencyOptions> = {}) {
	const underWay: Array<{ answer: () => void; refuse: (retryAfterMs?: number) => void }> = [];
	const sleeps: Array<{ ms: number; wake: () => void }> = [];
	let now = 0;
	const send = withConcurrencyLimit(
		() =>
			new Promise((resolve, reject) => {
				underWay.push({
					answer: () => resolve(answer),
					refuse: (retryAfterMs) => reject(new CelonisError({ code: 'rateLimited', retryAfterMs })),
				});
			}),
		most,
		{
			now: () => now,
			sleep: async (ms) =>
				await new Promise<void>((wake) => sleeps.push({ ms, wake: () => ((now += ms), wake()) })),
			maxRetryDurationMs: Infinity,
			...limits,
		},
	);
	const failures: unknown[] = [];
	const ask = (count: number) => {
		for (let i = 0; i < count; i++) void send('/', {}).catch((error) => failures.push(error));
	};
	const take = () => underWay.splice(0);
	const answerAll = async (count = Infinity) => {
		for (let left = count; left > 0 && underWay.length > 0; left--) {
			underWay.shift()!.answer();
			now++;
			await settle();
		}
	};
	return { ask, take, answerAll, underWay, sleeps, failures };
}

describe('lanes', () => {
	it('let so many requests be under way, and another as soon as one is answered', async () => {
		const { ask, underWay } = open(3);
		ask(5);
		await settle();
		expect(underWay).toHaveLength(3);
		underWay.shift()!.answer();
		await settle();
		expect(underWay).toHaveLength(3);
	});

	it('are half as many after a refusal, and those refused together count as one', async () => {
		const { ask, take, underWay, sleeps } = open(8);
		ask(40);
		await settle();
		for (const request of take()) request.refuse();
		await settle();
		expect(underWay).toHaveLength(4);
		expect(sleeps).toEqual([]);
	});

	it('are never fewer than one', async () => {
		const { ask, take, answerAll, underWay } = open(2);
		ask(20);
		await settle();
		for (let i = 0; i < 5; i++) {
			await answerAll(1);
			for (const request of take()) request.refuse();
			await settle();
		}
		expect(underWay).toHaveLength(1);
	});

	it('become one more after a row of good answers, up to as many as at first', async () => {
		const { ask, take, answerAll, underWay } = open(4);
		ask(500);
		await settle();
		for (const request of take()) request.refuse();
		await settle();
		expect(underWay).toHaveLength(2);
		const seen = new Set<number>();
		for (let i = 0; i < 300; i++) {
			await answerAll(1);
			seen.add(underWay.length);
		}
		expect([...seen]).toEqual([2, 3, 4]);
	});

	it('are quiet while Celonis asks to wait', async () => {
		const { ask, take, underWay, sleeps } = open(4);
		ask(10);
		await settle();
		const [first] = take();
		first!.refuse(7000);
		await settle();
		expect(underWay).toHaveLength(0);
		ask(1);
		await settle();
		expect(underWay).toHaveLength(0);
		for (const { ms } of sleeps) expect(ms).toBe(7000);
	});

	it('are free again after any fault', async () => {
		const send = withConcurrencyLimit(
			async () => await Promise.reject(new CelonisError({ code: 'cutOff' })),
			1,
			{ now: () => 0, sleep: async () => undefined, maxRetryDurationMs: Infinity },
		);
		for (let i = 0; i < 3; i++) await expect(send('/', {})).rejects.toThrow('cutOff');
	});

	it.each([
		['its deadline', { deadlineMs: 10_000 }],
		['anybody has patience for', { maxRetryDurationMs: 10_000 }],
	])('keep nobody waiting for longer than %s', async (_what, limits) => {
		const { ask, take, sleeps, failures } = open(2, limits);
		ask(6);
		await settle();
		for (const request of take()) request.refuse(60_000);
		await settle();
		expect(sleeps).toEqual([]);
		expect(failures).toHaveLength(6);
		for (const error of failures) {
			expect(error).toMatchObject({ details: { code: 'rateLimited', retryAfterMs: 60_000 } });
		}
	});
});
