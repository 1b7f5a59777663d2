import type { Actor } from '../../../members/enrichActor';
import { actorIn } from './enrichment';
import { isAddress } from '../../../filters/addressBlock';
import type { LogEvent } from '../../../records/eventId';
import { isJsonObject, type JsonObject } from '../../../records/json';
import type { Named, Outcome, Person } from '../../../output/person';
import { textOf } from '../../../records/record';
import { meaningOf, type Meaning } from './classification';
import { SORTS } from './mapping';

/** Whom the event is about, besides the one who did it; `other` where the record does not tell. */
export type Subject =
	| { readonly kind: 'user' | 'application' | 'other'; readonly person: Person }
	| { readonly kind: 'group'; readonly group: Named };

/** Permissions that were given and taken. */
export interface Privileges {
	readonly gained: readonly string[];
	readonly lost: readonly string[];
}

/** What a record tells, in terms that are neither ECS' nor OCSF's; both formats are made of it. */
export interface Details {
	readonly eventName: string;
	readonly meaning: Meaning;
	readonly actor: Actor;
	readonly role?: string;
	/** The address from which it was done, without a zone; a text that is no address is `place`. */
	readonly address?: string;
	readonly place?: string;
	readonly subject?: Subject;
	/** A user who was put into a group, or taken out of it. */
	readonly member?: Person;
	/** What was touched. */
	readonly object: Named;
	readonly privileges: Privileges;
	readonly outcome: Outcome;
	readonly reason?: string;
	/** In one line: what, and by whom. */
	readonly summary: string;
}

/** Reads a record; whatever is missing or of another kind than expected is left out. */
export function detailsOf(event: LogEvent): Details {
	const eventName = textOf(event, 'event') ?? '';
	const meaning = meaningOf(eventName);
	const message = isJsonObject(event.raw.message) ? event.raw.message : {};
	const actor = actorIn(event);
	const from = textOf(event, 'ipAddress');
	const address = from?.replace(/%.*$/s, '');
	const isFromAddress = address !== undefined && isAddress(address);
	return {
		eventName,
		meaning,
		actor,
		role: textOf(event, 'userRole'),
		address: isFromAddress ? address : undefined,
		place: isFromAddress ? undefined : from,
		subject: subjectIn(message, meaning, actor),
		member: meaning.sort.ocsfClass === 'groupManagement' ? userIn(message) : undefined,
		object: objectOf(message, meaning),
		privileges: privilegesIn(message),
		outcome: outcomeOf(eventName, meaning, message),
		reason: firstOf(message, 'reason'),
		summary: `${eventName || 'Unnamed event'} by ${actor.email ?? actor.id ?? 'somebody unknown'}`,
	};
}

/** The one who did it, as a person. */
export function personOf({ id, email }: Actor): Person {
	return { id: id ?? undefined, name: email ?? id ?? undefined, email: email ?? undefined };
}

function subjectIn(message: JsonObject, meaning: Meaning, actor: Actor): Subject | undefined {
	const { sort, keys } = meaning;
	if (sort.ocsfClass === 'groupManagement')
		return { kind: 'group', group: objectOf(message, meaning) };
	if (sort.ocsfClass === 'userAccess') return permittedIn(message);
	if (sort.iam !== 'user') return undefined;
	const isOwn = keys.isOwn === true && actor.type !== 'system';
	const person = userIn(message) ?? (isOwn ? personOf(actor) : undefined);
	return person && { kind: 'user', person };
}

/** Who has other permissions now. The values of `subject_type` are not documented. */
function permittedIn(message: JsonObject): Subject | undefined {
	const name = firstOf(message, 'subject_description');
	const id = firstOf(message, 'subject_id');
	if (name === undefined && id === undefined) return undefined;
	const type = firstOf(message, 'subject_type')?.toUpperCase() ?? '';
	if (type.includes('GROUP')) return { kind: 'group', group: { id, name } };
	const email = name?.includes('@') ? name : undefined;
	const isUser = type === 'USER' || (type === '' && email !== undefined);
	const kind = isUser ? 'user' : type.includes('APPLICATION') ? 'application' : 'other';
	return { kind, person: { id, name, email } };
}

function userIn(message: JsonObject): Person | undefined {
	const email = firstOf(message, 'invitee, userEmail, email');
	return email === undefined ? undefined : { name: email, email };
}

function objectOf(message: JsonObject, { object, keys }: Meaning): Named {
	if (keys.isSetting) return { name: object };
	return { id: firstOf(message, keys.id ?? 'id'), name: firstOf(message, keys.name ?? 'name') };
}

function privilegesIn(message: JsonObject): Privileges {
	const before = listIn(message.old_permissions);
	const after = listIn(message.new_permissions);
	return {
		gained: after.filter((permission) => !before.includes(permission)),
		lost: before.filter((permission) => !after.includes(permission)),
	};
}

/**
 * What a record says of it, the bad news first; else a documented event is written when the thing
 * was done. Of others nothing is known, nor of a run whose status says something else.
 */
function outcomeOf(
	eventName: string,
	{ sort, isDocumented }: Meaning,
	message: JsonObject,
): Details['outcome'] {
	const status = firstOf(message, 'status')?.toUpperCase() ?? '';
	if (/^(FAIL|ERROR)/.test(status) || eventName.endsWith('_FAILED')) return 'failure';
	if (status.startsWith('SUCCE') || eventName.endsWith('_SUCCEEDED')) return 'success';
	const isOpen = sort === SORTS.run && status !== '';
	return isDocumented && !isOpen ? 'success' : 'unknown';
}

function listIn(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return [...new Set(entries.flatMap((entry) => textIn(entry) ?? []))];
}

/** The first of some keys that holds a text or a number. */
function firstOf(message: JsonObject, keys: string): string | undefined {
	for (const key of keys.split(', ')) {
		const text = textIn(message[key]);
		if (text !== undefined) return text;
	}
	return undefined;
}

function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return (typeof value === 'string' && value.trim()) || undefined;
}
