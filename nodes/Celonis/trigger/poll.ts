import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { LogEvent } from '../records/eventId';
import { formatEvent, type OutputSettings } from '../output/items';
import { formatTimestamp } from '../records/timestamp';
import type { FetchedEvents } from '../delivery/fetchNewEvents';
import { inApi, ofApi } from '../errors/celonisError';
import type { ApiName } from '../errors/apis';
import { toNodeError } from '../errors/nodeError';
import type { OutputParameters } from '../parameters/output';
import type { EventLog } from '../reading/eventLog';
import { openEventLog } from '../sources/openSource';
import { fetchMemberDirectory } from '../members/fetchMembers';
import {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	rememberDelivery,
	rememberStart,
	saveCursor,
	type CursorPlace,
} from './cursorStore';
import { withPollLock } from './pollLock';
import { poll as pollLog } from '../delivery/poll';
import { fetchTestEvents } from './testEvents';
import { getTriggerParameters, type TriggerParameters } from './parameters';

/** The budget of a poll where n8n does not tell it (before 2.41). */
const USUAL_BUDGET_MS = 30_000;

/** Shares of the budget after which reading ends; the rest is for items and for handing them over. */
const SHARE_FOR_READING = 0.8;
const SHARE_FOR_READING_IF_ENRICHED = 0.6;
const SHARE_UNTIL_MEMBERS_ARE_READ = 0.9;

/** When things have to have come to their end, by this machine's clock. */
interface Deadlines {
	readonly readingMs: number;
	readonly membersMs: number;
}

/** One poll: the new events as items, or `null` where there are none. */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = getTriggerParameters(this);
	return await inApi(settings.source.api, async () => await pollSource(this, settings));
}

async function pollSource(
	context: IPollFunctions,
	settings: TriggerParameters,
): Promise<INodeExecutionData[][] | null> {
	const { source, output, options } = settings;
	const deadlines = deadlinesOf(context, output);
	const way = { ...settings, deadlineMs: deadlines.readingMs };
	const log = await openEventLog(context, source, way, options);
	if (context.getMode() === 'manual') {
		const sample = await fetchTestEvents(context, log, settings);
		return [await toItems(context, sample, settings, deadlines)];
	}
	const place = { context, sourceName: settings.sourceName };
	return await withPollLock(
		nodeKeyOf(place),
		async () => await pollNew(place, log, settings, deadlines),
	);
}

function deadlinesOf(context: IPollFunctions, { isEnriched }: OutputParameters): Deadlines {
	const budgetMs = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const share = isEnriched ? SHARE_FOR_READING_IF_ENRICHED : SHARE_FOR_READING;
	const nowMs = Date.now();
	return {
		readingMs: nowMs + budgetMs * share,
		membersMs: nowMs + budgetMs * SHARE_UNTIL_MEMBERS_ARE_READ,
	};
}

async function pollNew(
	place: CursorPlace,
	log: EventLog,
	settings: TriggerParameters,
	deadlines: Deadlines,
): Promise<INodeExecutionData[][] | null> {
	if (isOutdated(place, Date.now())) return null;
	const { context } = place;
	const kept = loadCursor(place, settings);
	const found = await pollLog(log, kept, settings, {
		now: Date.now,
		deadlineMs: deadlines.readingMs,
		concurrency: settings.concurrency,
	});
	const items = await toItems(context, found.events, settings, deadlines);

	warnOf(context, found, settings.source.api);
	warnOfEmpty(context, items);
	if (!kept && items.length === 0) rememberStart(place, found.cursor);
	if (items.length > 0) rememberDelivery(place, Date.now());
	saveCursor(place, found.cursor);
	return items.length > 0 ? [items] : null;
}

/** The members are read once, and only where there is somebody to be looked up. */
async function toItems(
	context: IPollFunctions,
	events: readonly LogEvent[],
	settings: TriggerParameters,
	{ membersMs }: Deadlines,
): Promise<INodeExecutionData[]> {
	const isEnriched = settings.output.isEnriched && events.length > 0;
	const output: OutputSettings = isEnriched
		? {
				...settings.output,
				members: await fetchMemberDirectory(context, { ...settings, deadlineMs: membersMs }),
			}
		: settings.output;
	const pairedItem = { item: 0 };
	return events.map((event) => ({
		json: formatEvent(event, output) as IDataObject,
		pairedItem,
	}));
}

/** They are delivered all the same: a field may be missing in all events of a poll, and come later. */
function warnOfEmpty(context: IPollFunctions, items: readonly INodeExecutionData[]): void {
	if (items.length === 0 || items.some(({ json }) => Object.keys(json).length > 0)) return;
	context.logger.warn(
		`Celonis Trigger: all ${items.length} items of this poll are empty, because no event has one of the 'Fields' under Options. Fields are named as in the chosen 'Output'.`,
	);
}

function warnOf(
	context: IPollFunctions,
	{ lookbackTruncatedTo, stoppedBy }: FetchedEvents,
	api: ApiName,
): void {
	if (lookbackTruncatedTo !== undefined) {
		context.logger.warn(
			`Celonis Trigger: too many events to remember for the whole lookback. Events older than ${formatTimestamp(lookbackTruncatedTo)} that show up late will not be delivered.`,
		);
	}
	if (stoppedBy !== undefined) {
		context.logger.warn(
			`Celonis Trigger: what was read before a failure is delivered, the next poll goes on from there. ${toNodeError(context.getNode(), ofApi(api, stoppedBy)).message}`,
		);
	}
}
