import { startAt, type Cursor } from './cursor';
import type { DeliveryRules } from './delivery';
import { rememberBatch } from './rewind';
import { readNew, type NewEvents, type ReadingLimits } from './fetchNewEvents';
import { readServerTime } from '../reading/serverTime';
import type { OpenLog } from '../reading/eventLog';

/** What to deliver, and how. */
export interface PollRules extends DeliveryRules {
	/** Epoch milliseconds from when on to deliver; `undefined`: from the server's now on. */
	readonly startMs?: number;
	/** Whether the cursor is to remember what it takes to repeat the last delivery. */
	readonly repeatLastBatch: boolean;
}

/** One poll, apart from n8n: from the cursor that is kept to the events and the cursor to keep. */
export async function pollLog(
	log: OpenLog,
	kept: Cursor | undefined,
	rules: PollRules,
	limits: ReadingLimits,
): Promise<NewEvents> {
	const before = kept ?? (rules.startMs === undefined ? undefined : startAt(rules.startMs));
	if (!before) return { cursor: startAt(await readServerTime(log.pages)), events: [] };
	const found = await readNew(log, before, rules, limits);
	const cursor = rules.repeatLastBatch
		? rememberBatch(before, found.cursor, found.events)
		: { ...found.cursor, lastBatch: undefined };
	return { ...found, cursor };
}
