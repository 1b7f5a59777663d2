import type { ApiName } from '../errors/apis';
import { CelonisError, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Clock } from './clock';
import type { SendRequest } from './request';

/** After how many successes per slot the limit is increased by one. */
const SUCCESSES_PER_INCREASE = 8;

export interface ConcurrencyOptions {
	readonly api: ApiName;
	readonly clock: Clock;
	/** Nothing is sent or waited for after this moment on the clock. */
	readonly deadlineMs?: number;
	/** How long a request may wait after a 429 of another request. */
	readonly maxRetryDurationMs: number;
}

/**
 * Limits parallel requests: `maxLimit` to begin with, half as many after a 429, one more after a
 * series of successes. While Celonis asks to wait, nothing is sent at all, because requests that come
 * too early count against the team. A request that would have to wait too long fails at once with
 * that 429.
 */
export function withConcurrencyLimit(
	send: SendRequest,
	maxLimit: number,
	options: ConcurrencyOptions,
): SendRequest {
	const { api, clock, deadlineMs = Infinity } = options;
	const limiter = new ConcurrencyLimiter(maxLimit, options);
	return async (path, query, requestOptions) => {
		await limiter.acquire();
		try {
			// Another request can get a 429 in the meantime: then there is another delay.
			for (let delayMs; (delayMs = limiter.getDelayMs()) > 0; ) await clock.sleep(delayMs);
			if (clock.now() >= deadlineMs) throw new CelonisError('pollDeadlineExceeded', { api });
			const sentAtMs = clock.now();
			const response = await send(path, query, requestOptions).catch((error: unknown) => {
				if (isCelonisError(error) && error.details.code === 'rateLimited') {
					limiter.decrease(sentAtMs, error.details.retryAfterMs);
				}
				return rethrow(error);
			});
			limiter.increase();
			return response;
		} finally {
			limiter.release();
		}
	};
}

class ConcurrencyLimiter {
	readonly #queue: Array<() => void> = [];
	#limit: number;
	#active = 0;
	#successes = 0;
	#blockedUntilMs = -Infinity;
	#decreasedAtMs = -Infinity;

	constructor(
		private readonly maxLimit: number,
		private readonly options: ConcurrencyOptions,
	) {
		this.#limit = maxLimit;
	}

	/** Takes a slot, or waits for one. */
	async acquire(): Promise<void> {
		if (this.#active >= this.#limit) {
			await new Promise<void>((resolve) => this.#queue.push(resolve));
		} else this.#active++;
	}

	/** Releases a slot. Waiting requests get free slots, as far as the limit allows. */
	release(): void {
		this.#active--;
		while (this.#active < this.#limit && this.#queue.length > 0) {
			this.#active++;
			this.#queue.shift()?.();
		}
	}

	/** How much longer Celonis asks to wait; an error if that is too long. */
	getDelayMs(): number {
		const { api, clock, deadlineMs = Infinity, maxRetryDurationMs } = this.options;
		const delayMs = this.#blockedUntilMs - clock.now();
		if (delayMs > maxRetryDurationMs || this.#blockedUntilMs > deadlineMs) {
			throw new CelonisError('rateLimited', { api, status: 429, retryAfterMs: delayMs });
		}
		return delayMs;
	}

	/** Counts a success. */
	increase(): void {
		if (++this.#successes < this.#limit * SUCCESSES_PER_INCREASE) return;
		this.#successes = 0;
		this.#limit = Math.min(this.maxLimit, this.#limit + 1);
	}

	/** Lowers the limit after a 429. Concurrent requests get concurrent 429s: they count once. */
	decrease(sentAtMs: number, retryAfterMs = 0): void {
		const nowMs = this.options.clock.now();
		this.#successes = 0;
		this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + retryAfterMs);
		if (sentAtMs <= this.#decreasedAtMs) return;
		this.#decreasedAtMs = nowMs;
		this.#limit = Math.max(1, Math.floor(this.#limit / 2));
	}
}
