import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import {
	startDelivery,
	type DeliveryResult,
	type DeliveryRules,
} from '../../../nodes/Celonis/delivery/delivery';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { parseCursor, serializeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';

/** A step of the cursor over all that the log shows at a moment. */
export function advance(
	cursor: Cursor,
	{ nowMs, events }: { nowMs: number; events: readonly LogEvent[] },
	rules: DeliveryRules,
): DeliveryResult {
	const delivery = startDelivery(cursor, nowMs, rules);
	delivery.observe({ fromMs: cursor.lowWatermark.ms, toMs: nowMs, events });
	return delivery.result();
}

/** What n8n does with a cursor between polls. */
export function throughJson(cursor: Cursor): Cursor {
	const found = parseCursor(JSON.parse(JSON.stringify(serializeCursor(cursor))));
	if (found.kind !== 'cursor') throw new Error(found.kind);
	return found.cursor;
}
