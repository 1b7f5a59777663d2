import type { AuditEvent } from '../identity';
import { jsonTextOf } from '../record';
import {
	detailsOf,
	personOf,
	type Details,
	type Named,
	type Person,
	type Subject,
} from './details';
import { given } from './given';
import type { OcsfClass } from './mapping';
import { OCSF_CLASSES, OCSF_VERSION, OTHER } from './ocsfClasses';

/** Stands where OCSF requires a text and the record has none. */
const UNKNOWN = 'Unknown';

/**
 * An event by the Open Cybersecurity Schema Framework. The record as Celonis sent it stands in
 * `raw_data`, and what has no place in the class under `unmapped`.
 */
export function toOcsf(event: AuditEvent): Record<string, unknown> {
	const details = detailsOf(event);
	const { outcome, reason, summary } = details;
	return given({
		...classification(details),
		time: event.timestampMs,
		severity_id: 1,
		severity: 'Informational',
		status_id: { unknown: 0, success: 1, failure: 2 }[outcome],
		status: { unknown: UNKNOWN, success: 'Success', failure: 'Failure' }[outcome],
		status_detail: reason,
		message: summary,
		metadata: metadataOf(event, details),
		actor: actorOf(details),
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

function classification(details: Details): Record<string, unknown> {
	const { uid, name, categoryUid, categoryName, activities } = OCSF_CLASSES[classOf(details)];
	const activityId = activityOf(details);
	const activityName = activities[activityId] ?? details.meaning.action;
	return {
		category_uid: categoryUid,
		category_name: categoryName,
		class_uid: uid,
		class_name: name,
		activity_id: activityId,
		activity_name: activityName,
		type_uid: uid * 100 + activityId,
		type_name: `${name}: ${activities[activityId] ?? 'Other'}`,
	};
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

function metadataOf(event: AuditEvent, { eventName }: Details): Record<string, unknown> {
	const { timestamp } = event.raw;
	return given({
		version: OCSF_VERSION,
		uid: event.eventId,
		event_code: eventName,
		log_name: 'Audit Log',
		log_provider: 'Celonis',
		original_time: timestamp,
		product: { name: 'Celonis', vendor_name: 'Celonis' },
	});
}

function actorOf(details: Details): Record<string, unknown> | undefined {
	const { actor, role, meaning } = details;
	const isRequired = meaning.sort.ocsfClass === 'apiActivity';
	if (actor.id === null && !isRequired) return undefined;
	return { user: { ...userOf(personOf(actor)), ...userType(actor.type, role) } };
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
			return { user: userOf(personIn(subject)) };
		case 'userAccess':
			return {
				user: { ...userOf(personIn(subject)), ...subjectType(subject) },
				privileges: changed.length > 0 ? changed : [UNKNOWN],
				resources: isTouched ? [touched] : [],
			};
		case 'groupManagement':
			return {
				group: namedOf(subject?.kind === 'group' ? subject.group : {}),
				user: member && userOf(member),
				privileges: changed,
				resource: meaning.sort.ocsfClass === 'userAccess' ? touched : undefined,
			};
		case 'entityManagement':
			return { entity: { ...namedOf(object), type: meaning.object, type_id: OTHER } };
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

function userOf(person: Person): Record<string, unknown> {
	const { email } = person;
	const isEmail = email !== undefined && EMAIL.test(email);
	return { ...namedOf(person), ...(isEmail && { email_addr: email }) };
}

/** OCSF wants an id or a name. */
function namedOf({ id, name }: Named): Record<string, unknown> {
	return given({ uid: id, name: name ?? (id === undefined ? UNKNOWN : undefined) });
}

/** OCSF's `email_t`, in short. */
const EMAIL = /^[\w!#$%&'*+\-/=?^`{|}~.,]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+$/;

/** What is told elsewhere, word by word, is not repeated. */
function unmappedIn({ raw }: AuditEvent): Record<string, unknown> {
	const ipAddress = typeof raw.ipAddress === 'string' ? undefined : raw.ipAddress;
	return given({ ...raw, event: undefined, timestamp: undefined, ipAddress });
}
