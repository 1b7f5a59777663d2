import { findAddress } from '../../../filters/addressBlock';
import type { NamedEntity, Outcome, UserEntity } from '../../../output/entities';
import type { Severity } from '../../../output/severity';
import type { Actor } from '../../../records/actor';
import type { LogEvent } from '../../../records/eventId';
import type { JsonObject } from '../../../records/json';
import { getText } from '../../../records/record';
import { parseNameList } from '../../../records/nameList';
import { toText } from '../../../records/text';
import { selectSeverity } from '../severity';
import { parseChange, parseSwitch, type Change } from './change';
import { classifyEvent, type EventClassification } from './classification';
import { getActor } from './enrichment';
import { parseJsonText, toJsonObject } from './jsonText';
import { getFirstText } from './message';
import { parseOutcome, parseStatus } from './outcome';
import { parseObject, parseObjects, type NamedObject } from './objects';
import {
	parseAffectedUser,
	parseNamedUsers,
	parseUser,
	parseUserChange,
	toUserEntity,
	type NamedUser,
	type UserChange,
} from './users';

export { toUserEntity };

/** Who is affected by the event, besides the actor; `other` if the record does not say what it is. */
export type Subject =
	| { readonly type: 'user' | 'application' | 'other'; readonly user: UserEntity }
	| { readonly type: 'group'; readonly group: NamedEntity };

/** Permissions that were granted and revoked. */
export interface Privileges {
	readonly gained: readonly string[];
	readonly lost: readonly string[];
}

/** A parsed record, in terms of neither ECS nor OCSF: these formats and the summary are built from it. */
export interface Details {
	readonly eventName: string;
	readonly classification: EventClassification;
	readonly actor: Actor;
	readonly role?: string;
	/** The IP address of the source, see `findAddress`. */
	readonly sourceAddress?: string;
	/** The source, if the record has something other than an IP address. */
	readonly sourceName?: string;
	/** The port of the team's server: `port` is 443 (Celonis docs, "Audit logs"). */
	readonly serverPort?: number;
	/** `message`, also if it came as JSON text; empty if it is no object. */
	readonly message: JsonObject;
	readonly subject?: Subject;
	/** The user who was added to a group, or removed from it. */
	readonly member?: UserEntity;
	/** The names of the affected user before and after the event, if they changed. */
	readonly userChange?: UserChange;
	/** All users whom `message` names, the affected one among them. */
	readonly namedUsers: readonly NamedUser[];
	/** The affected object. */
	readonly object: NamedEntity;
	/** All objects that `message` names; the affected one first, if it has an ID or a name. */
	readonly objects: readonly NamedObject[];
	readonly privileges: Privileges;
	/** What was changed, before and after. */
	readonly change?: Change;
	/** Whether the event switched something on or off, if the record says so. */
	readonly switched?: 'on' | 'off';
	readonly outcome: Outcome;
	/** The status that the record states, as Celonis writes it. */
	readonly status?: string;
	readonly reason?: string;
	readonly severity: Severity;
}

/** Parses a record. Fields that are missing or of another type are left out. */
export function parseDetails(event: LogEvent): Details {
	const eventName = getText(event, 'event') ?? '';
	const classification = classifyEvent(eventName);
	const message = toJsonObject(event.raw.message) ?? {};
	const actor = getActor(event);
	const subject = parseSubject(message, classification, actor);
	const change = parseChange(event.raw.diffPayload, message);
	const status = parseStatus(event.raw.message, classification);
	const privileges = parsePrivileges(message);
	const switched = parseSwitch(change);
	const outcome = parseOutcome(eventName, classification, status);
	const { sourceAddress, sourceName } = parseSource(event);
	// Without a spread: a literal with one and further fields takes many times as long.
	return {
		eventName,
		classification,
		actor,
		role: getText(event, 'userRole'),
		sourceAddress,
		sourceName,
		serverPort: parsePort(event.raw.port),
		message,
		subject,
		member: classification.ocsfClass === 'groupManagement' ? parseAffectedUser(message) : undefined,
		userChange: subject?.type === 'user' ? parseUserChange(message, subject.user) : undefined,
		namedUsers: parseNamedUsers(message),
		object: parseObject(message, classification),
		objects: parseObjects(message, classification),
		privileges,
		change,
		switched,
		outcome,
		status,
		reason: getFirstText(message, ['reason']),
		severity: selectSeverity(classification.severityRules, {
			message,
			change,
			switched,
			privileges,
			outcome,
		}),
	};
}

function parseSource(event: LogEvent): Pick<Details, 'sourceAddress' | 'sourceName'> {
	const source = getText(event, 'ipAddress');
	const address = source && findAddress(source);
	return address === undefined ? { sourceName: source } : { sourceAddress: address };
}

const MAX_PORT = 65_535;

function parsePort(value: unknown): number | undefined {
	const text = toText(value) ?? '';
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	return port > 0 && port <= MAX_PORT ? port : undefined;
}

export function parseSubject(
	message: JsonObject,
	classification: EventClassification,
	actor: Actor,
): Subject | undefined {
	const { ocsfClass, ecsIamType, keys } = classification;
	if (ocsfClass === 'groupManagement') {
		return { type: 'group', group: parseObject(message, classification) };
	}
	if (ocsfClass === 'userAccess') return parsePermissionSubject(message);
	if (ecsIamType !== 'user') return undefined;
	const isActor = keys.isActor === true && actor.type !== 'system';
	const named = parseAffectedUser(message);
	const isNamedActor = named?.id !== undefined && named.id === actor.id;
	if (isNamedActor || (!named && isActor)) {
		return { type: 'user', user: { ...named, ...toUserEntity(actor) } };
	}
	return named && { type: 'user', user: named };
}

/** Whose permissions changed. The values of `subject_type` are not documented. */
function parsePermissionSubject(message: JsonObject): Subject | undefined {
	const name = getFirstText(message, ['subject_description']);
	const id = getFirstText(message, ['subject_id']);
	if (name === undefined && id === undefined) return undefined;
	const subjectType = getFirstText(message, ['subject_type'])?.toUpperCase() ?? '';
	if (subjectType.includes('GROUP')) return { type: 'group', group: { id, name } };
	const described = name === undefined ? {} : parseUser(name);
	const user = { ...described, ...(id !== undefined && { id }) };
	if (subjectType.includes('APPLICATION')) return { type: 'application', user };
	const isUser = subjectType === '' ? user.email !== undefined : /USER|MEMBER/.test(subjectType);
	return { type: isUser ? 'user' : 'other', user };
}

/** Compared case-insensitively. */
export function parsePrivileges(message: JsonObject): Privileges {
	const before = parsePermissions(message.old_permissions);
	const after = parsePermissions(message.new_permissions);
	return { gained: subtract(after, before), lost: subtract(before, after) };
}

/** The permissions of a list, also if it came as JSON text, by their names in lower case. */
function parsePermissions(value: unknown): ReadonlyMap<string, string> {
	const list = typeof value === 'string' ? (parseJsonText(value) ?? value) : value;
	return new Map(parseNameList(list).map((name) => [name.toLowerCase(), name]));
}

function subtract(
	from: ReadonlyMap<string, string>,
	other: ReadonlyMap<string, string>,
): readonly string[] {
	return [...from].filter(([key]) => !other.has(key)).map(([, name]) => name);
}
