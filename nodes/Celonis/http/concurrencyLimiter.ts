import { CelonisError } from '../errors/celonisError';
import type { ThrottleOptions } from './throttle';
import type { SendRequest } from './request';

/** After how many good answers for each lane one more is opened. */
const SUCCESSES_PER_INCREASE = 8;

/** How requests wait for each other. */
export interface ConcurrencyOptions extends ThrottleOptions {
	/** The longest that a request waits because another one was refused. */
	readonly maxRetryDurationMs: number;
}

/**
 * Lets several requests be under way at once, as many as Celonis bears: `most` to begin with, half
 * as many after a 429, one more after a row of good answers. While Celonis asks to wait, nothing is
 * sent at all: requests that come too early are counted against the team. A request that would have
 * to wait too long is refused at once, as the one before it was.
 */
export function withConcurrencyLimit(
	send: SendRequest,
	most: number,
	{ sleep, now, deadlineMs = Infinity, maxRetryDurationMs }: ConcurrencyOptions,
): SendRequest {
	const waiting: Array<() => void> = [];
	let limit = most;
	let active = 0;
	let successes = 0;
	let blockedUntilMs = -Infinity;
	let decreasedAtMs = -Infinity;

	const acquire = async () => {
		if (active >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
		else active++;
	};
	/** Who waits takes over the lane of who leaves, or one that was opened. */
	const release = () => {
		active--;
		while (active < limit && waiting.length > 0) {
			active++;
			waiting.shift()?.();
		}
	};
	const increase = () => {
		if (++successes < limit * SUCCESSES_PER_INCREASE) return;
		successes = 0;
		limit = Math.min(most, limit + 1);
	};
	const decrease = (sentAtMs: number, waitMs = 0) => {
		successes = 0;
		blockedUntilMs = Math.max(blockedUntilMs, now() + waitMs);
		// Requests that were under way together are refused together: that is one refusal.
		if (sentAtMs <= decreasedAtMs) return;
		decreasedAtMs = now();
		limit = Math.max(1, Math.floor(limit / 2));
	};

	return async (path, query, errand) => {
		await acquire();
		try {
			const pauseMs = blockedUntilMs - now();
			if (pauseMs > maxRetryDurationMs || blockedUntilMs > deadlineMs) {
				throw new CelonisError({ code: 'rateLimited', status: 429, retryAfterMs: pauseMs });
			}
			if (pauseMs > 0) await sleep(pauseMs);
			if (now() >= deadlineMs) throw new CelonisError({ code: 'outOfTime' });
			const sentAtMs = now();
			const outcome = await send(path, query, errand).catch((error: unknown) => {
				if (error instanceof CelonisError && error.details.code === 'rateLimited') {
					decrease(sentAtMs, error.details.retryAfterMs);
				}
				return Promise.reject(error);
			});
			increase();
			return outcome;
		} finally {
			release();
		}
	};
}
