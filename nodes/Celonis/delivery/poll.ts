import { startCursorAt, type Cursor } from './cursor';
import type { DeliveryRules } from './delivery';
import { recordLastBatch } from './rewind';
import { fetchNewEvents, type FetchedEvents, type FetchLimits } from './fetchNewEvents';
import { fetchServerTime } from '../reading/serverTime';
import type { EventLog } from '../reading/eventLog';

/** What to deliver, and how. */
export interface PollRules extends DeliveryRules {
	/** Epoch milliseconds from when on to deliver; `undefined`: from the server's now on. */
	readonly startMs?: number;
	/** Whether the cursor is to remember what it takes to repeat the last delivery. */
	readonly repeatLastBatch: boolean;
}

/** One poll, apart from n8n: from the cursor that is kept to the events and the cursor to keep. */
export async function poll(
	log: EventLog,
	kept: Cursor | undefined,
	rules: PollRules,
	limits: FetchLimits,
): Promise<FetchedEvents> {
	const before = kept ?? (rules.startMs === undefined ? undefined : startCursorAt(rules.startMs));
	if (!before) return { cursor: startCursorAt(await fetchServerTime(log.pages)), events: [] };
	const found = await fetchNewEvents(log, before, rules, limits);
	const cursor = rules.repeatLastBatch
		? recordLastBatch(before, found.cursor, found.events)
		: { ...found.cursor, lastBatch: undefined };
	return { ...found, cursor };
}
