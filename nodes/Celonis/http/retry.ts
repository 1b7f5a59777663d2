import type { ApiName } from '../errors/apis';
import { isSafeToRetry, type ErrorDefinition } from '../errors/catalog';
import { CelonisError, getDefinition, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Clock } from './clock';
import type { SendRequest } from './request';

/** How requests are retried. */
export interface RetryPolicy {
	readonly api: ApiName;
	readonly clock: Clock;
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How long one request may be retried, pauses included. */
	readonly maxRetryDurationMs: number;
	/** Nothing is sent or waited for after this moment on the clock. */
	readonly deadlineMs?: number;
}

const MAX_ATTEMPTS: Readonly<Record<ErrorDefinition['retry'], number>> = {
	never: 1,
	once: 2,
	backoff: 5,
};

const INITIAL_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;

/** How much too early a timer may fire. */
const TIMER_TOLERANCE_MS = 20;

/**
 * Retries a request as the catalog says: with exponential backoff and full jitter, or after the
 * time that Celonis asks to wait. Throws the last error when the attempts or the time are used up.
 * A request that is not idempotent is retried only if Celonis did not execute it.
 */
export function withRetry(send: SendRequest, policy: RetryPolicy): SendRequest {
	const { api, clock, random, maxRetryDurationMs, deadlineMs = Infinity } = policy;
	const createDeadlineError = () => new CelonisError('pollDeadlineExceeded', { api });
	return async (path, query, options) => {
		const giveUpAtMs = Math.min(clock.now() + maxRetryDurationMs, deadlineMs);
		let lastError: CelonisError | undefined;
		for (let attempt = 1; ; attempt++) {
			if (clock.now() >= deadlineMs) throw lastError ?? createDeadlineError();
			const outcome = await send(path, query, options).catch(requireCelonisError);
			if (!isCelonisError(outcome)) return outcome;

			// The deadline shortens timeouts: one that ends at the deadline is the deadline's.
			const { code } = outcome.details;
			const isPastDeadline = clock.now() >= deadlineMs - TIMER_TOLERANCE_MS;
			if (code === 'timeout' && isPastDeadline) throw createDeadlineError();

			const delayMs = getRetryDelay(outcome, attempt, random());
			const canRepeat = options?.idempotent !== false || isSafeToRetry(code);
			const attemptsLeft = MAX_ATTEMPTS[getDefinition(outcome.details).retry] - attempt;
			const isRetried = canRepeat && attemptsLeft > 0 && clock.now() + delayMs <= giveUpAtMs;
			if (!isRetried) throw outcome;
			lastError = outcome;
			await clock.sleep(delayMs);
		}
	};
}

function requireCelonisError(error: unknown): CelonisError {
	return isCelonisError(error) ? error : rethrow(error);
}

function getRetryDelay({ details }: CelonisError, attempt: number, random: number): number {
	if (details.code === 'rateLimited' && details.retryAfterMs !== undefined)
		return details.retryAfterMs;
	return random * Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 2 ** (attempt - 1));
}
