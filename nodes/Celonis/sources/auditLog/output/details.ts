import { findAddress } from '../../../filters/addressBlock';
import type { NamedEntity, Outcome, UserEntity } from '../../../output/entities';
import type { Actor } from '../../../records/actor';
import type { LogEvent } from '../../../records/eventId';
import { getOwn, isJsonObject, type JsonObject } from '../../../records/json';
import { getText } from '../../../records/record';
import { toText } from '../../../records/text';
import { classifyEvent, type EventClassification } from './classification';
import { getActor } from './enrichment';

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
	readonly subject?: Subject;
	/** The user who was added to a group, or removed from it. */
	readonly member?: UserEntity;
	/** The affected object. */
	readonly object: NamedEntity;
	readonly privileges: Privileges;
	readonly outcome: Outcome;
	readonly reason?: string;
}

/** Parses a record. Fields that are missing or of another type are left out. */
export function parseDetails(event: LogEvent): Details {
	const eventName = getText(event, 'event') ?? '';
	const classification = classifyEvent(eventName);
	const message = isJsonObject(event.raw.message) ? event.raw.message : {};
	const actor = getActor(event);
	return {
		eventName,
		classification,
		actor,
		role: getText(event, 'userRole'),
		...parseSource(event),
		subject: parseSubject(message, classification, actor),
		member: classification.ocsfClass === 'groupManagement' ? parseUser(message) : undefined,
		object: parseObject(message, classification),
		privileges: parsePrivileges(message),
		outcome: parseOutcome(eventName, classification, message),
		reason: getFirstText(message, ['reason']),
	};
}

/** An actor as a user. */
export function toUserEntity({ id, email }: Actor): UserEntity {
	return { id: id ?? undefined, name: email ?? id ?? undefined, email: email ?? undefined };
}

function parseSource(event: LogEvent): Pick<Details, 'sourceAddress' | 'sourceName'> {
	const source = getText(event, 'ipAddress');
	const address = source && findAddress(source);
	return address === undefined ? { sourceName: source } : { sourceAddress: address };
}

/** Whom an event is about, by its class. */
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
	const user = parseUser(message) ?? (isActor ? toUserEntity(actor) : undefined);
	return user && { type: 'user', user };
}

/** Whose permissions changed. The values of `subject_type` are not documented. */
function parsePermissionSubject(message: JsonObject): Subject | undefined {
	const name = getFirstText(message, ['subject_description']);
	const id = getFirstText(message, ['subject_id']);
	if (name === undefined && id === undefined) return undefined;
	const subjectType = getFirstText(message, ['subject_type'])?.toUpperCase() ?? '';
	if (subjectType.includes('GROUP')) return { type: 'group', group: { id, name } };
	const email = name?.includes('@') ? name : undefined;
	const isUser = subjectType === 'USER' || (subjectType === '' && email !== undefined);
	const isApplication = subjectType.includes('APPLICATION');
	const type = isUser ? 'user' : isApplication ? 'application' : 'other';
	return { type, user: { id, name, email } };
}

/** The user whom `message` names. */
export function parseUser(message: JsonObject): UserEntity | undefined {
	const email = getFirstText(message, ['invitee', 'userEmail', 'email']);
	return email === undefined ? undefined : { name: email, email };
}

/** What an event is about. */
export function parseObject(
	message: JsonObject,
	{ object, keys }: EventClassification,
): NamedEntity {
	if (keys.isSetting) return { name: object };
	return {
		id: getFirstText(message, keys.id ?? ['id']),
		name: getFirstText(message, keys.name ?? ['name']),
	};
}

/** The permissions that were granted and revoked, by the lists before and after. */
export function parsePrivileges(message: JsonObject): Privileges {
	const before = parseTexts(message.old_permissions);
	const after = parseTexts(message.new_permissions);
	return {
		gained: [...after].filter((permission) => !before.has(permission)),
		lost: [...before].filter((permission) => !after.has(permission)),
	};
}

/**
 * The outcome that the record states; a failure takes precedence. Otherwise a documented event is a
 * success, because Celonis logs it when it is done. Nothing is known about other events, nor about a
 * run with any other status.
 */
function parseOutcome(
	eventName: string,
	{ isRun, isDocumented }: EventClassification,
	message: JsonObject,
): Outcome {
	const status = getFirstText(message, ['status'])?.toUpperCase() ?? '';
	if (/^(FAIL|ERROR)/.test(status) || eventName.endsWith('_FAILED')) return 'failure';
	if (status.startsWith('SUCCE') || eventName.endsWith('_SUCCEEDED')) return 'success';
	const isUnfinished = isRun && status !== '';
	return isDocumented && !isUnfinished ? 'success' : 'unknown';
}

function parseTexts(value: unknown): ReadonlySet<string> {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return new Set(entries.flatMap((entry) => toText(entry) ?? []));
}

/** The text or number of the first key that has one. */
function getFirstText(message: JsonObject, keys: readonly string[]): string | undefined {
	for (const key of keys) {
		const text = toText(getOwn(message, key));
		if (text !== undefined) return text;
	}
	return undefined;
}
