import { given } from '../../../records/omitEmpty';
import {
	ocsfFrame,
	ocsfMember,
	ocsfNamed,
	ocsfUser,
	OTHER,
	UNKNOWN,
} from '../../../output/ocsf';
import type { LogEvent } from '../../../records/eventId';
import type { Person } from '../../../output/person';
import { jsonTextOf } from '../../../records/record';
import type { Members } from '../../../members/directory';
import { detailsOf, personOf, type Details, type Subject } from './details';
import type { OcsfClass } from './mapping';
import { OCSF_CLASSES } from './ocsfClasses';

/**
 * An event by the Open Cybersecurity Schema Framework. The record as Celonis sent it stands in
 * `raw_data`, and what has no place in the class under `unmapped`.
 */
export function toOcsf(event: LogEvent, members?: Members): Record<string, unknown> {
	const details = detailsOf(event);
	const { eventName, meaning, outcome, reason, summary } = details;
	return given({
		...ocsfFrame(event, {
			ofClass: OCSF_CLASSES[classOf(details)],
			activityId: activityOf(details),
			activityName: meaning.action,
			outcome,
			reason,
			summary,
			eventCode: eventName,
			logName: 'Audit Log',
		}),
		actor: actorOf(details, members),
		src_endpoint: sourceOf(details),
		...attributesOf(details),
		raw_data: jsonTextOf(event.raw),
		unmapped: unmappedIn(event),
	});
}

/** Permissions of a group are a matter of the group. */
function classOf({ meaning, subject }: Details): OcsfClass {
	const { ocsfClass } = meaning.sort;
	return ocsfClass === 'userAccess' && subject?.kind === 'group' ? 'groupManagement' : ocsfClass;
}

/** Of permissions that were given and taken in one, the given ones count: they are what is watched. */
function activityOf(details: Details): number {
	const { meaning, privileges } = details;
	if (meaning.sort.ocsfClass === 'userAccess') {
		if (privileges.gained.length > 0) return 1;
		if (privileges.lost.length > 0) return 2;
		return meaning.activities.userAccess ?? OTHER;
	}
	return meaning.activities[classOf(details)] ?? OTHER;
}

function actorOf(details: Details, members?: Members): Record<string, unknown> | undefined {
	const { actor, role, meaning } = details;
	const isRequired = meaning.sort.ocsfClass === 'apiActivity';
	if (actor.id === null && !isRequired) return undefined;
	const known = ocsfMember(members?.find(actor));
	return { user: { ...ocsfUser(personOf(actor)), ...userType(actor.type, role), ...known } };
}

function userType(type: Details['actor']['type'], role: string | undefined) {
	if (type === 'system') return { type_id: 3, type: 'System' };
	if (role?.toUpperCase() === 'ADMIN') return { type_id: 2, type: 'Admin' };
	return type === 'user' ? { type_id: 1, type: 'User' } : { type_id: 0, type: UNKNOWN };
}

function sourceOf({ address, place, meaning }: Details): Record<string, unknown> | undefined {
	if (address !== undefined) return { ip: address };
	if (place !== undefined) return { name: place };
	return meaning.sort.ocsfClass === 'apiActivity' ? { name: UNKNOWN } : undefined;
}

/** What the class has beyond what all have. */
function attributesOf(details: Details): Record<string, unknown> {
	const { eventName, meaning, subject, member, object, privileges } = details;
	const changed = privileges.gained.length > 0 ? privileges.gained : privileges.lost;
	const touched = given({ name: object.name, uid: object.id });
	const isTouched = Object.keys(touched).length > 0;

	switch (classOf(details)) {
		case 'accountChange':
			return { user: ocsfUser(personIn(subject)) };
		case 'userAccess':
			return {
				user: { ...ocsfUser(personIn(subject)), ...subjectType(subject) },
				privileges: changed.length > 0 ? changed : [UNKNOWN],
				resources: isTouched ? [touched] : [],
			};
		case 'groupManagement':
			return {
				group: ocsfNamed(subject?.kind === 'group' ? subject.group : {}),
				user: member && ocsfUser(member),
				privileges: changed,
				resource: meaning.sort.ocsfClass === 'userAccess' ? touched : undefined,
			};
		case 'entityManagement':
			return { entity: { ...ocsfNamed(object), type: meaning.object, type_id: OTHER } };
		case 'apiActivity':
			return {
				api: { operation: eventName || UNKNOWN, service: { name: 'Celonis' } },
				resources: isTouched ? [{ ...touched, type: meaning.object }] : [],
			};
	}
}

function personIn(subject: Subject | undefined): Person {
	return subject && subject.kind !== 'group' ? subject.person : {};
}

function subjectType(subject: Subject | undefined): Record<string, unknown> {
	return subject?.kind === 'application' ? { type_id: 4, type: 'Service' } : {};
}

/** What is told elsewhere, word by word, is not repeated. */
function unmappedIn({ raw }: LogEvent): Record<string, unknown> {
	const ipAddress = typeof raw.ipAddress === 'string' ? undefined : raw.ipAddress;
	return given({ ...raw, event: undefined, timestamp: undefined, ipAddress });
}
