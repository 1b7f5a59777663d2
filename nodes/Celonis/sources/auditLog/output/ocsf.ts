import { omitEmpty } from '../../../records/omitEmpty';
import {
	buildOcsfBase,
	buildOcsfMember,
	buildOcsfEntity,
	buildOcsfUser,
	OTHER,
	UNKNOWN,
} from '../../../output/ocsf';
import type { LogEvent } from '../../../records/eventId';
import type { UserEntity } from '../../../output/entities';
import { stringifyJson } from '../../../records/canonicalJson';
import { trimText } from '../../../records/text';
import type { MemberDirectory } from '../../../members/directory';
import { parseDetails, toUserEntity, type Details, type Subject } from './details';
import type { OcsfClass } from './mapping';
import { OCSF_CLASSES } from './ocsfClasses';
import { writeSummaryLine } from './summaryLine';

/**
 * An audit event in the Open Cybersecurity Schema Framework. The record as received is in `raw_data`,
 * and the fields that the class does not have are in `unmapped`.
 */
export function formatOcsf(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { eventName, classification, outcome, reason } = details;
	return omitEmpty({
		...buildOcsfBase(event, {
			ocsfClass: OCSF_CLASSES[selectClass(details)],
			activityId: selectActivity(details),
			activityName: classification.action,
			outcome,
			reason,
			summary: writeSummaryLine(details, members),
			eventCode: eventName,
			logName: 'Audit Log',
		}),
		actor: buildActor(details, members),
		src_endpoint: buildSourceEndpoint(details),
		...buildClassAttributes(details),
		raw_data: stringifyJson(event.raw),
		unmapped: buildUnmapped(event, details),
	});
}

/** Activities of the class User Access Management. */
const ASSIGN_PRIVILEGES = 1;
const REVOKE_PRIVILEGES = 2;

/** A change to the permissions of a group is group management. */
function selectClass({ classification, subject }: Details): OcsfClass {
	const { ocsfClass } = classification;
	return ocsfClass === 'userAccess' && subject?.type === 'group' ? 'groupManagement' : ocsfClass;
}

/** If permissions were both granted and revoked, the grant counts: it is what security teams watch. */
function selectActivity(details: Details): number {
	const { classification, privileges } = details;
	if (classification.ocsfClass === 'userAccess') {
		if (privileges.gained.length > 0) return ASSIGN_PRIVILEGES;
		if (privileges.lost.length > 0) return REVOKE_PRIVILEGES;
		return classification.activities.userAccess ?? OTHER;
	}
	return classification.activities[selectClass(details)] ?? OTHER;
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

/** The attributes of the class, besides those that all classes have. */
function buildClassAttributes(details: Details): Record<string, unknown> {
	const { eventName, classification, subject, member, object, privileges } = details;
	const changedPrivileges = privileges.gained.length > 0 ? privileges.gained : privileges.lost;
	const affectedObject = omitEmpty({ name: object.name, uid: object.id });
	const hasObject = Object.keys(affectedObject).length > 0;

	switch (selectClass(details)) {
		case 'accountChange':
			return { user: buildOcsfUser(getUser(subject)) };
		case 'userAccess':
			return {
				user: { ...buildOcsfUser(getUser(subject)), ...buildSubjectType(subject) },
				privileges: changedPrivileges.length > 0 ? changedPrivileges : [UNKNOWN],
				resources: hasObject ? [affectedObject] : [],
			};
		case 'groupManagement':
			return {
				group: buildOcsfEntity(subject?.type === 'group' ? subject.group : {}),
				user: member && buildOcsfUser(member),
				privileges: changedPrivileges,
				resource: classification.ocsfClass === 'userAccess' ? affectedObject : undefined,
			};
		case 'entityManagement':
			return {
				entity: { ...buildOcsfEntity(object), type: classification.object, type_id: OTHER },
			};
		case 'apiActivity':
			return {
				api: { operation: eventName || UNKNOWN, service: { name: 'Celonis' } },
				resources: hasObject ? [{ ...affectedObject, type: classification.object }] : [],
			};
	}
}

function getUser(subject: Subject | undefined): UserEntity {
	return subject && subject.type !== 'group' ? subject.user : {};
}

function buildSubjectType(subject: Subject | undefined): Record<string, unknown> {
	return subject?.type === 'application' ? { type_id: 4, type: 'Service' } : {};
}

/** Fields that the document has elsewhere, unchanged, are left out. */
function buildUnmapped(
	{ raw }: LogEvent,
	{ sourceAddress, sourceName }: Details,
): Record<string, unknown> {
	const isMapped = trimText(raw.ipAddress) === (sourceAddress ?? sourceName);
	const ipAddress = isMapped ? undefined : raw.ipAddress;
	return omitEmpty({ ...raw, event: undefined, timestamp: undefined, ipAddress });
}
