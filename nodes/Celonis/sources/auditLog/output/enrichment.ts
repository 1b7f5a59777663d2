import { enrichActor, type Actor } from '../../../members/enrichActor';
import type { LogEvent } from '../../../records/eventId';
import { isGiven, getText, type LogRecord } from '../../../records/record';
import type { MemberDirectory } from '../../../members/directory';
import { getCategory } from '../catalogue';
import { parseUserId } from '../userId';

/**
 * The record as received, plus `eventId`, `category` and `actor`, unless Celonis sent such a field.
 * Where the members of the team are given, the actor has what they tell of it.
 */
export function formatAuditEvent(
	event: LogEvent,
	members?: MemberDirectory,
): Record<string, unknown> {
	const { raw } = event;
	// In two steps: a literal with a spread and further fields takes twice as long.
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isGiven(raw.eventId) ? raw.eventId : event.eventId;
	item.category = getEventCategory(event);
	item.actor = isGiven(raw.actor) ? raw.actor : enrichActor(getActor(event), members);
	return item;
}

/** The category that an item shows: Celonis' own where it should send one, else the catalogue's. */
export function getEventCategory(record: Pick<LogRecord, 'raw'>): unknown {
	const { category } = record.raw;
	return isGiven(category) ? category : getCategory(getText(record, 'event'));
}

/** Who did it, as far as `userId` tells. */
export function getActor({ raw }: LogRecord): Actor {
	return parseUserId(raw.userId);
}
