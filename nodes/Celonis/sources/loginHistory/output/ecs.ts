import { buildEcsBase, uniqueTexts } from '../../../output/ecs';
import type { EventFormatter } from '../../../output/items';
import { omitEmpty } from '../../../records/omitEmpty';
import { parseLogin, type Login } from '../login';
import { writeLoginLine } from './summaryLine';

/**
 * A login event in the Elastic Common Schema. The record as received is in `event.original` as text,
 * and in `celonis` as fields.
 */
export const formatEcs: EventFormatter = (event, members) => {
	const login = parseLogin(event);
	const { typeName, type, actor, outcome } = login;
	const member = members?.find(actor);
	return omitEmpty({
		...buildEcsBase(event, {
			summary: writeLoginLine(login, members),
			category: 'authentication',
			types: [selectType(type)],
			action: typeName || 'unknown',
			outcome,
			reason: type?.failureReason,
			dataset: 'celonis.login_history',
			product: 'Celonis Login History',
		}),
		user: omitEmpty({
			id: member?.id,
			name: actor.email,
			email: actor.email,
			full_name: member?.name,
			roles: uniqueTexts([member?.role]),
		}),
		related: omitEmpty({ user: uniqueTexts([member?.id, actor.email]) }),
		celonis: omitEmpty({ ...event.raw, actor: omitEmpty({ groups: member?.groups }) }),
	});
};

/** ECS' type of the event. A type that Celonis does not document may be anything. */
function selectType(type: Login['type']): string {
	if (!type) return 'info';
	return type.activity === 'logoff' ? 'end' : 'start';
}
