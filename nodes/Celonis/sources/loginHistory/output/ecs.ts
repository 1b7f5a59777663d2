import { buildEcsBase, buildEcsRelated, buildEcsUser, uniqueTexts } from '../../../output/ecs';
import type { EventFormatter } from '../../../output/items';
import { buildRecordFields } from '../../../output/recordFields';
import { omitEmpty } from '../../../records/omitEmpty';
import { parseLogin, type Login } from '../login';
import { RECORD_TYPES } from './recordTypes';
import { writeLoginLine } from './summaryLine';

/** Names in `celonis` that are not those of a record's fields. */
const OWN_NAMES = ['actor', 'severity'];

/**
 * A login event in the Elastic Common Schema. The record as received is in `event.original` as text,
 * and in `celonis` as fields.
 */
export const formatEcs: EventFormatter = (event, members) => {
	const login = parseLogin(event);
	const { typeName, type, actor, outcome, severity } = login;
	const member = members?.find(actor);
	const email = actor.email ?? undefined;
	const user = { id: member?.id, name: email, email, fullName: member?.name };
	return omitEmpty({
		...buildEcsBase(event, {
			summary: writeLoginLine(login, members),
			categories: selectCategories(login),
			types: [selectType(type)],
			action: typeName || 'unknown',
			outcome,
			reason: type?.failureReason,
			severity,
			dataset: 'celonis.login',
			product: 'Celonis Login History',
		}),
		user: omitEmpty({ ...buildEcsUser(user), roles: uniqueTexts([member?.role]) }),
		related: buildEcsRelated({ team: event.team, users: [user] }),
		celonis: omitEmpty({
			severity: { ...severity },
			actor: omitEmpty({ groups: member?.groups }),
			...buildRecordFields(event.raw, RECORD_TYPES, OWN_NAMES),
		}),
	});
};

/** A login that succeeds starts a session, and a logout ends one. */
function selectCategories({ type, outcome }: Login): string[] {
	return type && outcome === 'success' ? ['authentication', 'session'] : ['authentication'];
}

/** ECS' type of the event. A type that Celonis does not document may be anything. */
function selectType(type: Login['type']): string {
	if (!type) return 'info';
	return type.activity === 'logoff' ? 'end' : 'start';
}
