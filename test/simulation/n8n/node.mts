import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import type { Cursor } from '../../../nodes/Celonis/audit/cursor';
import type { ReadPages } from '../../../nodes/Celonis/transport/pages';
import type { Send } from '../../../nodes/Celonis/transport/request';
import type { Batch } from '../chronicle.mts';
import { letsThrough, type Settings } from '../plan/settings.mts';
import {
	createPagesV1,
	createPagesV2,
	isOutdated,
	loadCursor,
	nodeKeyOf,
	onePollAtATime,
	pollLog,
	rememberDelivery,
	rememberStart,
	saveCursor,
} from '../trigger';

/** The real parts of the trigger that a poll is made of, so that a part can be replaced by a wrong one. */
export interface NodeParts {
	readonly createPages: (version: Settings['apiVersion'], send: Send) => ReadPages;
	readonly pollLog: typeof pollLog;
	readonly loadCursor: (context: IPollFunctions, settings: Settings) => Cursor | undefined;
	readonly isOutdated: typeof isOutdated;
	readonly rememberStart: typeof rememberStart;
	readonly saveCursor: typeof saveCursor;
	readonly onePollAtATime: typeof onePollAtATime;
}

export const realParts: NodeParts = {
	createPages: (version, send) => (version === 'v1' ? createPagesV1 : createPagesV2)(send),
	pollLog,
	loadCursor,
	isOutdated,
	rememberStart,
	saveCursor,
	onePollAtATime,
};

/** What one poll is given. */
export interface PollRequest {
	readonly context: IPollFunctions;
	readonly settings: Settings;
	readonly startMs: number | undefined;
	readonly now: () => number;
	/** The node's own sending, until a deadline. */
	readonly createSend: (deadlineMs: number) => Send;
	readonly pageSize: number;
}

const USUAL_BUDGET_MS = 30_000;
const SHARE_FOR_READING = 0.8;

/** `poll` of the trigger, apart from HTTP, parameters and the form of the items. */
export async function pollNode(parts: NodeParts, request: PollRequest): Promise<Batch | null> {
	const { context, settings, startMs, now, pageSize } = request;
	const budgetMs = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const deadlineMs = now() + budgetMs * SHARE_FOR_READING;
	const readPages = parts.createPages(settings.apiVersion, request.createSend(deadlineMs));
	const pages: ReadPages = (asked) => readPages({ pageSize, ...asked });

	return await parts.onePollAtATime(nodeKeyOf(context), async () => {
		if (parts.isOutdated(context, now())) return null;
		const kept = parts.loadCursor(context, settings);
		const rules = {
			lookbackMs: settings.lookbackMs,
			maxEvents: settings.maxEvents,
			repeatLastBatch: settings.repeatLastBatch,
			startMs,
			wants: ({ raw }: { readonly raw: Readonly<Record<string, unknown>> }) =>
				letsThrough(settings, raw),
		};
		const { cursor, events } = await parts.pollLog(pages, kept, rules, {
			now,
			deadlineMs,
			concurrency: settings.concurrency,
		});
		if (!kept && events.length === 0) parts.rememberStart(context, cursor);
		if (events.length > 0) rememberDelivery(context, now());
		parts.saveCursor(context, cursor);
		return events.length > 0 ? events.map(({ eventId, raw }) => ({ eventId, record: raw })) : null;
	});
}

/** As much of n8n's context of a poll as the trigger's parts use. */
export function pollContext(
	nodeId: string,
	staticData: Record<string, unknown>,
	mode: WorkflowActivateMode,
	budgetMs: number | undefined,
): IPollFunctions {
	const context = {
		getWorkflow: () => ({ id: 'simulated' }),
		getNode: () => ({ id: nodeId, name: 'Celonis Trigger' }),
		getWorkflowStaticData: () => staticData,
		getActivationMode: () => mode,
		...(budgetMs !== undefined && { getPollBudgetMs: () => budgetMs }),
	};
	return context as unknown as IPollFunctions;
}
