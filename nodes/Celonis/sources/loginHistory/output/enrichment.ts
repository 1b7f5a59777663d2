import { enrichActor } from '../../../members/enrichActor';
import type { EventFormatter } from '../../../output/items';
import { isBlank } from '../../../records/text';
import { parseLogin } from '../login';

/** The record as received, plus `eventId`, `team` and `actor`, unless Celonis sent such a field. */
export const formatLoginEvent: EventFormatter = (event, members) => {
	const { raw, eventId, team } = event;
	const item: Record<string, unknown> = raw;
	item.eventId = isBlank(raw.eventId) ? eventId : raw.eventId;
	item.team = isBlank(raw.team) ? team : raw.team;
	item.actor = isBlank(raw.actor) ? enrichActor(parseLogin(event).actor, members) : raw.actor;
	return item;
};
