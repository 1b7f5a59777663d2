import type { EventFormatter } from '../../../output/items';
import {
	buildOcsfBase,
	buildOcsfMember,
	buildOcsfUser,
	IDENTITY_AND_ACCESS,
	OTHER,
	type OcsfClassDefinition,
} from '../../../output/ocsf';
import { omitEmpty } from '../../../records/omitEmpty';
import { stringifyJson } from '../../../records/canonicalJson';
import { parseLogin, type Login } from '../login';
import { writeLoginLine } from './summaryLine';

/** OCSF's class of sign-ins and sign-outs. */
const AUTHENTICATION: OcsfClassDefinition = {
	uid: 3002,
	name: 'Authentication',
	...IDENTITY_AND_ACCESS,
	activities: { 1: 'Logon', 2: 'Logoff' },
};

/** A login event in the Open Cybersecurity Schema Framework. */
export const formatOcsf: EventFormatter = (event, members) => {
	const login = parseLogin(event);
	const { typeName, type, actor, outcome } = login;
	const member = members?.find(actor);
	const email = actor.email ?? undefined;
	return omitEmpty({
		...buildOcsfBase(event, {
			ocsfClass: AUTHENTICATION,
			activityId: type ? { logon: 1, logoff: 2 }[type.activity] : OTHER,
			activityName: typeName || 'Unnamed event',
			outcome,
			reason: type?.failureReason,
			summary: writeLoginLine(login, members),
			eventCode: typeName,
			logName: 'Login History',
		}),
		user: {
			...buildOcsfUser({ id: member?.id, name: email, email }),
			...buildOcsfMember(member),
		},
		service: { name: 'Celonis' },
		...buildProtocol(type),
		is_mfa: type?.isMfa,
		raw_data: stringifyJson(event.raw),
		unmapped: omitEmpty({
			...event.raw,
			authenticationEventType: undefined,
			email: undefined,
			success: undefined,
			timestamp: undefined,
		}),
	});
};

/** OCSF has an ID for OpenID. Celonis does not say whether a single sign-on uses SAML. */
function buildProtocol(type: Login['type']): Record<string, unknown> {
	if (type?.method === undefined) return {};
	return type.method === 'OpenID Connect'
		? { auth_protocol_id: 4, auth_protocol: 'OpenID' }
		: { auth_protocol_id: OTHER, auth_protocol: type.method };
}
