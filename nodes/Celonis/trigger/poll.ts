import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { FetchedEvents } from '../delivery/fetchNewEvents';
import { poll as pollLog } from '../delivery/poll';
import { toNodeError } from '../errors/nodeError';
import { createClock, type Clock } from '../http/clock';
import { fetchMemberDirectory } from '../members/fetchMembers';
import { formatEvent, type OutputSettings } from '../output/items';
import type { OutputParameters } from '../parameters/output';
import type { LogEvent } from '../records/eventId';
import { formatTimestamp } from '../records/timestamp';
import { openEventLog } from '../sources/openEventLog';
import { StaticDataCursorStore } from './cursorStore';
import { getTriggerParameters, type TriggerParameters } from './parameters';
import { processMemory } from './processMemory';
import { fetchTestEvents } from './testEvents';

/** The budget of a poll, if n8n does not provide it (before 2.41). */
const DEFAULT_BUDGET_MS = 30_000;

/** Shares of the budget after which fetching ends; the rest is for creating items and for n8n. */
const FETCH_SHARE = 0.8;
const FETCH_SHARE_IF_ENRICHED = 0.6;
const MEMBERS_SHARE = 0.9;

/** When the steps of a poll must end, by this machine's clock in epoch milliseconds. */
interface Deadlines {
	readonly fetchMs: number;
	readonly membersMs: number;
}

/** One poll of n8n: the new events as items, or `null` if there are none. */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const parameters = getTriggerParameters(this);
	const { source, output, options } = parameters;
	const clock = createClock();
	const deadlines = getDeadlines(this, output, clock);
	const connection = { ...parameters, deadlineMs: deadlines.fetchMs };
	const log = await openEventLog(this, source, connection, options);
	if (this.getMode() === 'manual') {
		const events = await fetchTestEvents(this, log, parameters);
		return [await toItems(this, events, parameters, deadlines)];
	}
	const items = await pollLog({
		log,
		store: createCursorStore(this, parameters, clock),
		rules: { ...parameters, deadlineMs: deadlines.fetchMs },
		clock,
		deliver: async (fetched) => {
			const delivered = await toItems(this, fetched.events, parameters, deadlines);
			logWarnings(this, fetched, delivered);
			return delivered;
		},
	});
	return items.length > 0 ? [items] : null;
}

function createCursorStore(
	context: IPollFunctions,
	{ source, startMs, repeatLastBatch }: TriggerParameters,
	clock: Clock,
): StaticDataCursorStore {
	return new StaticDataCursorStore({
		getStaticData: () => context.getWorkflowStaticData('node'),
		log: source.api,
		nodeId: `${context.getWorkflow().id ?? ''}:${context.getNode().id}`,
		memory: processMemory,
		clock,
		startMs,
		repeatLastBatch,
	});
}

function getDeadlines(
	context: IPollFunctions,
	{ isEnriched }: OutputParameters,
	clock: Clock,
): Deadlines {
	const budgetMs = context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	const nowMs = clock.now();
	return {
		fetchMs: nowMs + budgetMs * (isEnriched ? FETCH_SHARE_IF_ENRICHED : FETCH_SHARE),
		membersMs: nowMs + budgetMs * MEMBERS_SHARE,
	};
}

/** The members are fetched once, and only if there are events. */
async function toItems(
	context: IPollFunctions,
	events: readonly LogEvent[],
	parameters: TriggerParameters,
	{ membersMs }: Deadlines,
): Promise<INodeExecutionData[]> {
	const { output } = parameters;
	const isEnriched = output.isEnriched && events.length > 0;
	const connection = { ...parameters, deadlineMs: membersMs };
	const settings: OutputSettings = isEnriched
		? { ...output, members: await fetchMemberDirectory(context, connection) }
		: output;
	const pairedItem = { item: 0 };
	return events.map((event) => ({
		json: formatEvent(event, settings) as IDataObject,
		pairedItem,
	}));
}

/** Logs what the user should know about a poll that delivers nevertheless. */
function logWarnings(
	context: IPollFunctions,
	{ lookbackTruncatedTo, stoppedBy }: FetchedEvents,
	items: readonly INodeExecutionData[],
): void {
	if (lookbackTruncatedTo !== undefined) {
		const since = formatTimestamp(lookbackTruncatedTo);
		context.logger.warn(
			`Celonis Trigger: the lookback has more events than the node can remember. Events older than ${since} that appear late will not be delivered.`,
		);
	}
	if (stoppedBy !== undefined) {
		const { message } = toNodeError(context.getNode(), stoppedBy);
		context.logger.warn(
			`Celonis Trigger: the events that were fetched before an error are delivered; the next poll continues from there. ${message}`,
		);
	}
	// Not an error: a field may be missing in all events of one poll and present in the next.
	if (items.length > 0 && items.every(({ json }) => Object.keys(json).length === 0)) {
		context.logger.warn(
			`Celonis Trigger: all ${items.length} items of this poll are empty, because no event has one of the 'Fields' under Options. Fields are named as in the chosen 'Output'.`,
		);
	}
}
