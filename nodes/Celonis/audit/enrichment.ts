import { parseActor, type Actor } from './actor';
import { categoryOf } from './catalogue';
import type { AuditEvent } from './identity';
import { textOf, type AuditRecord } from './record';

/** The record as received, plus `eventId`, `category` and `actor`, unless Celonis sent such a field. */
export function enrich(event: AuditEvent): Record<string, unknown> {
	return {
		...event.raw,
		eventId: isGiven(event.raw.eventId) ? event.raw.eventId : event.eventId,
		category: categoryIn(event),
		actor: isGiven(event.raw.actor) ? event.raw.actor : actorIn(event),
	};
}

/** The category that an item shows: Celonis' own where it should send one, else the catalogue's. */
export function categoryIn(record: Pick<AuditRecord, 'raw'>): unknown {
	const { category } = record.raw;
	return isGiven(category) ? category : categoryOf(textOf(record, 'event'));
}

/** Who did it, as far as `userId` tells. */
export function actorIn({ raw }: AuditRecord): Actor {
	return parseActor(raw.userId);
}

function isGiven(value: unknown): boolean {
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}
