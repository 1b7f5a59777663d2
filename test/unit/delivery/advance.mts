import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import {
	startDelivery,
	type DeliveryResult,
	type DeliveryRules,
} from '../../../nodes/Celonis/delivery/delivery';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { parseCursor, serializeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';

const TEAM = 'team.example';

/** Advances the cursor over all events that the log shows at this time. */
export function advance(
	cursor: Cursor,
	{ nowMs, events }: { nowMs: number; events: readonly LogEvent[] },
	rules: DeliveryRules,
): DeliveryResult {
	const delivery = startDelivery(cursor, nowMs, rules);
	delivery.observe({ fromMs: cursor.lowWatermark.ms, toMs: nowMs, events });
	return delivery.result();
}

/** Serializes and parses a cursor, as n8n does between polls. */
export function roundTripCursor(cursor: Cursor): Cursor {
	const parsed = parseCursor(JSON.parse(JSON.stringify(serializeCursor(cursor, TEAM))), TEAM);
	if (parsed.kind !== 'cursor') throw new Error(parsed.kind);
	return parsed.cursor;
}
