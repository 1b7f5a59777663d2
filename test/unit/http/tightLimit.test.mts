import { describe, expect, it } from '@jest/globals';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import type { Clock as ServerClock } from '../../celonis/clock.mts';
import { RateLimiter } from '../../celonis/rateLimiter.mts';
import { createVirtualClock } from '../../support/virtualClock.mts';

const LATENCY_MS = 50;
const REQUESTS = 300;

/** How many 429s a reading gets of a team that allows so many requests in ten seconds. */
async function count429s(limit: number, isReported: boolean, concurrency: number): Promise<number> {
	const clock = createVirtualClock();
	const server: ServerClock = {
		now: clock.now,
		set: () => undefined,
		advance: () => undefined,
	};
	const limiter = new RateLimiter(server, () => ({
		limit,
		windowSeconds: 10,
		resetForm: 'seconds',
	}));
	let rejections = 0;
	const send: SendRequest = async () => {
		const sentAtMs = clock.wallNow();
		const { rejection, headers } = limiter.count();
		const status = rejection ? 429 : 200;
		if (rejection) rejections++;
		await clock.sleep(LATENCY_MS);
		const reported = isReported || rejection ? headers : {};
		const common = { status, headers: reported, body: rejection ? {} : { content: [] } };
		const response: HttpResponse = { ...common, sentAtMs, durationMs: LATENCY_MS };
		const error = classifyResponse('auditLog', response);
		if (error) throw error;
		return response;
	};
	const pipeline = withRequestPipeline(send, {
		api: 'auditLog',
		clock,
		random: () => 0.5,
		concurrency,
	});
	let left = REQUESTS;
	const worker = async () => {
		while (left-- > 0) await pipeline.send('/', {});
	};
	await clock.run(Promise.all(Array.from({ length: concurrency }, worker)));
	return rejections;
}

describe('a team with a tight rate limit', () => {
	it.each([3, 5, 10, 20, 50, 100])(
		'that reports it rejects no request (%i in ten seconds)',
		async (limit) => {
			expect(await count429s(limit, true, 8)).toBe(0);
		},
	);

	// Each period ends with requests that nobody could know to be too many.
	it.each([
		[10, 60],
		[20, 31],
		[30, 28],
	])(
		'that does not report it rejects no more with a maximum of 8 than with 4 (%i in ten seconds)',
		async (limit, rejections) => {
			expect(await count429s(limit, false, 4)).toBe(rejections);
			expect(await count429s(limit, false, 8)).toBe(rejections);
		},
	);
});
