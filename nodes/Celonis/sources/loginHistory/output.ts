import { shownActor } from '../../members/enrichActor';
import { ecsFrame, unique } from '../../output/ecs';
import { given } from '../../records/omitEmpty';
import {
	IDENTITY_AND_ACCESS,
	ocsfFrame,
	ocsfMember,
	ocsfUser,
	OTHER,
	type OcsfClassDefinition,
} from '../../output/ocsf';
import { asSent, type Format, type Formats } from '../../output/items';
import { isGiven, jsonTextOf } from '../../records/record';
import { loginOf, type Login } from './login';

/** OCSF's class for signing in and out. */
const AUTHENTICATION: OcsfClassDefinition = {
	uid: 3002,
	name: 'Authentication',
	...IDENTITY_AND_ACCESS,
	activities: { 1: 'Logon', 2: 'Logoff' },
};

/** The record as received, plus `eventId` and `actor`, unless Celonis sent such a field. */
const toEvent: Format = (event, members) => {
	const { raw, eventId } = event;
	const item: Record<string, unknown> = { ...raw };
	item.eventId = isGiven(raw.eventId) ? raw.eventId : eventId;
	item.actor = isGiven(raw.actor) ? raw.actor : shownActor(loginOf(event).actor, members);
	return item;
};

/** A login event by the Elastic Common Schema: as text in `event.original`, as fields in `celonis`. */
const toEcs: Format = (event, members) => {
	const { typeName, type, actor, outcome, summary } = loginOf(event);
	const member = members?.find(actor);
	return given({
		...ecsFrame(event, {
			summary,
			category: 'authentication',
			types: [typeOf(type)],
			action: typeName || 'unknown',
			outcome,
			reason: type?.refusal,
			dataset: 'celonis.login_history',
			product: 'Celonis Login History',
		}),
		user: given({
			id: member?.id,
			name: actor.email,
			email: actor.email,
			full_name: member?.name,
			roles: unique([member?.role]),
		}),
		related: given({ user: unique([member?.id, actor.email]) }),
		celonis: given({ ...event.raw, actor: given({ groups: member?.groups }) }),
	});
};

/** A session begins or ends; of a type that is not documented nothing is known. */
function typeOf(type: Login['type']): string {
	if (!type) return 'info';
	return type.activity === 'logoff' ? 'end' : 'start';
}

/** A login event by the Open Cybersecurity Schema Framework. */
const toOcsf: Format = (event, members) => {
	const { typeName, type, actor, outcome, summary } = loginOf(event);
	const member = members?.find(actor);
	const email = actor.email ?? undefined;
	return given({
		...ocsfFrame(event, {
			ofClass: AUTHENTICATION,
			activityId: type ? { logon: 1, logoff: 2 }[type.activity] : OTHER,
			activityName: typeName || 'Unnamed event',
			outcome,
			reason: type?.refusal,
			summary,
			eventCode: typeName,
			logName: 'Login History',
		}),
		user: {
			...ocsfUser({ id: member?.id, name: email, email }),
			...ocsfMember(member),
		},
		service: { name: 'Celonis' },
		...protocolOf(type),
		is_mfa: type?.isMfa,
		raw_data: jsonTextOf(event.raw),
		unmapped: given({
			...event.raw,
			authenticationEventType: undefined,
			email: undefined,
			success: undefined,
			timestamp: undefined,
		}),
	});
};

/** OCSF has an id for OpenID; of single sign-on Celonis does not say whether it is SAML. */
function protocolOf(type: Login['type']): Record<string, unknown> {
	if (type?.way === undefined) return {};
	return type.way === 'OpenID Connect'
		? { auth_protocol_id: 4, auth_protocol: 'OpenID' }
		: { auth_protocol_id: OTHER, auth_protocol: type.way };
}

/** What the nodes make of a login event. */
export const LOGIN_HISTORY_FORMATS: Formats = {
	event: toEvent,
	raw: asSent,
	ecs: toEcs,
	ocsf: toOcsf,
};
