import type { Actor } from '../../../members/enrichActor';
import { getActor } from './enrichment';
import { isAddress } from '../../../filters/addressBlock';
import type { LogEvent } from '../../../records/eventId';
import { isJsonObject, type JsonObject } from '../../../records/json';
import type { NamedEntity, Outcome, Person } from '../../../output/person';
import { getText } from '../../../records/record';
import { classifyEvent, type EventClassification } from './classification';
import { CLASSIFICATIONS } from './mapping';

/** Whom the event is about, besides the one who did it; `other` where the record does not tell. */
export type Subject =
	| { readonly kind: 'user' | 'application' | 'other'; readonly person: Person }
	| { readonly kind: 'group'; readonly group: NamedEntity };

/** Permissions that were given and taken. */
export interface Privileges {
	readonly gained: readonly string[];
	readonly lost: readonly string[];
}

/** What a record tells, in terms that are neither ECS' nor OCSF's; both formats are made of it. */
export interface Details {
	readonly eventName: string;
	readonly classification: EventClassification;
	readonly actor: Actor;
	readonly role?: string;
	/** The address from which it was done, without a zone; a text that is no address is `place`. */
	readonly address?: string;
	readonly place?: string;
	readonly subject?: Subject;
	/** A user who was put into a group, or taken out of it. */
	readonly member?: Person;
	/** What was touched. */
	readonly object: NamedEntity;
	readonly privileges: Privileges;
	readonly outcome: Outcome;
	readonly reason?: string;
	/** In one line: what, and by whom. */
	readonly summary: string;
}

/** Reads a record; whatever is missing or of another kind than expected is left out. */
export function parseDetails(event: LogEvent): Details {
	const eventName = getText(event, 'event') ?? '';
	const classification = classifyEvent(eventName);
	const message = isJsonObject(event.raw.message) ? event.raw.message : {};
	const actor = getActor(event);
	const from = getText(event, 'ipAddress');
	const address = from?.replace(/%.*$/s, '');
	const isFromAddress = address !== undefined && isAddress(address);
	return {
		eventName,
		classification,
		actor,
		role: getText(event, 'userRole'),
		address: isFromAddress ? address : undefined,
		place: isFromAddress ? undefined : from,
		subject: parseSubject(message, classification, actor),
		member: classification.sort.ocsfClass === 'groupManagement' ? parseUser(message) : undefined,
		object: parseObject(message, classification),
		privileges: parsePrivileges(message),
		outcome: parseOutcome(eventName, classification, message),
		reason: getFirstText(message, 'reason'),
		summary: `${eventName || 'Unnamed event'} by ${actor.email ?? actor.id ?? 'somebody unknown'}`,
	};
}

/** The one who did it, as a person. */
export function toPerson({ id, email }: Actor): Person {
	return { id: id ?? undefined, name: email ?? id ?? undefined, email: email ?? undefined };
}

function parseSubject(
	message: JsonObject,
	classification: EventClassification,
	actor: Actor,
): Subject | undefined {
	const { sort, keys } = classification;
	if (sort.ocsfClass === 'groupManagement')
		return { kind: 'group', group: parseObject(message, classification) };
	if (sort.ocsfClass === 'userAccess') return parsePermissionSubject(message);
	if (sort.iam !== 'user') return undefined;
	const isOwn = keys.isOwn === true && actor.type !== 'system';
	const person = parseUser(message) ?? (isOwn ? toPerson(actor) : undefined);
	return person && { kind: 'user', person };
}

/** Who has other permissions now. The values of `subject_type` are not documented. */
function parsePermissionSubject(message: JsonObject): Subject | undefined {
	const name = getFirstText(message, 'subject_description');
	const id = getFirstText(message, 'subject_id');
	if (name === undefined && id === undefined) return undefined;
	const type = getFirstText(message, 'subject_type')?.toUpperCase() ?? '';
	if (type.includes('GROUP')) return { kind: 'group', group: { id, name } };
	const email = name?.includes('@') ? name : undefined;
	const isUser = type === 'USER' || (type === '' && email !== undefined);
	const kind = isUser ? 'user' : type.includes('APPLICATION') ? 'application' : 'other';
	return { kind, person: { id, name, email } };
}

function parseUser(message: JsonObject): Person | undefined {
	const email = getFirstText(message, 'invitee, userEmail, email');
	return email === undefined ? undefined : { name: email, email };
}

function parseObject(message: JsonObject, { object, keys }: EventClassification): NamedEntity {
	if (keys.isSetting) return { name: object };
	return {
		id: getFirstText(message, keys.id ?? 'id'),
		name: getFirstText(message, keys.name ?? 'name'),
	};
}

function parsePrivileges(message: JsonObject): Privileges {
	const before = parseTextList(message.old_permissions);
	const after = parseTextList(message.new_permissions);
	return {
		gained: after.filter((permission) => !before.includes(permission)),
		lost: before.filter((permission) => !after.includes(permission)),
	};
}

/**
 * What a record says of it, the bad news first; else a documented event is written when the thing
 * was done. Of others nothing is known, nor of a run whose status says something else.
 */
function parseOutcome(
	eventName: string,
	{ sort, isDocumented }: EventClassification,
	message: JsonObject,
): Details['outcome'] {
	const status = getFirstText(message, 'status')?.toUpperCase() ?? '';
	if (/^(FAIL|ERROR)/.test(status) || eventName.endsWith('_FAILED')) return 'failure';
	if (status.startsWith('SUCCE') || eventName.endsWith('_SUCCEEDED')) return 'success';
	const isOpen = sort === CLASSIFICATIONS.run && status !== '';
	return isDocumented && !isOpen ? 'success' : 'unknown';
}

function parseTextList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return [...new Set(entries.flatMap((entry) => toText(entry) ?? []))];
}

/** The first of some keys that holds a text or a number. */
function getFirstText(message: JsonObject, keys: string): string | undefined {
	for (const key of keys.split(', ')) {
		const text = toText(message[key]);
		if (text !== undefined) return text;
	}
	return undefined;
}

function toText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return (typeof value === 'string' && value.trim()) || undefined;
}
