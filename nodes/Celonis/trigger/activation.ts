import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { getDefinition, isCelonisError } from '../errors/celonisError';
import { RecentEntries } from '../records/recentEntries';
import { getNodeKey } from './nodeKey';

/**
 * What n8n polls for. n8n itself runs the first poll of an activation; if it fails, the workflow is
 * not active, and stays so until a person publishes it again.
 *
 * - `test`: a person fetches a test event in the editor, and sees its error.
 * - `schedule`: any other poll. Its error becomes a failed execution.
 * - `publication`: the first poll after a person has published the workflow, or a change of it.
 * - `start`: the first poll after n8n started, or after the leader changed: nobody sees its error.
 */
export type PollOccasion = 'test' | 'schedule' | 'publication' | 'start';

/** What n8n tells a poll, and what is known of earlier polls of the node. */
export interface PollSigns {
	readonly isManual: boolean;
	readonly activationMode: WorkflowActivateMode;
	/** n8n's in-memory engine polls with one context from an activation to the next. */
	readonly isKnownContext: boolean;
	/** `undefined` before n8n 2.41. */
	readonly budgetMs?: number;
	/** n8n's in-memory engine observes changes of the static data; the durable one has a plain copy. */
	readonly isStaticDataObservable: boolean;
	/** Nothing is saved for the node, and this process has not polled it. */
	readonly isNewNode: boolean;
	/** Whether a poll of the node in this process had a limited budget. */
	readonly hadLimitedBudget: boolean;
}

/** n8n's budget of a poll that no job of the durable engine limits. */
const UNLIMITED_BUDGET_MS = 5 * 60_000;

const PUBLICATION_MODES: readonly WorkflowActivateMode[] = ['activate', 'create', 'update'];

/** Tells what n8n polls for. */
export function getPollOccasion(signs: PollSigns): PollOccasion {
	const { isManual, activationMode, isKnownContext } = signs;
	if (isManual || activationMode === 'manual') return 'test';
	if (isKnownContext) return 'schedule';
	if (activationMode === 'update' && isJobOfDurableEngine(signs)) return 'schedule';
	return PUBLICATION_MODES.includes(activationMode) ? 'publication' : 'start';
}

/**
 * The durable engine polls with a new context each time, and calls all of them an update. Only the
 * polls that it schedules have a limited budget; before n8n 2.41 none has one.
 */
function isJobOfDurableEngine(signs: PollSigns): boolean {
	const { budgetMs = UNLIMITED_BUDGET_MS, isStaticDataObservable } = signs;
	if (budgetMs !== UNLIMITED_BUDGET_MS) return true;
	return !isStaticDataObservable && !signs.isNewNode && !signs.hadLimitedBudget;
}

/** Whether an error of a poll leaves the workflow active. */
export function isTolerated(occasion: PollOccasion, error: unknown): boolean {
	if (occasion === 'publication') return isPassing(error);
	return occasion === 'start';
}

/** Anything but an error of the catalog is a wrong parameter, an unusable credential or a bug. */
function isPassing(error: unknown): boolean {
	return isCelonisError(error) && getDefinition(error.details).isPassing;
}

/** One poll, from its beginning on. */
export interface PollAttempt {
	readonly occasion: PollOccasion;
	/** Whether this error leaves the workflow active. Without a team, the credential is unreadable. */
	tolerates(error: unknown, team?: string): boolean;
}

/** What this process knows of the polls of one node. */
interface NodeHistory {
	readonly hadLimitedBudget: boolean;
	/** The team of the last poll, if that poll was an update and its error was tolerated. */
	readonly toleratedTeam?: string;
}

/** The polls of one process of n8n. They are bounded, see `RecentEntries`. */
export class PollHistory {
	readonly #contexts = new WeakSet<IPollFunctions>();
	readonly #nodes = new RecentEntries<NodeHistory>();

	/** Call this once for each poll, before anything that can fail. */
	begin(context: IPollFunctions): PollAttempt {
		const nodeKey = getNodeKey(context);
		const before = this.#nodes.get(nodeKey);
		const signs = this.#readSigns(context, before);
		const occasion = getPollOccasion(signs);
		if (occasion === 'test') return { occasion, tolerates: () => false };

		const { budgetMs = UNLIMITED_BUDGET_MS, activationMode } = signs;
		const hadLimitedBudget = signs.hadLimitedBudget || budgetMs !== UNLIMITED_BUDGET_MS;
		this.#contexts.add(context);
		this.#nodes.set(nodeKey, { hadLimitedBudget }, Date.now());
		return {
			occasion,
			tolerates: (error, team = '') => {
				if (!isTolerated(occasion, error)) return false;
				if (activationMode !== 'update') return true;
				// An engine without any of the signs would otherwise fail in silence for good. If this is an
				// activation after all, n8n tries again.
				if (before?.toleratedTeam === team) return false;
				this.#nodes.set(nodeKey, { hadLimitedBudget, toleratedTeam: team }, Date.now());
				return true;
			},
		};
	}

	#readSigns(context: IPollFunctions, history: NodeHistory | undefined): PollSigns {
		const staticData = context.getWorkflowStaticData('node');
		return {
			isManual: context.getMode() === 'manual',
			activationMode: context.getActivationMode(),
			isKnownContext: this.#contexts.has(context),
			budgetMs: context.getPollBudgetMs?.(),
			isStaticDataObservable: '__dataChanged' in staticData,
			isNewNode: history === undefined && Object.keys(staticData).length === 0,
			hadLimitedBudget: history?.hadLimitedBudget ?? false,
		};
	}
}

/** The polls of the process that runs this. */
export const pollHistory = new PollHistory();
