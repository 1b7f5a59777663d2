import { shownActor, type Actor } from '../../../members/enrichActor';
import type { LogEvent } from '../../../records/eventId';
import { isGiven, textOf, type LogRecord } from '../../../records/record';
import type { Members } from '../../../members/directory';
import { categoryOf } from '../catalogue';
import { parseActor } from '../userId';

/**
 * The record as received, plus `eventId`, `category` and `actor`, unless Celonis sent such a field.
 * Where the members of the team are given, the actor has what they tell of it.
 */
export function enrich(event: LogEvent, members?: Members): Record<string, unknown> {
	const { raw } = event;
	// In two steps: a literal with a spread and further fields takes twice as long.
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isGiven(raw.eventId) ? raw.eventId : event.eventId;
	item.category = categoryIn(event);
	item.actor = isGiven(raw.actor) ? raw.actor : shownActor(actorIn(event), members);
	return item;
}

/** The category that an item shows: Celonis' own where it should send one, else the catalogue's. */
export function categoryIn(record: Pick<LogRecord, 'raw'>): unknown {
	const { category } = record.raw;
	return isGiven(category) ? category : categoryOf(textOf(record, 'event'));
}

/** Who did it, as far as `userId` tells. */
export function actorIn({ raw }: LogRecord): Actor {
	return parseActor(raw.userId);
}
