import type { LogEvent } from '../records/eventId';
import type { Member } from '../members/directory';
import type { NamedEntity, Outcome, UserEntity } from './entities';
import { SEVERITIES, type Severity } from './severity';
import { parseTeamHost } from './team';
import { stringifyJson } from '../records/stringifyJson';
import { omitEmpty } from '../records/omitEmpty';

/** The version of the Open Cybersecurity Schema Framework that the nodes write. */
export const OCSF_VERSION = '1.8.0';

/** Used where OCSF requires text and the record has none. */
export const UNKNOWN = 'Unknown';

/** OCSF's ID for everything that has no ID of its own. */
export const OTHER = 99;

/** OCSF's category for accounts, groups, permissions and sessions. */
export const IDENTITY_AND_ACCESS = {
	categoryUid: 3,
	categoryName: 'Identity & Access Management',
} as const;

/** A class as OCSF defines it. Source: schema.ocsf.io, version 1.8.0. */
export interface OcsfClassDefinition {
	readonly uid: number;
	readonly name: string;
	readonly categoryUid: number;
	readonly categoryName: string;
	/** Names of the activities, by ID. */
	readonly activities: Readonly<Record<number, string>>;
}

/** The values of the base attributes that depend on the log and the record. */
export interface OcsfBase {
	readonly ocsfClass: OcsfClassDefinition;
	readonly activityId: number;
	readonly outcome: Outcome;
	/** The status as Celonis writes it. */
	readonly statusCode?: string;
	readonly reason?: string;
	readonly severity: Severity;
	/** One line: what happened, and who did it. */
	readonly summary: string;
	/** Name of the event in Celonis; it is the activity too if OCSF has none. */
	readonly eventCode: string;
	/** The part of Celonis that the event is from. */
	readonly feature?: string;
	readonly logName: string;
}

/** Builds the attributes that all events have, whatever their log and class. */
export function buildOcsfBase(event: LogEvent, base: OcsfBase): Record<string, unknown> {
	const { ocsfClass, activityId, outcome, severity, feature } = base;
	const { uid, name, activities } = ocsfClass;
	return {
		category_uid: ocsfClass.categoryUid,
		category_name: ocsfClass.categoryName,
		class_uid: uid,
		class_name: name,
		activity_id: activityId,
		activity_name: activities[activityId] ?? (base.eventCode || 'Other'),
		type_uid: uid * 100 + activityId,
		type_name: `${name}: ${activities[activityId] ?? 'Other'}`,
		time: event.timestampMs,
		severity_id: SEVERITIES[severity.level].id,
		severity: SEVERITIES[severity.level].name,
		status_id: { unknown: 0, success: 1, failure: 2 }[outcome],
		status: { unknown: UNKNOWN, success: 'Success', failure: 'Failure' }[outcome],
		status_code: base.statusCode,
		status_detail: base.reason,
		message: base.summary,
		metadata: omitEmpty({
			version: OCSF_VERSION,
			uid: event.eventId,
			event_code: base.eventCode,
			log_name: base.logName,
			log_provider: 'Celonis',
			original_time: formatOriginalTime(event.raw.timestamp),
			tenant_uid: event.team,
			product: omitEmpty({
				name: 'Celonis',
				vendor_name: 'Celonis',
				feature: feature && { name: feature },
			}),
		}),
	};
}

/** OCSF requires text: a service may write numbers or lists. */
function formatOriginalTime(timestamp: unknown): string | undefined {
	return typeof timestamp === 'string' ? timestamp : stringifyJson(timestamp);
}

/** Builds OCSF's user object. */
export function buildOcsfUser(user: UserEntity): Record<string, unknown> {
	const { email, fullName } = user;
	return {
		...buildOcsfEntity(user),
		...omitEmpty({ full_name: fullName, email_addr: isEmail(email) ? email : undefined }),
	};
}

/** Builds the endpoint of the team's server. */
export function buildOcsfTeamEndpoint(team: string, port?: number): Record<string, unknown> {
	const { hostname, ip } = parseTeamHost(team);
	return omitEmpty({ ...(ip === undefined ? { hostname } : { ip }), port });
}

/** Builds what a member adds to OCSF's user object. */
export function buildOcsfMember(member: Member | undefined): Record<string, unknown> {
	return omitEmpty({
		full_name: member?.name,
		groups: member?.groups.map((name) => ({ name })),
	});
}

/** Builds an object with an ID and a name. OCSF requires one of the two. */
export function buildOcsfEntity({ id, name }: NamedEntity): Record<string, unknown> {
	return omitEmpty({ uid: id, name: name ?? (id === undefined ? UNKNOWN : undefined) });
}

/** Whether OCSF accepts a text as an e-mail address. */
export function isEmail(text: string | undefined): boolean {
	return text !== undefined && EMAIL.test(text);
}

/** OCSF's type `email_t`, simplified. */
const EMAIL = /^[\w!#$%&'*+\-/=?^`{|}~.,]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+$/;
