import type { Clock } from './clock';
import { parseRateLimit, parseRateLimitDelay } from './rateLimit';
import type { SendRequest } from './request';
import type { HttpResponse } from './response';

export interface ThrottleOptions {
	readonly clock: Clock;
	/** Nothing is waited for after this moment on the clock. */
	readonly deadlineMs?: number;
}

/** The share of the rate limit that is left when requests begin to be delayed. */
export const THROTTLE_THRESHOLD = 0.1;

/** How far apart delayed requests are sent at most, until a response reports the limit anew. */
const MAX_GAP_MS = 1000;

/** Longer delays are left out: the requests of a daily limit cannot be spread. */
const MAX_DELAY_MS = 60_000;

/**
 * Slows down before the rate limit is reached, if Celonis reports it: the remaining requests are
 * spread over the time until it is reset, and no more of them are in flight than remain. It never makes
 * a request fail: a pause that is too long is left out, and a 429 follows.
 */
export function withThrottle(
	send: SendRequest,
	{ clock, deadlineMs = Infinity }: ThrottleOptions,
): SendRequest {
	let nextAtMs = -Infinity;
	let gapMs = 0;
	let inFlight = 0;
	/** How many requests remain for sure, by the last response. */
	let remaining = Infinity;
	const waiting: Array<() => void> = [];
	return async (path, query, options) => {
		for (;;) {
			const delayMs = nextAtMs - clock.now();
			const isDelayed = delayMs > 0 && delayMs <= MAX_DELAY_MS && nextAtMs < deadlineMs;
			// Another request may have been sent in the meantime: then there is another pause.
			if (isDelayed) await clock.sleep(delayMs);
			else if (remaining < 1 && inFlight > 0) {
				await new Promise<void>((resolve) => waiting.push(resolve));
			} else break;
		}
		nextAtMs = clock.now() + gapMs;
		inFlight++;
		remaining--;
		try {
			const response = await send(path, query, options);
			const delayMs = throttleDelay(response, inFlight - 1);
			nextAtMs = clock.now() + delayMs;
			gapMs = Math.min(delayMs, MAX_GAP_MS);
			remaining = (parseRateLimit(response).remaining ?? Infinity) - (inFlight - 1);
			return response;
		} finally {
			inFlight--;
			for (const resume of waiting.splice(0)) resume();
		}
	};
}

/**
 * How long to wait after a response, in milliseconds. Celonis may or may not have counted the other
 * requests that are in flight, so they are counted here.
 */
export function throttleDelay(response: HttpResponse, inFlight = 0): number {
	const { remaining: reported, limit = Infinity } = parseRateLimit(response);
	if (reported === undefined) return 0;
	const remaining = Math.max(0, reported - inFlight);
	if (remaining > 0 && remaining > limit * THROTTLE_THRESHOLD) return 0;
	const delayMs = (parseRateLimitDelay(response) ?? 0) / (remaining + 1);
	return delayMs <= MAX_DELAY_MS ? delayMs : 0;
}
