import type { Actor } from '../actor';
import { actorIn } from '../enrichment';
import { isAddress } from '../filters/addressBlock';
import type { AuditEvent } from '../identity';
import { textOf } from '../record';
import { meaningOf, type Meaning } from './classify';

/** Somebody or something that a record names. */
export interface Named {
	readonly id?: string;
	readonly name?: string;
}

/** A user, or an application that acts like one. */
export interface Person extends Named {
	readonly email?: string;
}

/** Whom the event is about, besides the one who did it. */
export type Subject =
	| { readonly kind: 'user' | 'application'; readonly person: Person }
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
	/** The address from which it was done, where it is one; another text in its place is `place`. */
	readonly address?: string;
	readonly place?: string;
	readonly subject?: Subject;
	/** A user who was put into a group, or taken out of it. */
	readonly member?: Person;
	/** What was touched. */
	readonly object: Named;
	readonly privileges: Privileges;
	readonly outcome: 'success' | 'failure' | 'unknown';
	readonly reason?: string;
	/** In one line: what, and by whom. */
	readonly summary: string;
}

type Message = Readonly<Record<string, unknown>>;

/** Reads a record; whatever is missing or of another kind than expected is left out. */
export function detailsOf(event: AuditEvent): Details {
	const eventName = textOf(event, 'event') ?? '';
	const meaning = meaningOf(eventName);
	const message = objectIn(event.raw.message);
	const actor = actorIn(event);
	const from = textOf(event, 'ipAddress');
	const isFromAddress = from !== undefined && isAddress(from);
	return {
		eventName,
		meaning,
		actor,
		role: textOf(event, 'userRole'),
		address: isFromAddress ? from : undefined,
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

function subjectIn(message: Message, meaning: Meaning, actor: Actor): Subject | undefined {
	const { sort, keys } = meaning;
	if (sort.ocsfClass === 'groupManagement')
		return { kind: 'group', group: objectOf(message, meaning) };
	if (sort.ocsfClass === 'userAccess') return permittedIn(message);
	if (sort.iam !== 'user') return undefined;
	const person = userIn(message) ?? (keys.isOwn ? personOf(actor) : undefined);
	return person && { kind: 'user', person };
}

/** Who has other permissions now; Celonis writes users as e-mails, groups and applications by name. */
function permittedIn(message: Message): Subject | undefined {
	const name = firstOf(message, 'subject_description');
	const id = firstOf(message, 'subject_id');
	if (name === undefined && id === undefined) return undefined;
	const type = firstOf(message, 'subject_type')?.toUpperCase();
	if (type === 'GROUP') return { kind: 'group', group: { id, name } };
	const kind = type === 'APPLICATION' ? 'application' : 'user';
	return { kind, person: { id, name, email: name?.includes('@') ? name : undefined } };
}

function userIn(message: Message): Person | undefined {
	const email = firstOf(message, 'invitee, userEmail, email');
	return email === undefined ? undefined : { name: email, email };
}

function objectOf(message: Message, { object, keys }: Meaning): Named {
	if (keys.isSetting) return { name: object };
	return { id: firstOf(message, keys.id ?? 'id'), name: firstOf(message, keys.name ?? 'name') };
}

function privilegesIn(message: Message): Privileges {
	const before = listIn(message.old_permissions);
	const after = listIn(message.new_permissions);
	return {
		gained: after.filter((permission) => !before.includes(permission)),
		lost: before.filter((permission) => !after.includes(permission)),
	};
}

/**
 * What a record says of it; else a documented event is written when the thing was done, and of
 * others nothing is known.
 */
function outcomeOf(eventName: string, { sort }: Meaning, message: Message): Details['outcome'] {
	const status = firstOf(message, 'status')?.toUpperCase();
	if (status?.startsWith('SUCCE') || eventName.endsWith('_SUCCEEDED')) return 'success';
	if (status?.startsWith('FAIL') || eventName.endsWith('_FAILED')) return 'failure';
	return sort.ecsCategory === 'api' ? 'unknown' : 'success';
}

function objectIn(value: unknown): Message {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Message) : {};
}

function listIn(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return [...new Set(entries.flatMap((entry) => textIn(entry) ?? []))];
}

/** The first of some keys that holds a text or a number. */
function firstOf(message: Message, keys: string): string | undefined {
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
