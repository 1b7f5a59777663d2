import type { PollOccasion } from './activation';

/** When the steps of a poll must end, by this machine's clock in epoch milliseconds. */
export interface Deadlines {
	readonly fetchMs: number;
	readonly membersMs: number;
}

/** What the deadlines of a poll depend on. */
export interface PollTerms {
	/** The budget that n8n gives; `undefined` before 2.41. */
	readonly budgetMs?: number;
	readonly occasion: PollOccasion;
	/** Whether the members are fetched after the events. */
	readonly isEnriched: boolean;
}

/** The budget of a poll, if n8n does not provide it. */
const DEFAULT_BUDGET_MS = 30_000;

/**
 * n8n gives up an activation whose first poll takes longer than 84 seconds, and the first polls of an
 * older n8n delay its start. `getPollBudgetMs` does not say so.
 */
const MAX_ACTIVATION_BUDGET_MS = 30_000;

/** Shares of the budget after which fetching ends; the rest is for creating items and for n8n. */
const FETCH_SHARE = 0.8;
const FETCH_SHARE_IF_ENRICHED = 0.6;
const MEMBERS_SHARE = 0.9;

/** The deadlines of a poll that starts now. */
export function getDeadlines(nowMs: number, terms: PollTerms): Deadlines {
	const { budgetMs = DEFAULT_BUDGET_MS, occasion, isEnriched } = terms;
	const isActivation = occasion === 'publication' || occasion === 'start';
	const limitMs = isActivation ? Math.min(budgetMs, MAX_ACTIVATION_BUDGET_MS) : budgetMs;
	return {
		fetchMs: nowMs + limitMs * (isEnriched ? FETCH_SHARE_IF_ENRICHED : FETCH_SHARE),
		membersMs: nowMs + limitMs * MEMBERS_SHARE,
	};
}
