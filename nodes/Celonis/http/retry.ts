import { isSafeToRetry } from '../errors/carriedOut';
import { CelonisError, getDefinition } from '../errors/celonisError';
import type { ErrorDefinition } from '../errors/catalog';
import type { SendRequest } from './request';

/** How a request is repeated. */
export interface RetryPolicy {
	/** Waits; rejects when the execution was cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Epoch milliseconds of this machine: only differences count. */
	readonly now: () => number;
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How long one request may be repeated, waits included. */
	readonly maxRetryDurationMs: number;
	/** Nothing is sent or waited for beyond this moment, on the clock of `now`. */
	readonly deadlineMs?: number;
}

const MAX_ATTEMPTS: Readonly<Record<ErrorDefinition['retry'], number>> = {
	never: 1,
	once: 2,
	backoff: 5,
};

const INITIAL_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;

/** How much too early a timer may end. */
const TIMER_TOLERANCE_MS = 20;

/**
 * Repeats a request as the table of faults has it, with exponential pauses and full jitter, or
 * after the wait that Celonis asks for. Gives up with the last fault when the tries or the time
 * are used up.
 */
export function withRetry(send: SendRequest, rules: RetryPolicy): SendRequest {
	const { now, maxRetryDurationMs, deadlineMs = Infinity } = rules;
	return async (path, query, errand) => {
		const giveUpAtMs = Math.min(now() + maxRetryDurationMs, deadlineMs);
		let lastFault: CelonisError | undefined;
		for (let attempt = 1; ; attempt++) {
			if (now() >= deadlineMs) throw lastFault ?? createTimeoutError();
			const outcome = await send(path, query, errand).catch((error: unknown) =>
				asCelonisError(error),
			);
			if (!(outcome instanceof CelonisError)) return outcome;

			// An answer is not waited for beyond the deadline: then it is the time that ran out.
			const isCutShort = now() >= deadlineMs - TIMER_TOLERANCE_MS;
			if (outcome.details.code === 'timeout' && isCutShort) throw createTimeoutError();

			const pause = getRetryDelay(outcome, attempt, rules.random());
			const mayBeDone = errand?.idempotent === false && !isSafeToRetry(outcome.details.code);
			const triesLeft = mayBeDone
				? 0
				: MAX_ATTEMPTS[getDefinition(outcome.details).retry] - attempt;
			const givesUp = triesLeft <= 0 || now() + pause > giveUpAtMs;
			if (givesUp) return await Promise.reject(outcome);
			lastFault = outcome;
			await rules.sleep(pause);
		}
	};
}

const createTimeoutError = () => new CelonisError({ code: 'outOfTime' });

function asCelonisError(error: unknown): CelonisError | Promise<never> {
	return error instanceof CelonisError ? error : Promise.reject(error);
}

function getRetryDelay({ details }: CelonisError, attempt: number, random: number): number {
	if (details.code === 'rateLimited' && details.retryAfterMs !== undefined)
		return details.retryAfterMs;
	return random * Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 2 ** (attempt - 1));
}
