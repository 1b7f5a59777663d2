import { describe, expect, it } from '@jest/globals';
import { throttleDelay, withThrottle } from '../../../nodes/Celonis/http/throttle';

const answer = (headers: Record<string, string>) => ({
	status: 200,
	headers,
	body: {},
	durationMs: 0,
});

const limits = (remaining: string, reset?: string) => ({
	'x-ratelimit-limit': '100',
	'x-ratelimit-remaining': remaining,
	...(reset !== undefined && { 'x-ratelimit-reset': reset }),
});

describe('pauseAfter', () => {
	it.each([
		['nothing is said', {}, 0],
		['there is plenty left', limits('50', '30'), 0],
		['little is left: it is spread', limits('5', '30'), 5000],
		['nothing is left', limits('0', '30'), 30_000],
		['it is not said when it starts anew', limits('0'), 0],
		['it starts anew tomorrow', limits('0', '86400'), 0],
		['the number is none', limits('few', '30'), 0],
	])('%s', (_case, headers, pauseMs) => {
		expect(throttleDelay(answer(headers))).toBe(pauseMs);
	});

	it('counts what is under way as not yet counted', () => {
		expect(throttleDelay(answer(limits('12', '30')), 0)).toBe(0);
		expect(throttleDelay(answer(limits('12', '30')), 7)).toBe(5000);
		expect(throttleDelay(answer(limits('2', '30')), 7)).toBe(30_000);
	});
});

describe('withPace', () => {
	function run(deadlineMs?: number) {
		const waits: number[] = [];
		let now = 0;
		const send = withThrottle(async () => answer(limits('0', '30')), {
			sleep: async (ms) => {
				waits.push(ms);
				now += ms;
			},
			now: () => now,
			deadlineMs,
		});
		return { send, waits };
	}

	it('waits before the next request, not after the last', async () => {
		const { send, waits } = run();
		await send('/', {});
		expect(waits).toEqual([]);
		await send('/', {});
		expect(waits).toEqual([30_000]);
	});

	it('does not wait beyond the deadline: then Celonis may say no by itself', async () => {
		const { send, waits } = run(20_000);
		await send('/', {});
		await send('/', {});
		expect(waits).toEqual([]);
	});
});
