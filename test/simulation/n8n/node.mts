import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { EventLog } from '../../../nodes/Celonis/reading/eventLog';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { CursorPlace } from '../../../nodes/Celonis/trigger/cursorStore';
import type { Batch } from '../history.mts';
import { matchesSettings, type Settings } from '../plan/settings.mts';
import {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	withPollLock,
	poll,
	rememberDelivery,
	rememberStart,
	saveCursor,
	SOURCES,
	type SourceName,
} from '../trigger';

/** The real parts of the trigger that a poll is made of, so that a part can be replaced by a wrong one. */
export interface NodeParts {
	readonly createPages: (source: SourceName, settings: Settings, send: SendRequest) => Paginator;
	readonly poll: typeof poll;
	readonly loadCursor: (place: CursorPlace, settings: Settings) => Cursor | undefined;
	readonly isOutdated: typeof isOutdated;
	readonly rememberStart: typeof rememberStart;
	readonly saveCursor: typeof saveCursor;
	readonly withPollLock: typeof withPollLock;
}

export const realParts: NodeParts = {
	createPages: (source, { apiVersion }, send) =>
		SOURCES[source].createPaginator(send, { apiVersion }),
	poll,
	loadCursor,
	isOutdated,
	rememberStart,
	saveCursor,
	withPollLock,
};

/** What one poll is given. */
export interface PollRequest {
	readonly context: IPollFunctions;
	readonly sourceName: SourceName;
	readonly settings: Settings;
	readonly startMs: number | undefined;
	readonly now: () => number;
	/** The node's own sending, until a deadline. */
	readonly createSend: (deadlineMs: number) => SendRequest;
	readonly pageSize: number;
}

const USUAL_BUDGET_MS = 30_000;
const SHARE_FOR_READING = 0.8;

/** `poll` of the trigger, apart from HTTP, parameters and the form of the items. */
export async function pollNode(parts: NodeParts, request: PollRequest): Promise<Batch | null> {
	const { context, sourceName, settings, startMs, now, pageSize } = request;
	const place = { context, sourceName };
	const budgetMs = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const deadlineMs = now() + budgetMs * SHARE_FOR_READING;
	const readPages = parts.createPages(sourceName, settings, request.createSend(deadlineMs));
	const log: EventLog = {
		pages: (asked) => readPages({ pageSize, ...asked }),
		identityFields: SOURCES[sourceName].identityFields,
	};

	return await parts.withPollLock(nodeKeyOf(place), async () => {
		if (parts.isOutdated(place, now())) return null;
		const kept = parts.loadCursor(place, settings);
		const rules = {
			lookbackMs: settings.lookbackMs,
			maxEvents: settings.maxEvents,
			repeatLastBatch: settings.repeatLastBatch,
			startMs,
			matches: ({ raw }: { readonly raw: Readonly<Record<string, unknown>> }) =>
				matchesSettings(settings, raw),
		};
		const { cursor, events } = await parts.poll(log, kept, rules, {
			now,
			deadlineMs,
			concurrency: settings.concurrency,
		});
		if (!kept && events.length === 0) parts.rememberStart(place, cursor);
		if (events.length > 0) rememberDelivery(place, now());
		parts.saveCursor(place, cursor);
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
