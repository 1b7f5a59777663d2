import { parseActor, type Actor } from './actor';
import { categoryOf } from './catalogue';
import type { AuditEvent } from './identity';
import { textOf, type AuditRecord } from './record';

/** The record as received, plus `eventId`, `category` and `actor`, unless Celonis sent such a field. */
export function enrich(event: AuditEvent): Record<string, unknown> {
	const { raw } = event;
	// In two steps: a literal with a spread and further fields takes twice as long.
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isGiven(raw.eventId) ? raw.eventId : event.eventId;
	item.category = categoryIn(event);
	item.actor = isGiven(raw.actor) ? raw.actor : actorIn(event);
	return item;
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
