import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { advance, startAt, type Cursor } from '../audit/cursor';
import type { AuditEvent } from '../audit/identity';
import { formatEvent, type OutputFormat } from '../audit/output';
import { formatTimestamp } from '../audit/timestamp';
import { readServerTime } from '../reading/serverTime';
import { readWindow } from '../reading/readWindow';
import { openAuditLog } from '../transport/auditLog';
import type { ReadPages } from '../transport/pages';
import { loadCursor, nodeKeyOf, saveCursor, saveStart } from './cursorStore';
import { onePollAtATime } from './onePollAtATime';
import { fetchSample } from './sample';
import { readSettings, type TriggerSettings } from './settings';

/** The budget of a poll where n8n does not tell it (before 2.41). */
const USUAL_BUDGET_MS = 30_000;

/** The rest of the budget is for turning events into items and handing them over. */
const SHARE_FOR_READING = 0.8;

/** One poll: the new events as items, or `null` where there are none. */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(this);
	const budgetMs = this.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const pages = await openAuditLog(this, {
		...settings,
		deadlineMs: Date.now() + budgetMs * SHARE_FOR_READING,
	});
	if (this.getMode() === 'manual') {
		return [toItems(await fetchSample(this, pages), settings.output)];
	}
	return await onePollAtATime(nodeKeyOf(this), async () => await pollNew(this, pages, settings));
}

async function pollNew(
	context: IPollFunctions,
	pages: ReadPages,
	settings: TriggerSettings,
): Promise<INodeExecutionData[][] | null> {
	const cursor = loadCursor(context) ?? startOf(settings);
	if (!cursor) {
		saveStart(context, startAt(await readServerTime(pages)));
		return null;
	}

	const reading = await readWindow(pages, { fromMs: cursor.floor });
	const delivery = advance(
		cursor,
		{ nowMs: reading.servedAtMs, events: reading.events },
		{ lookbackMs: settings.lookbackMs, maxEvents: settings.maxEvents, wants: () => true },
	);
	const items = toItems(delivery.events, settings.output);

	if (delivery.shortenedTo !== undefined) warnOfShortLookback(context, delivery.shortenedTo);
	saveCursor(context, delivery.cursor);
	return items.length > 0 ? [items] : null;
}

function startOf({ startMs }: TriggerSettings): Cursor | undefined {
	return startMs === undefined ? undefined : startAt(startMs);
}

function toItems(events: readonly AuditEvent[], output: OutputFormat): INodeExecutionData[] {
	return events.map((event) => ({
		json: formatEvent(event, output) as IDataObject,
		pairedItem: { item: 0 },
	}));
}

function warnOfShortLookback(context: IPollFunctions, shortenedToMs: number): void {
	context.logger.warn(
		`Celonis Trigger: too many events to remember for the whole lookback. Events older than ${formatTimestamp(shortenedToMs)} that show up late will not be delivered.`,
	);
}
