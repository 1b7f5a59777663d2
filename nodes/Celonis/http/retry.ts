import { wasNotCarriedOut } from '../errors/carriedOut';
import { CelonisFault, rowOf } from '../errors/celonisError';
import type { FaultRow } from '../errors/catalog';
import type { Send } from './request';

/** How a request is repeated. */
export interface RetryRules {
	/** Waits; rejects when the execution was cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Epoch milliseconds of this machine: only differences count. */
	readonly now: () => number;
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How long one request may be repeated, waits included. */
	readonly patienceMs: number;
	/** Nothing is sent or waited for beyond this moment, on the clock of `now`. */
	readonly deadlineMs?: number;
}

const MOST_TRIES: Readonly<Record<FaultRow['retry'], number>> = { never: 1, once: 2, patiently: 5 };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** How much too early a timer may end. */
const TIMER_SLACK_MS = 20;

/**
 * Repeats a request as the table of faults has it, with exponential pauses and full jitter, or
 * after the wait that Celonis asks for. Gives up with the last fault when the tries or the time
 * are used up.
 */
export function withRetry(send: Send, rules: RetryRules): Send {
	const { now, patienceMs, deadlineMs = Infinity } = rules;
	return async (path, query, errand) => {
		const giveUpAtMs = Math.min(now() + patienceMs, deadlineMs);
		let lastFault: CelonisFault | undefined;
		for (let attempt = 1; ; attempt++) {
			if (now() >= deadlineMs) throw lastFault ?? outOfTime();
			const outcome = await send(path, query, errand).catch((error: unknown) => faultIn(error));
			if (!(outcome instanceof CelonisFault)) return outcome;

			// An answer is not waited for beyond the deadline: then it is the time that ran out.
			const isCutShort = now() >= deadlineMs - TIMER_SLACK_MS;
			if (outcome.fault.kind === 'timeout' && isCutShort) throw outOfTime();

			const pause = pauseAfter(outcome, attempt, rules.random());
			const mayBeDone = errand?.repeatable === false && !wasNotCarriedOut(outcome.fault.kind);
			const triesLeft = mayBeDone ? 0 : MOST_TRIES[rowOf(outcome.fault).retry] - attempt;
			const givesUp = triesLeft <= 0 || now() + pause > giveUpAtMs;
			if (givesUp) return await Promise.reject(outcome);
			lastFault = outcome;
			await rules.sleep(pause);
		}
	};
}

const outOfTime = () => new CelonisFault({ kind: 'outOfTime' });

function faultIn(error: unknown): CelonisFault | Promise<never> {
	return error instanceof CelonisFault ? error : Promise.reject(error);
}

function pauseAfter({ fault }: CelonisFault, attempt: number, random: number): number {
	if (fault.kind === 'rateLimited' && fault.waitMs !== undefined) return fault.waitMs;
	return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
}
