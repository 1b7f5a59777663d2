import { parseActor } from './actor';
import { categoryOf } from './catalogue';
import type { AuditEvent } from './identity';
import { textOf } from './record';

/** The forms in which an event leaves the nodes. */
export type OutputFormat = 'event' | 'raw';

/** An event's JSON in the chosen form. Always a new object; what is inside it is shared. */
export function formatEvent(event: AuditEvent, format: OutputFormat): Record<string, unknown> {
	return format === 'raw' ? { ...event.raw } : enrich(event);
}

/** The record as received, plus `eventId`, `category` and `actor`, unless Celonis sent such a field. */
function enrich(event: AuditEvent): Record<string, unknown> {
	return {
		...event.raw,
		eventId: isGiven(event.raw.eventId) ? event.raw.eventId : event.eventId,
		category: isGiven(event.raw.category) ? event.raw.category : categoryOf(textOf(event, 'event')),
		actor: isGiven(event.raw.actor) ? event.raw.actor : parseActor(event.raw.userId),
	};
}

function isGiven(value: unknown): boolean {
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}
