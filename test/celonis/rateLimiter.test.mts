import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV2Path } from './auditV2.mts';
import type { RateLimit } from './behaviour.mts';
import { manualClock } from './clock.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { get } from './testClient.mts';

describe('a rate limit', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startSimulator({ clock: manualClock('2026-06-01T06:10:11.000Z') });
	});
	afterEach(() => simulator.close());

	const limit = (resetForm: RateLimit['resetForm']) => {
		simulator.behaviour.rateLimit = { limit: 2, windowSeconds: 30, resetForm };
	};

	it('counts down, responds with a 429, and ends with its window', async () => {
		limit('seconds');
		const remaining = [];
		for (let request = 0; request < 2; request++) {
			const { status, headers } = await get(simulator, auditV2Path);
			expect(status).toBe(200);
			remaining.push(headers.get('x-ratelimit-remaining'));
		}
		expect(remaining).toEqual(['1', '0']);
		const rejected = await get(simulator, auditV2Path);
		expect(rejected.status).toBe(429);
		expect(rejected.headers.get('x-ratelimit-limit')).toBe('2');
		expect(await rejected.json()).toEqual({
			title: 'Rate limit exceeded',
			status: 429,
			detail: expect.stringMatching(/Please try again at 06:10:41 UTC\.$/),
			errorCode: 'LIMIT_RATE_EXCEEDED',
		});
		simulator.clock.advance(29_999);
		expect((await get(simulator, auditV2Path)).status).toBe(429);
		simulator.clock.advance(1);
		expect((await get(simulator, auditV2Path)).status).toBe(200);
	});

	it.each<[RateLimit['resetForm'], string | null, string | null]>([
		['seconds', '30', null],
		['epoch', '1780294241', null],
		['date-time', '2026-06-01T06:10:41.000Z', null],
		['retry-after', null, '30'],
		['none', null, null],
	])('can say when to retry as %s', async (form, reset, retryAfter) => {
		limit(form);
		const { headers } = await get(simulator, auditV2Path);
		expect(headers.get('x-ratelimit-reset')).toBe(reset);
		expect(headers.get('retry-after')).toBe(retryAfter);
	});

	it('is off by default', async () => {
		const { headers } = await get(simulator, auditV2Path);
		expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
	});
});
