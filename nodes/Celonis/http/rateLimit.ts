import { getHeader, getServerTime, type HttpResponse } from './response';

/** Numbers up to this are seconds to wait; larger ones are epoch seconds or milliseconds. */
const MAX_DELAY_S = 365 * 24 * 60 * 60;
const MIN_EPOCH_MS = MAX_DELAY_S * 1000;

/**
 * How long Celonis asks to wait, in milliseconds; `undefined` if it does not say.
 *
 * `x-ratelimit-reset` is documented as seconds to wait, but it is a date-time in one of Celonis' own
 * OpenAPI documents. Both are accepted, and epoch times too, all by the server's clock.
 */
export function parseRateLimitDelay(response: HttpResponse): number | undefined {
	const text = getHeader(response, 'retry-after') ?? getHeader(response, 'x-ratelimit-reset');
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
