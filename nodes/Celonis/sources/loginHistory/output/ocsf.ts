import type { EventFormatter } from '../../../output/items';
import { buildObservables } from '../../../output/observables';
import {
	buildOcsfBase,
	buildOcsfMember,
	buildOcsfTeamEndpoint,
	buildOcsfUser,
	IDENTITY_AND_ACCESS,
	OTHER,
	type OcsfClassDefinition,
} from '../../../output/ocsf';
import { buildRecordFields } from '../../../output/recordFields';
import { omitEmpty } from '../../../records/omitEmpty';
import { stringifyJson } from '../../../records/stringifyJson';
import { parseLogin, type Login } from '../login';
import { RECORD_TYPES } from './recordTypes';
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
	const { typeName, type, actor, outcome, severity } = login;
	const member = members?.find(actor);
	const email = actor.email ?? undefined;
	const document = {
		...buildOcsfBase(event, {
			ocsfClass: AUTHENTICATION,
			activityId: type ? { logon: 1, logoff: 2 }[type.activity] : OTHER,
			outcome,
			statusCode: type?.failureReason === undefined ? undefined : typeName,
			reason: type?.failureReason,
			severity,
			summary: writeLoginLine(login, members),
			eventCode: typeName,
			feature: 'Login History',
			logName: 'Login History',
		}),
		user: {
			...buildOcsfUser({ id: member?.id, name: email, email }),
			...buildOcsfMember(member),
		},
		service: { name: 'Celonis' },
		dst_endpoint: buildOcsfTeamEndpoint(event.team),
		...buildProtocol(type),
		is_mfa: type?.isMfa,
	};
	return omitEmpty({
		...document,
		observables: buildObservables(document),
		raw_data: stringifyJson(event.raw),
		unmapped: buildUnmapped(event.raw, severity.reason),
	});
};

/** The fields that have no place in the class. */
function buildUnmapped(
	raw: Readonly<Record<string, unknown>>,
	severityReason: string,
): Record<string, unknown> {
	const mapped = ['authenticationEventType', 'email', 'success', 'timestamp'];
	const fields = Object.entries(raw).filter(([name]) => !mapped.includes(name));
	return {
		severityReason,
		...buildRecordFields(Object.fromEntries(fields), RECORD_TYPES, ['severityReason']),
	};
}

/** OCSF has an ID for OpenID. Celonis does not say whether a single sign-on uses SAML. */
function buildProtocol(type: Login['type']): Record<string, unknown> {
	if (type?.method === undefined) return {};
	return type.method === 'OpenID Connect'
		? { auth_protocol_id: 4, auth_protocol: 'OpenID' }
		: { auth_protocol_id: OTHER, auth_protocol: type.method };
}
