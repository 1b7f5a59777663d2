import type { IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from '../errors/nodeError';
import { formatTimestamp } from '../records/timestamp';
import { RecentEntries } from '../records/recentEntries';
import { getNodeKey } from './nodeKey';

/** Polls of a node that have failed one after the other, as far as this process of n8n has seen them. */
interface FailureStreak {
	/** When the first of them failed, epoch milliseconds. */
	readonly sinceMs: number;
	readonly polls: number;
	/** When n8n's log was told last. */
	readonly loggedMs: number;
}

/** Failures last: n8n's log is told of them now and then. */
const LOG_INTERVAL_MS = 60 * 60 * 1000;

/** The failing polls of one process of n8n. They are bounded, see `RecentEntries`. */
export class PollFailures {
	readonly #streaks = new RecentEntries<FailureStreak>();

	/** Counts a failed poll that n8n is not told of. */
	addTolerated(context: IPollFunctions, nowMs: number): void {
		this.#add(context, nowMs, nowMs);
	}

	/**
	 * Counts a failed poll, and converts its error to that of n8n. n8n's log is told of the first one, and
	 * of one in each hour: n8n itself does not log them.
	 */
	add(context: IPollFunctions, error: unknown, nowMs: number): NodeApiError | NodeOperationError {
		const { loggedMs = -Infinity } = this.#streaks.get(getNodeKey(context)) ?? {};
		const isDue = nowMs - loggedMs >= LOG_INTERVAL_MS;
		const streak = this.#add(context, nowMs, isDue ? nowMs : loggedMs);
		const pollError = toPollError(context, error, streak);
		if (isDue) {
			const { message, description = '' } = pollError;
			log(context, 'warn', `${message} ${description?.replace('\n', ' ')}`);
		}
		return pollError;
	}

	/** The workflow is published: what failed before does not count. */
	reset(context: IPollFunctions): void {
		this.#streaks.delete(getNodeKey(context));
	}

	/** A poll has succeeded. */
	end(context: IPollFunctions): void {
		const nodeKey = getNodeKey(context);
		const streak = this.#streaks.get(nodeKey);
		if (!streak) return;
		this.#streaks.delete(nodeKey);
		const since = formatTimestamp(streak.sinceMs);
		log(
			context,
			'info',
			`polls succeed again. Polls that had failed since ${since}: ${streak.polls}.`,
		);
	}

	#add(context: IPollFunctions, nowMs: number, loggedMs: number): FailureStreak {
		const nodeKey = getNodeKey(context);
		const { sinceMs = nowMs, polls = 0 } = this.#streaks.get(nodeKey) ?? {};
		const streak = { sinceMs, polls: polls + 1, loggedMs };
		this.#streaks.set(nodeKey, streak, nowMs);
		return streak;
	}
}

/** The failing polls of the process that runs this. */
export const pollFailures = new PollFailures();

/**
 * The error of a poll for a failed execution and for the error workflow. n8n hands an error workflow no
 * node and no execution, so that the error itself says which node fails, and since when; `context` has
 * the same as fields.
 */
function toPollError(
	context: IPollFunctions,
	error: unknown,
	{ sinceMs, polls }: FailureStreak,
): NodeApiError | NodeOperationError {
	const { id: nodeId, name: nodeName } = context.getNode();
	const failingSince = formatTimestamp(sinceMs);
	const nodeError = toNodeError(context.getNode(), error);
	nodeError.message = `${nodeError.message.replace(/\.$/, '')}. '${nodeName}' has failed since ${failingSince}.`;
	const consequence = `Failed polls in a row: ${polls}. Nothing is delivered until a poll succeeds, which goes on where the last one stopped.`;
	nodeError.description = [nodeError.description, consequence].filter(Boolean).join('\n');
	Object.assign(nodeError.context, { nodeId, nodeName, failingSince, failedPolls: polls });
	return nodeError;
}

function log(context: IPollFunctions, level: 'info' | 'warn', text: string): void {
	const { id: workflowId, name: workflowName } = context.getWorkflow();
	const nodeName = context.getNode().name;
	context.logger[level](`Celonis Trigger: ${text}`, { workflowId, workflowName, nodeName });
}
