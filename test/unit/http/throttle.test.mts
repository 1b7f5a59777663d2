import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import { throttleDelay, withThrottle } from '../../../nodes/Celonis/http/throttle';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { createFakeClock } from './fakeClock.mts';
import { createKnownLimit } from './knownLimit.mts';

const createResponse = (headers: Record<string, string>): HttpResponse => ({
	status: 200,
	headers,
	body: {},
	sentAtMs: 0,
	durationMs: 0,
});

const createLimits = (remaining: string, reset?: string) =>
	createResponse({
		'x-ratelimit-limit': '100',
		'x-ratelimit-remaining': remaining,
		...(reset !== undefined && { 'x-ratelimit-reset': reset }),
	});

describe('throttleDelay', () => {
	it.each([
		['is 0 without a report', createResponse({}), 0],
		['is 0 while much of the limit remains', createLimits('50', '30'), 0],
		['spreads the last requests over the time until the reset', createLimits('5', '30'), 5000],
		['is the time until the reset if nothing remains', createLimits('0', '30'), 30_000],
		['is 0 if the time of the reset is unknown', createLimits('0'), 0],
		['is 0 if the reset is a day away', createLimits('0', '86400'), 0],
		['is 0 if the number is invalid', createLimits('few', '30'), 0],
	])('%s', (_behaviour, response, delayMs) => {
		expect(throttleDelay(response)).toBe(delayMs);
	});

	it('counts requests in flight', () => {
		expect(throttleDelay(createLimits('12', '30'), 0)).toBe(0);
		expect(throttleDelay(createLimits('12', '30'), 7)).toBe(5000);
		expect(throttleDelay(createLimits('2', '30'), 7)).toBe(30_000);
	});
});

describe('withThrottle', () => {
	function setUp(deadlineMs?: number) {
		const clock = createFakeClock();
		const send = withThrottle(async () => createLimits('0', '30'), { clock, deadlineMs });
		return { send, sleeps: clock.sleeps };
	}

	it('delays the next request, not the response', async () => {
		const { send, sleeps } = setUp();
		await send('/', {});
		expect(sleeps).toEqual([]);
		await send('/', {});
		expect(sleeps).toEqual([30_000]);
	});

	it('does not delay beyond the deadline', async () => {
		const { send, sleeps } = setUp(20_000);
		await send('/', {});
		await send('/', {});
		expect(sleeps).toEqual([]);
	});
});

describe('requests that wait because none remains', () => {
	/** The times at which five requests are sent; nothing remains after the first, the others get a 429. */
	async function sendFive(deadlineMs: number): Promise<number[]> {
		const clock = createVirtualClock(0);
		const sentMs: number[] = [];
		const { send } = withRequestPipeline(
			async () => {
				sentMs.push(clock.now());
				const isFirst = sentMs.length === 1;
				await clock.sleep(isFirst ? 100 : 500);
				if (isFirst) return createLimits('0');
				if (clock.now() >= 30_000) return createResponse({});
				const retryAfterMs = 30_000 - clock.now();
				throw new CelonisError('rateLimited', { api: 'auditLog', status: 429, retryAfterMs });
			},
			{
				api: 'auditLog',
				clock,
				random: () => 0.5,
				concurrency: 4,
				knownLimit: createKnownLimit(4),
				deadlineMs,
			},
		);
		const sendAll = async () => {
			await send('/', {});
			await Promise.allSettled([1, 2, 3, 4].map(async () => await send('/', {})));
		};
		await clock.run(sendAll());
		return sentMs;
	}

	it('are not sent while a 429 of another request asks to wait', async () => {
		const sentMs = await sendFive(Infinity);
		expect(sentMs.filter((ms) => ms < 30_000)).toEqual([0, 100]);
		expect(sentMs.length).toBeGreaterThanOrEqual(6);
	});

	it('are not sent after the deadline', async () => {
		expect(await sendFive(550)).toEqual([0, 100]);
	});
});
