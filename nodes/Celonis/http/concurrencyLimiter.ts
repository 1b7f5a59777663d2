import type { ApiName } from '../errors/apis';
import { CelonisError, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import { AdaptiveLimit, NOTHING_KNOWN, type KnownLimit } from './adaptiveLimit';
import type { Clock } from './clock';
import { parseRateLimit } from './rateLimit';
import type { SendRequest } from './request';
import type { HttpResponse } from './response';

export interface ConcurrencyOptions {
	readonly api: ApiName;
	readonly clock: Clock;
	/** Nothing is sent or waited for after this moment on the clock. */
	readonly deadlineMs?: number;
	/** How long a request may wait after a 429 of another request. */
	readonly maxRetryDurationMs: number;
	/** What an earlier connection has learned about the limit. */
	readonly knownLimit?: KnownLimit;
	/** Called with what the next connection may start with, whenever something was learned. */
	readonly onLimitKnown?: (known: KnownLimit) => void;
}

/** Requests, limited in their number. */
export interface LimitedRequests {
	readonly send: SendRequest;
	/** How many requests are sent in parallel at present. */
	readonly getConcurrency: () => number;
}

/**
 * Limits parallel requests, to `maxLimit` at most: see `AdaptiveLimit`. While Celonis asks to wait,
 * nothing is sent at all, because requests that come too early count against the team. A request that
 * would have to wait too long fails at once with that 429. This holds for requests that `delay` holds
 * back too.
 */
export function withConcurrencyLimit(
	send: SendRequest,
	maxLimit: number,
	options: ConcurrencyOptions,
	delay: (send: SendRequest) => SendRequest = (immediate) => immediate,
): LimitedRequests {
	const { api, clock, deadlineMs = Infinity } = options;
	const limiter = new ConcurrencyLimiter(maxLimit, options);
	const waitUntilAllowed = async () => {
		// Another request can get a 429 in the meantime: then there is another delay.
		for (let delayMs; (delayMs = limiter.getDelayMs()) > 0; ) await clock.sleep(delayMs);
		if (clock.now() >= deadlineMs) throw new CelonisError('pollDeadlineExceeded', { api });
	};
	const sendDelayed = delay(async (path, query, requestOptions) => {
		await waitUntilAllowed();
		const sentAtMs = clock.now();
		return await send(path, query, requestOptions).catch((error: unknown) => {
			if (isCelonisError(error) && error.details.code === 'rateLimited') {
				limiter.reduce(sentAtMs, error.details.retryAfterMs);
			}
			return rethrow(error);
		});
	});
	const sendLimited: SendRequest = async (path, query, requestOptions) => {
		await limiter.acquire();
		try {
			await waitUntilAllowed();
			const response = await sendDelayed(path, query, requestOptions);
			limiter.succeed(response);
			return response;
		} finally {
			limiter.release();
		}
	};
	return { send: sendLimited, getConcurrency: () => limiter.limit };
}

class ConcurrencyLimiter {
	readonly #queue: Array<() => void> = [];
	readonly #limit: AdaptiveLimit;
	/** Whether successes say more than is known: not if fewer requests are allowed. */
	readonly #canLearn: boolean;
	#active = 0;
	#blockedUntilMs = -Infinity;
	#reducedAtMs = -Infinity;

	constructor(
		maxLimit: number,
		private readonly options: ConcurrencyOptions,
	) {
		const { knownLimit = NOTHING_KNOWN } = options;
		this.#limit = new AdaptiveLimit(maxLimit, knownLimit);
		this.#canLearn = maxLimit >= knownLimit.limit;
	}

	get limit(): number {
		return this.#limit.current;
	}

	/** Takes a slot, or waits for one. */
	async acquire(): Promise<void> {
		if (this.#active >= this.limit) {
			await new Promise<void>((resolve) => this.#queue.push(resolve));
		} else this.#active++;
	}

	/** Releases a slot. Waiting requests get free slots, as far as the limit allows. */
	release(): void {
		this.#active--;
		while (this.#active < this.limit && this.#queue.length > 0) {
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

	/** Counts a success. Fewer requests than the limit allows say nothing about it. */
	succeed(response: HttpResponse): void {
		if (this.#active < this.limit) return;
		const { remaining } = parseRateLimit(response);
		this.#limit.succeed({ durationMs: response.durationMs, remaining });
		if (this.#canLearn) this.options.onLimitKnown?.(this.#limit.known);
	}

	/** Lowers the limit after a 429. Concurrent requests get concurrent 429s: they count once. */
	reduce(sentAtMs: number, retryAfterMs = 0): void {
		const nowMs = this.options.clock.now();
		this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + retryAfterMs);
		if (sentAtMs <= this.#reducedAtMs) return;
		this.#reducedAtMs = nowMs;
		this.#limit.reduce(nowMs);
		this.options.onLimitKnown?.(this.#limit.known);
	}
}
