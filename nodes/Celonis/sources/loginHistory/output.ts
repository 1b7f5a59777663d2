import { enrichActor } from '../../members/enrichActor';
import { buildEcsBase, uniqueTexts } from '../../output/ecs';
import { omitEmpty } from '../../records/omitEmpty';
import {
	IDENTITY_AND_ACCESS,
	buildOcsfBase,
	buildOcsfMember,
	buildOcsfUser,
	OTHER,
	type OcsfClassDefinition,
} from '../../output/ocsf';
import { formatRaw, type EventFormatter, type EventFormatters } from '../../output/items';
import { isGiven, stringifyRecord } from '../../records/record';
import { parseLogin, type Login } from './login';

/** OCSF's class for signing in and out. */
const AUTHENTICATION: OcsfClassDefinition = {
	uid: 3002,
	name: 'Authentication',
	...IDENTITY_AND_ACCESS,
	activities: { 1: 'Logon', 2: 'Logoff' },
};

/** The record as received, plus `eventId` and `actor`, unless Celonis sent such a field. */
const toEvent: EventFormatter = (event, members) => {
	const { raw, eventId } = event;
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isGiven(raw.eventId) ? raw.eventId : eventId;
	item.actor = isGiven(raw.actor) ? raw.actor : enrichActor(parseLogin(event).actor, members);
	return item;
};

/** A login event by the Elastic Common Schema: as text in `event.original`, as fields in `celonis`. */
const toEcs: EventFormatter = (event, members) => {
	const { typeName, type, actor, outcome, summary } = parseLogin(event);
	const member = members?.find(actor);
	return omitEmpty({
		...buildEcsBase(event, {
			summary,
			category: 'authentication',
			types: [selectType(type)],
			action: typeName || 'unknown',
			outcome,
			reason: type?.refusal,
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

/** A session begins or ends; of a type that is not documented nothing is known. */
function selectType(type: Login['type']): string {
	if (!type) return 'info';
	return type.activity === 'logoff' ? 'end' : 'start';
}

/** A login event by the Open Cybersecurity Schema Framework. */
const toOcsf: EventFormatter = (event, members) => {
	const { typeName, type, actor, outcome, summary } = parseLogin(event);
	const member = members?.find(actor);
	const email = actor.email ?? undefined;
	return omitEmpty({
		...buildOcsfBase(event, {
			ocsfClass: AUTHENTICATION,
			activityId: type ? { logon: 1, logoff: 2 }[type.activity] : OTHER,
			activityName: typeName || 'Unnamed event',
			outcome,
			reason: type?.refusal,
			summary,
			eventCode: typeName,
			logName: 'Login History',
		}),
		user: {
			...buildOcsfUser({ id: member?.id, name: email, email }),
			...buildOcsfMember(member),
		},
		service: { name: 'Celonis' },
		...selectProtocol(type),
		is_mfa: type?.isMfa,
		raw_data: stringifyRecord(event.raw),
		unmapped: omitEmpty({
			...event.raw,
			authenticationEventType: undefined,
			email: undefined,
			success: undefined,
			timestamp: undefined,
		}),
	});
};

/** OCSF has an id for OpenID; of single sign-on Celonis does not say whether it is SAML. */
function selectProtocol(type: Login['type']): Record<string, unknown> {
	if (type?.way === undefined) return {};
	return type.way === 'OpenID Connect'
		? { auth_protocol_id: 4, auth_protocol: 'OpenID' }
		: { auth_protocol_id: OTHER, auth_protocol: type.way };
}

/** What the nodes make of a login event. */
export const LOGIN_HISTORY_FORMATS: EventFormatters = {
	event: toEvent,
	raw: formatRaw,
	ecs: toEcs,
	ocsf: toOcsf,
};
