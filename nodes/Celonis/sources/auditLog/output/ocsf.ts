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
import type { Person } from '../../../output/person';
import { stringifyRecord } from '../../../records/record';
import type { MemberDirectory } from '../../../members/directory';
import { parseDetails, toPerson, type Details, type Subject } from './details';
import type { OcsfClass } from './mapping';
import { OCSF_CLASSES } from './ocsfClasses';

/**
 * An event by the Open Cybersecurity Schema Framework. The record as Celonis sent it stands in
 * `raw_data`, and what has no place in the class under `unmapped`.
 */
export function toOcsf(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { eventName, classification, outcome, reason, summary } = details;
	return omitEmpty({
		...buildOcsfBase(event, {
			ocsfClass: OCSF_CLASSES[selectClass(details)],
			activityId: selectActivity(details),
			activityName: classification.action,
			outcome,
			reason,
			summary,
			eventCode: eventName,
			logName: 'Audit Log',
		}),
		actor: buildActor(details, members),
		src_endpoint: buildSourceEndpoint(details),
		...buildClassAttributes(details),
		raw_data: stringifyRecord(event.raw),
		unmapped: buildUnmapped(event),
	});
}

/** Permissions of a group are a matter of the group. */
function selectClass({ classification, subject }: Details): OcsfClass {
	const { ocsfClass } = classification.sort;
	return ocsfClass === 'userAccess' && subject?.kind === 'group' ? 'groupManagement' : ocsfClass;
}

/** Of permissions that were given and taken in one, the given ones count: they are what is watched. */
function selectActivity(details: Details): number {
	const { classification, privileges } = details;
	if (classification.sort.ocsfClass === 'userAccess') {
		if (privileges.gained.length > 0) return 1;
		if (privileges.lost.length > 0) return 2;
		return classification.activities.userAccess ?? OTHER;
	}
	return classification.activities[selectClass(details)] ?? OTHER;
}

function buildActor(
	details: Details,
	members?: MemberDirectory,
): Record<string, unknown> | undefined {
	const { actor, role, classification } = details;
	const isRequired = classification.sort.ocsfClass === 'apiActivity';
	if (actor.id === null && !isRequired) return undefined;
	const known = buildOcsfMember(members?.find(actor));
	return { user: { ...buildOcsfUser(toPerson(actor)), ...userType(actor.type, role), ...known } };
}

function userType(type: Details['actor']['type'], role: string | undefined) {
	if (type === 'system') return { type_id: 3, type: 'System' };
	if (role?.toUpperCase() === 'ADMIN') return { type_id: 2, type: 'Admin' };
	return type === 'user' ? { type_id: 1, type: 'User' } : { type_id: 0, type: UNKNOWN };
}

function buildSourceEndpoint({
	address,
	place,
	classification,
}: Details): Record<string, unknown> | undefined {
	if (address !== undefined) return { ip: address };
	if (place !== undefined) return { name: place };
	return classification.sort.ocsfClass === 'apiActivity' ? { name: UNKNOWN } : undefined;
}

/** What the class has beyond what all have. */
function buildClassAttributes(details: Details): Record<string, unknown> {
	const { eventName, classification, subject, member, object, privileges } = details;
	const changed = privileges.gained.length > 0 ? privileges.gained : privileges.lost;
	const touched = omitEmpty({ name: object.name, uid: object.id });
	const isTouched = Object.keys(touched).length > 0;

	switch (selectClass(details)) {
		case 'accountChange':
			return { user: buildOcsfUser(getPerson(subject)) };
		case 'userAccess':
			return {
				user: { ...buildOcsfUser(getPerson(subject)), ...subjectType(subject) },
				privileges: changed.length > 0 ? changed : [UNKNOWN],
				resources: isTouched ? [touched] : [],
			};
		case 'groupManagement':
			return {
				group: buildOcsfEntity(subject?.kind === 'group' ? subject.group : {}),
				user: member && buildOcsfUser(member),
				privileges: changed,
				resource: classification.sort.ocsfClass === 'userAccess' ? touched : undefined,
			};
		case 'entityManagement':
			return {
				entity: { ...buildOcsfEntity(object), type: classification.object, type_id: OTHER },
			};
		case 'apiActivity':
			return {
				api: { operation: eventName || UNKNOWN, service: { name: 'Celonis' } },
				resources: isTouched ? [{ ...touched, type: classification.object }] : [],
			};
	}
}

function getPerson(subject: Subject | undefined): Person {
	return subject && subject.kind !== 'group' ? subject.person : {};
}

function subjectType(subject: Subject | undefined): Record<string, unknown> {
	return subject?.kind === 'application' ? { type_id: 4, type: 'Service' } : {};
}

/** What is told elsewhere, word by word, is not repeated. */
function buildUnmapped({ raw }: LogEvent): Record<string, unknown> {
	const ipAddress = typeof raw.ipAddress === 'string' ? undefined : raw.ipAddress;
	return omitEmpty({ ...raw, event: undefined, timestamp: undefined, ipAddress });
}
