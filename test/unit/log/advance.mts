import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import {
	beginDelivery,
	type Delivered,
	type DeliveryRules,
} from '../../../nodes/Celonis/delivery/delivery';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { findCursor, storeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';

/** A step of the cursor over all that the log shows at a moment. */
export function advance(
	cursor: Cursor,
	{ nowMs, events }: { nowMs: number; events: readonly LogEvent[] },
	rules: DeliveryRules,
): Delivered {
	const delivery = beginDelivery(cursor, nowMs, rules);
	delivery.take({ fromMs: cursor.floor.ms, toMs: nowMs, events });
	return delivery.result();
}

/** What n8n does with a cursor between polls. */
export function throughJson(cursor: Cursor): Cursor {
	const found = findCursor(JSON.parse(JSON.stringify(storeCursor(cursor))));
	if (found.kind !== 'cursor') throw new Error(found.kind);
	return found.cursor;
}
