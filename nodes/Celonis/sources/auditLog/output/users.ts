import { parseNameAndEmail } from '../../../members/directory';
import type { UserEntity } from '../../../output/entities';
import type { Actor } from '../../../records/actor';
import { getOwn, type JsonObject } from '../../../records/json';
import { parseUserId } from '../userId';
import { getFirstText, parseTexts } from './message';

/** A user whom `message` names, and the key that names it. */
export interface NamedUser {
	readonly key: string;
	readonly user: UserEntity;
}

/** Names of a user before and after a change. */
export interface UserChange {
	readonly before: UserEntity;
	readonly after: UserEntity;
}

/** Keys of `message` that name the affected user, in order of preference. */
const AFFECTED_USER_KEYS = ['invitee', 'userEmail', 'email'];

/** Keys of `message` whose values are users, whatever their form. */
const USER_KEYS: ReadonlySet<string> = new Set([...AFFECTED_USER_KEYS, 'sender']);

const OLD_NAME_KEYS = ['oldUserName'];
const NEW_NAME_KEYS = ['updatedUserName'];

/** A text that is an e-mail address, or that ends with one in brackets: `Ada (ada@example.com)`. */
const EMAIL_AT_END = /(?:^|[(<\s])[^\s<>()[\],;"@]+@[^\s<>()[\],;"@]+[)>]?$/;
const MAX_USER_LENGTH = 500;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An actor as a user. */
export function toUserEntity({ id, email }: Actor): UserEntity {
	return { id: id ?? undefined, name: email ?? id ?? undefined, email: email ?? undefined };
}

/**
 * Parses how a record names a user: `Name (e-mail)`, `<ID> (e-mail)`, an e-mail address or any other
 * text, which is then the name.
 */
export function parseUser(text: string): UserEntity {
	const { name: fullName, email } = parseNameAndEmail(text);
	if (email === undefined) return UUID.test(text) ? { id: text, name: text } : { name: text };
	if (fullName === undefined) return { name: email, email };
	return UUID.test(fullName)
		? { id: fullName, name: email, email }
		: { name: email, email, fullName };
}

/** The user that `message` names as the affected one. */
export function parseAffectedUser(message: JsonObject): UserEntity | undefined {
	const text = getFirstText(message, AFFECTED_USER_KEYS);
	const user = text === undefined ? undefined : parseUser(text);
	const userId = getFirstText(message, ['userId']);
	const byId = userId === undefined ? undefined : toUserEntity(parseUserId(userId));
	return user || byId ? { ...byId, ...user } : undefined;
}

/** The name of a user before and after it was changed. */
export function parseUserChange(
	message: JsonObject,
	user: UserEntity | undefined,
): UserChange | undefined {
	const before = getFirstText(message, OLD_NAME_KEYS);
	const after = getFirstText(message, NEW_NAME_KEYS);
	if (after === undefined) return undefined;
	return {
		before: { ...user, ...(before !== undefined && parseUser(before)) },
		after: { ...user, ...parseUser(after) },
	};
}

/** All users whom `message` names, by its documented keys or by an e-mail address. */
export function parseNamedUsers(message: JsonObject): NamedUser[] {
	const users: NamedUser[] = [];
	for (const key of Object.keys(message)) {
		for (const text of parseTexts(getOwn(message, key))) {
			const user = parseNamedUser(key, text);
			if (user) users.push({ key, user });
		}
	}
	return users;
}

function parseNamedUser(key: string, text: string): UserEntity | undefined {
	if (key === 'userId') return toUserEntity(parseUserId(text));
	const isUser = USER_KEYS.has(key) || OLD_NAME_KEYS.includes(key) || NEW_NAME_KEYS.includes(key);
	if (isUser) return parseUser(text);
	const isShort = text.length <= MAX_USER_LENGTH && text.includes('@');
	return isShort && EMAIL_AT_END.test(text) ? parseUser(text) : undefined;
}
