import { getHeader, getServerTime, type HttpResponse } from './response';

/** Numbers up to this are seconds to wait; larger ones are epoch seconds or milliseconds. */
const MAX_DELAY_S = 365 * 24 * 60 * 60;
const MIN_EPOCH_MS = MAX_DELAY_S * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How long Celonis asks to wait after a 429 or before its limit is reached, in milliseconds;
 * `undefined` if it does not say.
 *
 * `x-ratelimit-reset` is documented as seconds to wait, but it is a date-time in one of Celonis' own
 * OpenAPI documents. Both are accepted, and epoch times too, all by the server's clock.
 */
export function parseRateLimitDelay(response: HttpResponse): number | undefined {
	return parseRetryAfter(response) ?? parseDelay(response, 'x-ratelimit-reset');
}

/** How long the header `Retry-After` asks to wait, in milliseconds; `undefined` without it. */
export function parseRetryAfter(response: HttpResponse): number | undefined {
	return parseDelay(response, 'retry-after');
}

/** What a response says about the rate limit. What it does not say is missing. */
export interface RateLimit {
	/** Requests that are allowed in the current period. */
	readonly limit?: number;
	/** How many of them are left. */
	readonly remaining?: number;
	/** When the next period begins: milliseconds from the response on. */
	readonly resetMs?: number;
}

/** Parses the headers `x-ratelimit-*`. */
export function parseRateLimit(response: HttpResponse): RateLimit {
	return {
		limit: parseCount(response, 'x-ratelimit-limit'),
		remaining: parseCount(response, 'x-ratelimit-remaining'),
		resetMs: parseDelay(response, 'x-ratelimit-reset'),
	};
}

function parseCount(response: HttpResponse, header: string): number | undefined {
	const text = getHeader(response, header)?.trim() ?? '';
	return /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * How long the text of a 429 asks to wait, in milliseconds, such as `Please try again at 06:10:41 UTC.`
 * (common error catalog); `undefined` if it names no time. A time that has just passed means now.
 */
export function parseRateLimitText(
	response: HttpResponse,
	text: string | undefined,
): number | undefined {
	const [, hours, minutes, seconds] =
		/\bat (\d{2}):(\d{2}):(\d{2})(?:\.\d+)? ?(?:UTC|GMT|Z)\b/.exec(text ?? '') ?? [];
	if (hours === undefined) return undefined;
	const nowMs = getServerTime(response) ?? response.sentAtMs + response.durationMs;
	const timeOfDayMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
	const delayMs = (((timeOfDayMs - nowMs) % DAY_MS) + DAY_MS) % DAY_MS;
	return delayMs < DAY_MS / 2 ? delayMs : 0;
}

function parseDelay(response: HttpResponse, header: string): number | undefined {
	const text = getHeader(response, header);
	if (text === undefined || text.trim() === '') return undefined;

	const amount = Number(text);
	if (Number.isFinite(amount) && amount >= 0 && amount <= MAX_DELAY_S) return amount * 1000;

	const resetAtMs = Number.isFinite(amount) ? toEpochMs(amount) : Date.parse(text);
	const serverTimeMs = getServerTime(response);
	if (Number.isNaN(resetAtMs) || serverTimeMs === undefined) return undefined;
	return Math.max(0, resetAtMs - serverTimeMs);
}

function toEpochMs(amount: number): number {
	return amount < MIN_EPOCH_MS ? amount * 1000 : amount;
}
