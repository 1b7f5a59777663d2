import type { SimulatedResponse } from './responses.mts';
import { rateLimitExceeded } from './responses.mts';
import type { RateLimit } from './behaviour.mts';
import type { Clock } from './clock.mts';

export interface RateLimitResult {
	/** The 429, once the window's requests are used up. */
	rejection?: SimulatedResponse;
	/** The rate-limit headers of every response. */
	headers: Record<string, string>;
}

/** Counts requests in fixed windows of the simulator's clock. No number is published for this API. */
export class RateLimiter {
	private windowStart = -Infinity;
	private used = 0;

	constructor(
		private readonly clock: Clock,
		private readonly limit: () => RateLimit | undefined,
	) {}

	count(): RateLimitResult {
		const rateLimit = this.limit();
		if (!rateLimit) return { headers: {} };
		const now = this.clock.now();
		const windowMs = rateLimit.windowSeconds * 1000;
		if (now < this.windowStart || now >= this.windowStart + windowMs) {
			this.windowStart = rateLimit.fromFullWindow ? now - (now % windowMs) : now;
			this.used = 0;
		}
		this.used += 1;
		const resetAt = this.windowStart + windowMs;
		const headers = {
			'x-ratelimit-limit': String(rateLimit.limit),
			'x-ratelimit-remaining': String(Math.max(0, rateLimit.limit - this.used)),
			...resetHeader(rateLimit.resetForm, resetAt, now),
		};
		if (this.used <= rateLimit.limit) return { headers };
		return { headers, rejection: rateLimitExceeded(resetAt) };
	}
}

function resetHeader(
	form: RateLimit['resetForm'],
	resetAt: number,
	now: number,
): Record<string, string> {
	const secondsToWait = String(Math.ceil((resetAt - now) / 1000));
	switch (form) {
		case 'seconds':
			return { 'x-ratelimit-reset': secondsToWait };
		case 'epoch':
			return { 'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)) };
		case 'date-time':
			return { 'x-ratelimit-reset': new Date(resetAt).toISOString() };
		case 'retry-after':
			return { 'retry-after': secondsToWait };
		case 'none':
			return {};
	}
}
