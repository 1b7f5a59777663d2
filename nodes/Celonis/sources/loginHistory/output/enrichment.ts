import { enrichActor } from '../../../members/enrichActor';
import type { EventFormatter } from '../../../output/items';
import { isBlank } from '../../../records/text';
import { parseLogin } from '../login';

/** The record as received, plus `eventId` and `actor`, unless Celonis sent such a field. */
export const formatLoginEvent: EventFormatter = (event, members) => {
	const { raw, eventId } = event;
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isBlank(raw.eventId) ? eventId : raw.eventId;
	item.actor = isBlank(raw.actor) ? enrichActor(parseLogin(event).actor, members) : raw.actor;
	return item;
};
