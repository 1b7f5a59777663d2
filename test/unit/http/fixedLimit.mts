import type { Clock } from '../../../nodes/Celonis/http/clock';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import { isCelonisError } from '../../../nodes/Celonis/errors/celonisError';

/** After how many responses for each parallel request the limit grows again after a 429. */
const RESPONSES_PER_STEP = 8;

/**
 * The least that a client with a fixed limit of parallel requests does about 429s: it waits as long as
 * it is told to, halves its limit, and raises it again one by one.
 */
export function withFixedLimit(send: SendRequest, max: number, clock: Clock): SendRequest {
	const queue: Array<() => void> = [];
	let limit = max;
	let active = 0;
	let responses = 0;
	let blockedUntilMs = -Infinity;
	let reducedAtMs = -Infinity;
	return async (path, query, options) => {
		while (active >= limit) await new Promise<void>((resolve) => queue.push(resolve));
		active++;
		try {
			while (clock.now() < blockedUntilMs) await clock.sleep(blockedUntilMs - clock.now());
			const sentAtMs = clock.now();
			const response = await send(path, query, options).catch((error: unknown) => {
				const waitMs = isCelonisError(error) ? (error.details.retryAfterMs ?? 0) : 0;
				blockedUntilMs = Math.max(blockedUntilMs, clock.now() + waitMs);
				// Parallel requests get parallel 429s: they count once.
				if (sentAtMs > reducedAtMs) limit = Math.max(1, Math.floor(limit / 2));
				if (sentAtMs > reducedAtMs) reducedAtMs = clock.now();
				responses = 0;
				throw error;
			});
			if (++responses >= limit * RESPONSES_PER_STEP) {
				responses = 0;
				limit = Math.min(max, limit + 1);
			}
			return response;
		} finally {
			active--;
			for (const resume of queue.splice(0)) resume();
		}
	};
}
