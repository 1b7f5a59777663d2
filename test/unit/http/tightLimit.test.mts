import { describe, expect, it } from '@jest/globals';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { HttpResponse } from '../../../nodes/Celonis/http/response';
import { withRetry } from '../../../nodes/Celonis/http/retry';
import { withThrottle } from '../../../nodes/Celonis/http/throttle';
import type { Clock as ServerClock } from '../../celonis/clock.mts';
import { RateLimiter } from '../../celonis/rateLimiter.mts';
import { MINUTE_MS } from '../../support/durations.mts';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { withFixedLimit } from './fixedLimit.mts';

const REQUESTS = 300;

interface Team {
	/** How many requests it allows in each period. */
	readonly limit: number;
	readonly windowSeconds: number;
	/** Whether its responses say how many requests remain. */
	readonly isReported: boolean;
	readonly latencyMs: number;
	/** Whether it rounds the seconds to wait down rather than up. */
	readonly isRoundedDown?: boolean;
}

/** How many parallel requests a reading sends: a limit that adapts, or one that does not. */
type Client = 'adapts up to 8' | 'adapts up to 4' | 'is fixed at 4';

/** How many 429s a reading gets. */
async function count429s(team: Team, client: Client): Promise<number> {
	const clock = createVirtualClock();
	const nothing = () => undefined;
	const serverClock: ServerClock = { now: clock.now, set: nothing, advance: nothing };
	const limiter = new RateLimiter(serverClock, () => ({ ...team, resetForm: 'seconds' }));
	let rejections = 0;
	const send: SendRequest = async () => {
		const sentAtMs = clock.wallNow();
		const { rejection, headers: limit } = limiter.count();
		const seconds = Number(limit['x-ratelimit-reset']) - (team.isRoundedDown ? 1 : 0);
		const headers = { ...limit, 'x-ratelimit-reset': String(seconds) };
		const status = rejection ? 429 : 200;
		if (rejection) rejections++;
		await clock.sleep(team.latencyMs);
		const reported = team.isReported || rejection ? headers : {};
		const common = { status, headers: reported, body: rejection ? {} : { content: [] } };
		const response: HttpResponse = { ...common, sentAtMs, durationMs: team.latencyMs };
		const error = classifyResponse('auditLog', response);
		if (error) throw error;
		return response;
	};
	const concurrency = client === 'adapts up to 8' ? 8 : 4;
	const policy = { api: 'auditLog', clock, random: () => 0.5 } as const;
	const request =
		client === 'is fixed at 4'
			? withRetry(withFixedLimit(withThrottle(send, policy), 4, clock), {
					...policy,
					maxRetryDurationMs: 5 * MINUTE_MS,
				})
			: withRequestPipeline(send, { ...policy, concurrency }).send;
	let left = REQUESTS;
	const worker = async () => {
		while (left-- > 0) await request('/', {});
	};
	await clock.run(Promise.all(Array.from({ length: concurrency }, worker)));
	return rejections;
}

/** Latencies of a team nearby, of one far away, and of one behind TLS and 50 ms of round trip. */
const LATENCIES_MS = [20, 50, 165];

const createTeams = (limits: ReadonlyArray<readonly [number, number]>, isReported: boolean) =>
	limits.flatMap(([limit, windowSeconds]) =>
		LATENCIES_MS.map((latencyMs) => ({ limit, windowSeconds, latencyMs, isReported })),
	);

describe('a team with a tight rate limit', () => {
	it.each(
		createTeams(
			[
				...[5, 10, 20].map((limit) => [limit, 1] as const),
				...[3, 10, 20, 50, 100].map((limit) => [limit, 10] as const),
			],
			true,
		),
	)(
		'that reports it rejects no request ($limit in $windowSeconds s, $latencyMs ms)',
		async (team) => {
			expect(await count429s(team, 'adapts up to 8')).toBe(0);
		},
	);

	// Each period ends with requests that nobody could know to be too many.
	it.each(
		createTeams(
			[
				...[5, 10, 20].map((limit) => [limit, 1] as const),
				...[10, 20, 30].map((limit) => [limit, 10] as const),
			],
			false,
		),
	)(
		'that does not report it rejects no more than with a fixed limit of 4 ($limit in $windowSeconds s, $latencyMs ms)',
		async (team) => {
			const fixed = await count429s(team, 'is fixed at 4');
			expect(fixed).toBeGreaterThan(0);
			expect(await count429s(team, 'adapts up to 4')).toBeLessThanOrEqual(fixed);
			expect(await count429s(team, 'adapts up to 8')).toBeLessThanOrEqual(fixed);
		},
	);

	// A looser limit is met once by all 8 that are in flight, and by 4 at most from then on.
	it.each(createTeams([[50, 10]], false))(
		'that does not report it rejects at most 4 more if it is met late ($latencyMs ms)',
		async (team) => {
			const fixed = await count429s(team, 'is fixed at 4');
			expect(await count429s(team, 'adapts up to 8')).toBeLessThanOrEqual(fixed + 4);
		},
	);

	it.each(
		[true, false].flatMap((isReported) =>
			createTeams(
				[
					[5, 1],
					[20, 1],
					[20, 10],
				],
				isReported,
			),
		),
	)(
		'that rounds the seconds to wait down is read nevertheless ($limit in $windowSeconds s, $latencyMs ms)',
		async (team) => {
			const rejections = await count429s({ ...team, isRoundedDown: true }, 'adapts up to 8');
			const periods = REQUESTS / team.limit;
			expect(rejections).toBeLessThanOrEqual(8 * periods);
		},
	);
});
