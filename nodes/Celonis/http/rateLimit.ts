import { getHeader, getServerTime, type HttpResponse } from './response';

/** Numbers up to this are seconds to wait, larger ones a moment since 1970. */
const MAX_DELAY_S = 365 * 24 * 60 * 60;
const MIN_EPOCH_MS = MAX_DELAY_S * 1000;

/**
 * How long Celonis wants us to wait, in milliseconds; `undefined` where it does not say.
 *
 * `x-ratelimit-reset` is documented as seconds to wait, but a date-time in one of Celonis' own
 * OpenAPI documents, so both are read, and epochs too. Moments count from the server's clock.
 */
export function parseRateLimitDelay(answer: HttpResponse): number | undefined {
	const text = getHeader(answer, 'retry-after') ?? getHeader(answer, 'x-ratelimit-reset');
	if (text === undefined || text.trim() === '') return undefined;

	const amount = Number(text);
	if (Number.isFinite(amount) && amount >= 0 && amount <= MAX_DELAY_S) return amount * 1000;

	const momentMs = Number.isFinite(amount) ? toEpochMs(amount) : Date.parse(text);
	const serverTimeMs = getServerTime(answer);
	if (Number.isNaN(momentMs) || serverTimeMs === undefined) return undefined;
	return Math.max(0, momentMs - serverTimeMs);
}

function toEpochMs(amount: number): number {
	return amount < MIN_EPOCH_MS ? amount * 1000 : amount;
}
