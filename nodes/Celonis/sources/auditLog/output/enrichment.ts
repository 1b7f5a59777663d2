import { enrichActor } from '../../../members/enrichActor';
import type { MemberDirectory } from '../../../members/directory';
import type { Actor } from '../../../records/actor';
import type { LogEvent } from '../../../records/eventId';
import { getText, type LogRecord } from '../../../records/record';
import { isBlank } from '../../../records/text';
import { getCategory } from '../catalogue';
import { parseUserId } from '../userId';

/**
 * The record as received, plus `eventId`, `team`, `category` and `actor`, unless Celonis sent such a field.
 * With the members of the team, the actor is enriched.
 */
export function formatAuditEvent(
	event: LogEvent,
	members?: MemberDirectory,
): Record<string, unknown> {
	const { raw } = event;
	const item: Record<string, unknown> = raw;
	item.eventId = isBlank(raw.eventId) ? event.eventId : raw.eventId;
	item.team = isBlank(raw.team) ? event.team : raw.team;
	item.category = getEventCategory(event);
	item.actor = isBlank(raw.actor) ? enrichActor(getActor(event), members) : raw.actor;
	return item;
}

/** The category of an item: the record's own if Celonis sent one, else the catalogue's. */
export function getEventCategory(record: Pick<LogRecord, 'raw'>): unknown {
	const { category } = record.raw;
	return isBlank(category) ? getCategory(getText(record, 'event')) : category;
}

/** The actor that `userId` names. */
export function getActor({ raw }: LogRecord): Actor {
	return parseUserId(raw.userId);
}
