import type { LogEvent } from '../records/eventId';
import type { Member } from '../members/directory';
import type { NamedEntity, Outcome, Person } from './person';
import { omitEmpty } from '../records/omitEmpty';

/** The version of the Open Cybersecurity Schema Framework that is written. */
export const OCSF_VERSION = '1.8.0';

/** Stands where OCSF requires a text and the record has none. */
export const UNKNOWN = 'Unknown';

/** OCSF's id for what it has no id for. */
export const OTHER = 99;

/** OCSF's category of classes about accounts, groups, permissions and sessions. */
export const IDENTITY_AND_ACCESS = {
	categoryUid: 3,
	categoryName: 'Identity & Access Management',
} as const;

/** A class as OCSF defines it: schema.ocsf.io, version 1.8.0. */
export interface OcsfClassDefinition {
	readonly uid: number;
	readonly name: string;
	readonly categoryUid: number;
	readonly categoryName: string;
	/** By activity id. */
	readonly activities: Readonly<Record<number, string>>;
}

/** What a log has to say for the attributes that all its events have. */
export interface OcsfBase {
	readonly ocsfClass: OcsfClassDefinition;
	readonly activityId: number;
	/** What it is called where OCSF has no name for it. */
	readonly activityName: string;
	readonly outcome: Outcome;
	readonly reason?: string;
	/** In one line: what, and by whom. */
	readonly summary: string;
	/** Celonis' own name for what happened. */
	readonly eventCode: string;
	readonly logName: string;
}

/** What every event has, whatever the log and the class. */
export function buildOcsfBase(event: LogEvent, frame: OcsfBase): Record<string, unknown> {
	const { ocsfClass, activityId, outcome } = frame;
	const { uid, name, activities } = ocsfClass;
	return {
		category_uid: ocsfClass.categoryUid,
		category_name: ocsfClass.categoryName,
		class_uid: uid,
		class_name: name,
		activity_id: activityId,
		activity_name: activities[activityId] ?? frame.activityName,
		type_uid: uid * 100 + activityId,
		type_name: `${name}: ${activities[activityId] ?? 'Other'}`,
		time: event.timestampMs,
		severity_id: 1,
		severity: 'Informational',
		status_id: { unknown: 0, success: 1, failure: 2 }[outcome],
		status: { unknown: UNKNOWN, success: 'Success', failure: 'Failure' }[outcome],
		status_detail: frame.reason,
		message: frame.summary,
		metadata: omitEmpty({
			version: OCSF_VERSION,
			uid: event.eventId,
			event_code: frame.eventCode,
			log_name: frame.logName,
			log_provider: 'Celonis',
			original_time: event.raw.timestamp,
			product: { name: 'Celonis', vendor_name: 'Celonis' },
		}),
	};
}

/** A person as OCSF's user. */
export function buildOcsfUser(person: Person): Record<string, unknown> {
	const { email } = person;
	const isEmail = email !== undefined && EMAIL.test(email);
	return { ...buildOcsfEntity(person), ...(isEmail && { email_addr: email }) };
}

/** What the list of members adds to a user. */
export function buildOcsfMember(member: Member | undefined): Record<string, unknown> {
	return omitEmpty({
		full_name: member?.name,
		groups: member?.groups.map((name) => ({ name })),
	});
}

/** OCSF wants an id or a name. */
export function buildOcsfEntity({ id, name }: NamedEntity): Record<string, unknown> {
	return omitEmpty({ uid: id, name: name ?? (id === undefined ? UNKNOWN : undefined) });
}

/** OCSF's `email_t`, in short. */
const EMAIL = /^[\w!#$%&'*+\-/=?^`{|}~.,]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+$/;
