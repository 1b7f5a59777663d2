import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { poll as pollLog } from '../delivery/poll';
import { toNodeError } from '../errors/nodeError';
import { createClock, type Clock } from '../http/clock';
import { fetchMemberDirectory } from '../members/fetchMembers';
import { formatEvent, type OutputSettings } from '../output/items';
import type { LogEvent } from '../records/eventId';
import type { EventLog } from '../reading/eventLog';
import { openEventLog } from '../sources/openEventLog';
import { pollHistory, type PollOccasion } from './activation';
import { logClockWarnings } from './clockWarnings';
import { StaticDataCursorStore } from './cursorStore';
import { getDeadlines, type Deadlines } from './deadlines';
import { getTriggerParameters, type TriggerParameters } from './parameters';
import { pollFailures } from './pollFailures';
import { processMemory } from './processMemory';
import { getNodeKey } from './nodeKey';
import { logLateness } from './lateness';
import { fetchTestEvents } from './testEvents';
import { logToleratedError, logWarnings } from './warnings';

/** A poll whose parameters and credential could be read. */
interface OpenedPoll {
	readonly parameters: TriggerParameters;
	readonly clock: Clock;
	readonly deadlines: Deadlines;
	readonly log: EventLog;
	readonly store: StaticDataCursorStore;
}

/** One poll of n8n: the new events as items, or `null` if there are none. Its errors are those of n8n. */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const attempt = pollHistory.begin(this);
	if (attempt.occasion === 'publication') pollFailures.reset(this);
	let opened: OpenedPoll | undefined;
	try {
		opened = await openPoll(this, attempt.occasion);
		const pollOnce = attempt.occasion === 'test' ? pollManually : pollNewEvents;
		const items = await pollOnce(this, opened);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		const isTolerated = attempt.tolerates(error, opened?.log.team);
		// What happens until Celonis can be reached is to be delivered.
		if (isTolerated || attempt.occasion === 'schedule') opened?.store.startNow();
		if (attempt.occasion === 'schedule') throw pollFailures.add(this, error, Date.now());
		if (!isTolerated) throw toNodeError(this.getNode(), error);
		pollFailures.addTolerated(this, Date.now());
		logToleratedError(this, error);
		return null;
	}
}

/** Reads the parameters and the credential. Nothing is sent yet. */
async function openPoll(context: IPollFunctions, occasion: PollOccasion): Promise<OpenedPoll> {
	const parameters = getTriggerParameters(context);
	const { source, sourceOptions } = parameters;
	const clock = createClock();
	const { isEnriched } = parameters.output;
	const budgetMs = context.getPollBudgetMs?.();
	const deadlines = getDeadlines(clock.now(), { budgetMs, occasion, isEnriched });
	const connection = { ...parameters, deadlineMs: deadlines.fetchMs };
	const opened = await openEventLog(context, source, connection, sourceOptions);
	// Only events that pass the filters are remembered and delivered.
	const log = { ...opened, hasLazyIds: parameters.hasFilters };
	const store = createCursorStore(context, parameters, clock, log.team);
	return { parameters, clock, deadlines, log, store };
}

async function pollManually(
	context: IPollFunctions,
	{ log, parameters, deadlines }: OpenedPoll,
): Promise<INodeExecutionData[]> {
	const events = await fetchTestEvents(context, log, parameters);
	return await toItems(context, events, parameters, deadlines);
}

async function pollNewEvents(
	context: IPollFunctions,
	{ log, store, clock, parameters, deadlines }: OpenedPoll,
): Promise<INodeExecutionData[]> {
	// With other filters, events that were visible before are new.
	const settings = context.getNode().parameters;
	const settingsSinceMs = store.getSettingsSince(settings);
	return await pollLog({
		log,
		store,
		rules: { ...parameters, deadlineMs: deadlines.fetchMs, settingsSinceMs },
		clock,
		deliver: async (fetched) => {
			const delivered = await toItems(context, fetched.events, parameters, deadlines);
			logWarnings(context, fetched, delivered, parameters.output.fields);
			logClockWarnings(context, fetched, () => store.takeWarning('clocks'));
			logLateness(context, fetched, parameters, () => store.takeWarning('lateness'));
			const { readAtMs } = fetched;
			if (readAtMs !== undefined) store.rememberSettings(settings, readAtMs);
			pollFailures.end(context);
			return delivered;
		},
	});
}

function createCursorStore(
	context: IPollFunctions,
	{ source, startMs, repeatLastBatch }: TriggerParameters,
	clock: Clock,
	team: string,
): StaticDataCursorStore {
	return new StaticDataCursorStore({
		getStaticData: () => context.getWorkflowStaticData('node'),
		log: source.api,
		team,
		nodeKey: getNodeKey(context),
		memory: processMemory,
		clock,
		startMs,
		repeatLastBatch,
	});
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
