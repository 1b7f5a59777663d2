import { headerOf, serverTimeOf, type Answer } from './response';

/** Numbers up to this are seconds to wait, larger ones a moment since 1970. */
const LONGEST_WAIT_S = 365 * 24 * 60 * 60;
const FIRST_EPOCH_MS = LONGEST_WAIT_S * 1000;

/**
 * How long Celonis wants us to wait, in milliseconds; `undefined` where it does not say.
 *
 * `x-ratelimit-reset` is documented as seconds to wait, but a date-time in one of Celonis' own
 * OpenAPI documents, so both are read, and epochs too. Moments count from the server's clock.
 */
export function rateLimitWait(answer: Answer): number | undefined {
	const text = headerOf(answer, 'retry-after') ?? headerOf(answer, 'x-ratelimit-reset');
	if (text === undefined || text.trim() === '') return undefined;

	const amount = Number(text);
	if (Number.isFinite(amount) && amount >= 0 && amount <= LONGEST_WAIT_S) return amount * 1000;

	const momentMs = Number.isFinite(amount) ? epochMs(amount) : Date.parse(text);
	const serverTimeMs = serverTimeOf(answer);
	if (Number.isNaN(momentMs) || serverTimeMs === undefined) return undefined;
	return Math.max(0, momentMs - serverTimeMs);
}

function epochMs(amount: number): number {
	return amount < FIRST_EPOCH_MS ? amount * 1000 : amount;
}
