import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { AuditEvent } from '../audit/identity';
import { formatEvent, type Output } from '../audit/output';
import { formatTimestamp } from '../audit/timestamp';
import type { NewEvents } from '../reading/readNew';
import { openAuditLog } from '../transport/auditLog';
import { toNodeError } from '../faults/nodeError';
import type { ReadPages } from '../transport/pages';
import {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	rememberDelivery,
	rememberStart,
	saveCursor,
} from './cursorStore';
import { onePollAtATime } from './onePollAtATime';
import { pollLog } from './pollLog';
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
	const deadlineMs = Date.now() + budgetMs * SHARE_FOR_READING;
	const pages = await openAuditLog(this, { ...settings, deadlineMs });
	if (this.getMode() === 'manual') {
		return [toItems(await fetchSample(this, pages, settings), settings.output)];
	}
	return await onePollAtATime(
		nodeKeyOf(this),
		async () => await pollNew(this, pages, settings, deadlineMs),
	);
}

async function pollNew(
	context: IPollFunctions,
	pages: ReadPages,
	settings: TriggerSettings,
	deadlineMs: number,
): Promise<INodeExecutionData[][] | null> {
	if (isOutdated(context, Date.now())) return null;
	const kept = loadCursor(context, settings);
	const found = await pollLog(pages, kept, settings, {
		now: Date.now,
		deadlineMs,
		concurrency: settings.concurrency,
	});
	const items = toItems(found.events, settings.output);

	warnOf(context, found);
	warnOfEmpty(context, items);
	if (!kept && items.length === 0) rememberStart(context, found.cursor);
	if (items.length > 0) rememberDelivery(context, Date.now());
	saveCursor(context, found.cursor);
	return items.length > 0 ? [items] : null;
}

function toItems(events: readonly AuditEvent[], output: Output): INodeExecutionData[] {
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

function warnOf(context: IPollFunctions, { shortenedTo, stoppedBy }: NewEvents): void {
	if (shortenedTo !== undefined) {
		context.logger.warn(
			`Celonis Trigger: too many events to remember for the whole lookback. Events older than ${formatTimestamp(shortenedTo)} that show up late will not be delivered.`,
		);
	}
	if (stoppedBy !== undefined) {
		context.logger.warn(
			`Celonis Trigger: what was read before a failure is delivered, the next poll goes on from there. ${toNodeError(context.getNode(), stoppedBy).message}`,
		);
	}
}
