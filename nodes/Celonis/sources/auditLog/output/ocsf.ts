import { omitEmpty } from '../../../records/omitEmpty';
import {
	buildOcsfBase,
	buildOcsfMember,
	buildOcsfUser,
	OTHER,
	UNKNOWN,
} from '../../../output/ocsf';
import { buildObservables, getUserType, type Sighting } from '../../../output/observables';
import { buildRecordFields } from '../../../output/recordFields';
import type { LogEvent } from '../../../records/eventId';
import { stringifyJson } from '../../../records/stringifyJson';
import { toText, trimText } from '../../../records/text';
import type { MemberDirectory } from '../../../members/directory';
import { parseDetails, toUserEntity, type Details } from './details';
import { getEventCategory } from './enrichment';
import { toJsonObject } from './jsonText';
import type { OcsfClass } from './mapping';
import { buildClassAttributes } from './ocsfAttributes';
import { OCSF_CLASSES } from './ocsfClasses';
import { RECORD_TYPES } from './recordTypes';
import { writeSummaryLine } from './summaryLine';

/**
 * An audit event in the Open Cybersecurity Schema Framework. The record as received is in `raw_data`,
 * and the fields that the class does not have are in `unmapped`.
 */
export function formatOcsf(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { eventName, outcome, status, reason, severity } = details;
	const ocsfClass = selectClass(details);
	// Field by field: a literal with a spread and further fields takes several times as long.
	const document = buildOcsfBase(event, {
		ocsfClass: OCSF_CLASSES[ocsfClass],
		activityId: selectActivity(details),
		outcome,
		statusCode: status,
		reason,
		severity,
		summary: writeSummaryLine(details, members),
		eventCode: eventName,
		feature: toText(getEventCategory(event)),
		logName: 'Audit Log',
	});
	document.actor = buildActor(details, members);
	document.src_endpoint = buildSourceEndpoint(details);
	Object.assign(document, buildClassAttributes(ocsfClass, details, event.team));
	document.observables = buildObservables(document, findUnmappedSightings(details));
	document.raw_data = stringifyJson(event.raw);
	document.unmapped = buildUnmapped(event, details, ocsfClass);
	return omitEmpty(document);
}

/** Activities of the class User Access Management. */
const ASSIGN_PRIVILEGES = 1;
const REVOKE_PRIVILEGES = 2;

/** Activities of the class Entity Management. */
const ENABLE = 8;
const DISABLE = 9;

/** A change to the permissions of a group is group management. */
function selectClass({ classification, subject }: Details): OcsfClass {
	const { ocsfClass } = classification;
	return ocsfClass === 'userAccess' && subject?.type === 'group' ? 'groupManagement' : ocsfClass;
}

/** If permissions were both granted and revoked, the grant counts: it is what security teams watch. */
function selectActivity(details: Details): number {
	const { classification, privileges, switched } = details;
	const { ocsfClass, activities, action } = classification;
	if (ocsfClass === 'userAccess') {
		if (privileges.gained.length > 0) return ASSIGN_PRIVILEGES;
		if (privileges.lost.length > 0) return REVOKE_PRIVILEGES;
		return activities.userAccess ?? OTHER;
	}
	if (ocsfClass === 'entityManagement' && action === 'Update' && switched) {
		return switched === 'on' ? ENABLE : DISABLE;
	}
	return activities[ocsfClass] ?? OTHER;
}

function buildActor(
	details: Details,
	members?: MemberDirectory,
): Record<string, unknown> | undefined {
	const { actor, role, classification } = details;
	const isRequired = classification.ocsfClass === 'apiActivity';
	if (actor.id === null && !isRequired) return undefined;
	const member = buildOcsfMember(members?.find(actor));
	return {
		user: { ...buildOcsfUser(toUserEntity(actor)), ...buildUserType(actor.type, role), ...member },
	};
}

function buildUserType(type: Details['actor']['type'], role: string | undefined) {
	if (type === 'system') return { type_id: 3, type: 'System' };
	if (role?.toUpperCase() === 'ADMIN') return { type_id: 2, type: 'Admin' };
	return type === 'user' ? { type_id: 1, type: 'User' } : { type_id: 0, type: UNKNOWN };
}

function buildSourceEndpoint({
	sourceAddress,
	sourceName,
	classification,
}: Details): Record<string, unknown> | undefined {
	if (sourceAddress !== undefined) return { ip: sourceAddress };
	if (sourceName !== undefined) return { name: sourceName };
	return classification.ocsfClass === 'apiActivity' ? { name: UNKNOWN } : undefined;
}

/** The users and objects that `message` names, wherever the class has no place for them. */
function findUnmappedSightings({ namedUsers, objects }: Details): Sighting[] {
	const users = namedUsers.flatMap(({ key, user }): Sighting[] => {
		const at = { name: `unmapped.message.${key}` };
		return [
			...(user.name === undefined
				? []
				: [{ ...at, type: getUserType(user.name), value: user.name }]),
			...(user.id === undefined ? [] : [{ ...at, type: 'userId' as const, value: user.id }]),
		];
	});
	const resources = objects.flatMap(({ id, idKey }): Sighting[] =>
		id === undefined || idKey === undefined
			? []
			: [{ name: `unmapped.message.${idKey}`, type: 'resourceId', value: id }],
	);
	return [...users, ...resources];
}

/** Names in `unmapped` that are not those of a record's fields. */
const OWN_NAMES = ['privileges', 'severityReason'];

/** Fields that the document has elsewhere, unchanged, are left out. */
function buildUnmapped(
	{ raw }: LogEvent,
	details: Details,
	ocsfClass: OcsfClass,
): Record<string, unknown> {
	const { sourceAddress, sourceName, serverPort, privileges, severity } = details;
	const isAddressMapped = trimText(raw.ipAddress) === (sourceAddress ?? sourceName);
	const isPortMapped = ocsfClass === 'apiActivity' && serverPort !== undefined;
	const isChangeMapped = ocsfClass === 'entityManagement' && hasOnlyValues(raw.diffPayload);
	const fields: Record<string, unknown> = { ...raw };
	fields.event = undefined;
	fields.timestamp = undefined;
	if (isAddressMapped) fields.ipAddress = undefined;
	if (isPortMapped) fields.port = undefined;
	if (isChangeMapped) fields.diffPayload = undefined;
	const own = { privileges: omitEmpty({ ...privileges }), severityReason: severity.reason };
	const record = buildRecordFields(fields, RECORD_TYPES, OWN_NAMES);
	return omitEmpty({ ...own, ...record });
}

/** Whether a difference has nothing but the values that `entity` and `entity_result` have. */
function hasOnlyValues(diffPayload: unknown): boolean {
	const keys = Object.keys(toJsonObject(diffPayload) ?? { other: true });
	return keys.every((key) => key === 'oldValue' || key === 'newValue');
}
