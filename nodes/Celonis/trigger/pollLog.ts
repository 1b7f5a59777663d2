import { startAt, type Cursor } from '../audit/cursor';
import type { DeliveryRules } from '../audit/delivery';
import { rememberBatch } from '../audit/lastBatch';
import { readNew, type NewEvents, type ReadingLimits } from '../reading/readNew';
import { readServerTime } from '../reading/serverTime';
import type { ReadPages } from '../transport/pages';

/** What to deliver, and how. */
export interface PollRules extends DeliveryRules {
	/** Epoch milliseconds from when on to deliver; `undefined`: from the server's now on. */
	readonly startMs?: number;
	/** Whether the cursor is to remember what it takes to repeat the last delivery. */
	readonly repeatLastBatch: boolean;
}

/** One poll, apart from n8n: from the cursor that is kept to the events and the cursor to keep. */
export async function pollLog(
	pages: ReadPages,
	kept: Cursor | undefined,
	rules: PollRules,
	limits: ReadingLimits,
): Promise<NewEvents> {
	const before = kept ?? (rules.startMs === undefined ? undefined : startAt(rules.startMs));
	if (!before) return { cursor: startAt(await readServerTime(pages)), events: [] };
	const found = await readNew(pages, before, rules, limits);
	const cursor = rules.repeatLastBatch
		? rememberBatch(before, found.cursor, found.events)
		: { ...found.cursor, lastBatch: undefined };
	return { ...found, cursor };
}
