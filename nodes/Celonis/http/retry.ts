import type { ApiName } from '../errors/apis';
import { isSafeToRetry, type ErrorDefinition } from '../errors/catalog';
import { addFact, CelonisError, getDefinition, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Clock } from './clock';
import type { SendRequest } from './request';
import type { HttpResponse } from './response';

/** How requests are retried. */
export interface RetryPolicy {
	readonly api: ApiName;
	readonly clock: Clock;
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How long one request may be retried, pauses included. */
	readonly maxRetryDurationMs: number;
	/** How often one request is sent at most; as the catalog says by default. */
	readonly maxAttempts?: number;
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

/** After a 429 that does not say how long to wait: Celonis may suspend who comes back too early. */
const MIN_RATE_LIMIT_DELAY_MS = 2000;

/** So small that all attempts fit into a poll of half a minute. */
const RATE_LIMIT_DELAY_GROWTH = 1.4;

/** How much too early a timer may fire. */
const TIMER_TOLERANCE_MS = 20;

/**
 * Retries a request as the catalog says: with exponential backoff and full jitter, or after the time
 * that Celonis asks to wait, which also a 503 may say. Throws the last error when the attempts or the
 * time are used up. A request that is not idempotent is retried only if Celonis did not execute it.
 */
export function withRetry(send: SendRequest, policy: RetryPolicy): SendRequest {
	const { api, clock, random, maxRetryDurationMs, deadlineMs = Infinity } = policy;
	const { maxAttempts = Infinity } = policy;
	const deadline = createDeadline(api);
	return async (path, firstQuery, options) => {
		let query = firstQuery;
		const giveUpAtMs = Math.min(clock.now() + maxRetryDurationMs, deadlineMs);
		let lastError: CelonisError | undefined;
		for (let attempt = 1; ; attempt++) {
			if (clock.now() >= deadlineMs) throw deadline.createError(lastError);
			const outcome = await send(path, query, options).catch(requireCelonisError);
			deadline.observe(outcome);
			if (!isCelonisError(outcome)) return outcome;

			// The deadline shortens timeouts: one that ends at the deadline is the deadline's.
			const { code } = outcome.details;
			const isPastDeadline = clock.now() >= deadlineMs - TIMER_TOLERANCE_MS;
			const isOfDeadline = code === 'pollDeadlineExceeded' || code === 'timeout';
			if (isOfDeadline && isPastDeadline) throw deadline.createError(lastError);

			const { retry } = getDefinition(outcome.details);
			const rephrased = options?.rephrase?.(outcome);
			query = rephrased ?? query;
			if (rephrased && retry === 'never') continue;

			// A smaller request after a timeout: that was a pause.
			const isSooner = rephrased !== undefined && code === 'timeout';
			const delayMs = isSooner ? 0 : getRetryDelay(outcome, attempt, random());
			const canRepeat = options?.idempotent !== false || isSafeToRetry(code);
			const attemptsLeft = Math.min(MAX_ATTEMPTS[retry], maxAttempts) - attempt;
			const isRetried = canRepeat && attemptsLeft > 0 && clock.now() + delayMs <= giveUpAtMs;
			if (!isRetried) throw outcome;
			lastError = outcome;
			await clock.sleep(delayMs);
		}
	};
}

/** Tells why the time of a poll ran out. */
interface Deadline {
	/** Call this with the outcome of each attempt. */
	observe(outcome: HttpResponse | CelonisError): void;
	/** The error at the deadline of a request whose last attempt ended with this error, if it did. */
	createError(lastError: CelonisError | undefined): CelonisError;
}

/**
 * A server that has answered is too slow for all that was to be read. One that has not answered at all
 * is not available: then the error is the first failure, such as the timeout.
 */
function createDeadline(api: ApiName): Deadline {
	let hasAnswered = false;
	let firstFailure: CelonisError | undefined;
	return {
		observe: (outcome) => {
			if (!isCelonisError(outcome)) hasAnswered = true;
			else if (outcome.details.code !== 'pollDeadlineExceeded') firstFailure ??= outcome;
		},
		createError: (lastError) => {
			if (hasAnswered && lastError) return addFact(lastError, { isAtDeadline: true });
			if (hasAnswered) return new CelonisError('pollDeadlineExceeded', { api });
			return lastError ?? firstFailure ?? new CelonisError('pollDeadlineExceeded', { api });
		},
	};
}

function requireCelonisError(error: unknown): CelonisError {
	return isCelonisError(error) ? error : rethrow(error);
}

function getRetryDelay({ details }: CelonisError, attempt: number, random: number): number {
	const { code, retryAfterMs } = details;
	if (retryAfterMs !== undefined) return retryAfterMs;
	return code === 'rateLimited'
		? MIN_RATE_LIMIT_DELAY_MS * RATE_LIMIT_DELAY_GROWTH ** (attempt - 1) * (1 + random / 10)
		: random * Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 2 ** (attempt - 1));
}
