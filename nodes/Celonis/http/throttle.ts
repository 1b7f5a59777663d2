import { getHeader, type HttpResponse } from './response';
import { parseRateLimitDelay } from './rateLimit';
import type { SendRequest } from './request';

/** How time goes by. */
export interface ThrottleOptions {
	/** Waits; rejects when the execution was cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Epoch milliseconds of this machine: only differences count. */
	readonly now: () => number;
	/** Nothing is waited for beyond this moment, on the clock of `now`. */
	readonly deadlineMs?: number;
}

/** The part of the limit from which on requests are spread. */
const THROTTLE_THRESHOLD = 0.1;

/** How long those who wait let each other go first, until an answer tells how it stands. */
const MAX_GAP_MS = 1000;

/** A limit for a whole day is not kept by pauses. */
const MAX_DELAY_MS = 60_000;

/**
 * Slows down before the rate limit is reached, where Celonis says how far it is: the requests that
 * are left are spread over the time until it starts anew. It never makes a request fail: a pause
 * that is too long is left out, and a 429 says the rest.
 */
export function withThrottle(
	send: SendRequest,
	{ sleep, now, deadlineMs = Infinity }: ThrottleOptions,
): SendRequest {
	let nextAtMs = -Infinity;
	let gapMs = 0;
	let inFlight = 0;
	return async (path, query, errand) => {
		for (;;) {
			const pauseMs = nextAtMs - now();
			const isKept = pauseMs > 0 && pauseMs <= MAX_DELAY_MS && nextAtMs < deadlineMs;
			if (!isKept) break;
			// Whoever else has waited may have gone first: then there is another pause.
			await sleep(pauseMs);
		}
		nextAtMs = now() + gapMs;
		inFlight++;
		try {
			const answer = await send(path, query, errand);
			const pauseMs = throttleDelay(answer, inFlight - 1);
			nextAtMs = now() + pauseMs;
			gapMs = Math.min(pauseMs, MAX_GAP_MS);
			return answer;
		} finally {
			inFlight--;
		}
	};
}

/**
 * How long to wait after an answer, in milliseconds, while further requests are under way: they may
 * have been counted, or not yet.
 */
export function throttleDelay(answer: HttpResponse, underWay = 0): number {
	const told = parseCount(answer, 'x-ratelimit-remaining');
	const limit = parseCount(answer, 'x-ratelimit-limit') ?? Infinity;
	if (told === undefined) return 0;
	const remaining = Math.max(0, told - underWay);
	if (remaining > 0 && remaining > limit * THROTTLE_THRESHOLD) return 0;
	const pauseMs = (parseRateLimitDelay(answer) ?? 0) / (remaining + 1);
	return pauseMs <= MAX_DELAY_MS ? pauseMs : 0;
}

function parseCount(answer: HttpResponse, name: string): number | undefined {
	const text = getHeader(answer, name)?.trim() ?? '';
	return /^\d+$/.test(text) ? Number(text) : undefined;
}
