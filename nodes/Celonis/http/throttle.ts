import { headerOf, type Answer } from './response';
import { rateLimitWait } from './rateLimit';
import type { Send } from './request';

/** How time goes by. */
export interface Pacing {
	/** Waits; rejects when the execution was cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Epoch milliseconds of this machine: only differences count. */
	readonly now: () => number;
	/** Nothing is waited for beyond this moment, on the clock of `now`. */
	readonly deadlineMs?: number;
}

/** The part of the limit from which on requests are spread. */
const SPARE = 0.1;

/** How long those who wait let each other go first, until an answer tells how it stands. */
const LONGEST_GAP_MS = 1000;

/** A limit for a whole day is not kept by pauses. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Slows down before the rate limit is reached, where Celonis says how far it is: the requests that
 * are left are spread over the time until it starts anew. It never makes a request fail: a pause
 * that is too long is left out, and a 429 says the rest.
 */
export function withPace(send: Send, { sleep, now, deadlineMs = Infinity }: Pacing): Send {
	let nextAtMs = -Infinity;
	let gapMs = 0;
	let underWay = 0;
	return async (path, query, errand) => {
		for (;;) {
			const pauseMs = nextAtMs - now();
			const isKept = pauseMs > 0 && pauseMs <= LONGEST_PAUSE_MS && nextAtMs < deadlineMs;
			if (!isKept) break;
			// Whoever else has waited may have gone first: then there is another pause.
			await sleep(pauseMs);
		}
		nextAtMs = now() + gapMs;
		underWay++;
		try {
			const answer = await send(path, query, errand);
			const pauseMs = pauseAfter(answer, underWay - 1);
			nextAtMs = now() + pauseMs;
			gapMs = Math.min(pauseMs, LONGEST_GAP_MS);
			return answer;
		} finally {
			underWay--;
		}
	};
}

/**
 * How long to wait after an answer, in milliseconds, while further requests are under way: they may
 * have been counted, or not yet.
 */
export function pauseAfter(answer: Answer, underWay = 0): number {
	const told = countIn(answer, 'x-ratelimit-remaining');
	const limit = countIn(answer, 'x-ratelimit-limit') ?? Infinity;
	if (told === undefined) return 0;
	const remaining = Math.max(0, told - underWay);
	if (remaining > 0 && remaining > limit * SPARE) return 0;
	const pauseMs = (rateLimitWait(answer) ?? 0) / (remaining + 1);
	return pauseMs <= LONGEST_PAUSE_MS ? pauseMs : 0;
}

function countIn(answer: Answer, name: string): number | undefined {
	const text = headerOf(answer, name)?.trim() ?? '';
	return /^\d+$/.test(text) ? Number(text) : undefined;
}
