import type { MemberDirectory } from '../members/directory';
import type { Actor } from '../records/actor';
import type { UserEntity } from './entities';

/** Longer texts are shortened: a line is to be read. */
const MAX_LENGTH = 200;

/** What a line must not contain: line breaks, control characters and changes of the writing direction. */
const NOT_IN_A_LINE = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** Printable ASCII with single spaces: what nearly all texts are. */
const PLAIN_LINE = /^(?:[!-~]| (?! ))*$/;

/** A text on one line, shortened if it is long. */
export function toOneLine(text: string): string {
	if (text.length <= MAX_LENGTH && PLAIN_LINE.test(text)) return text;
	const start = text.slice(0, MAX_LENGTH + 1).replace(NOT_IN_A_LINE, ' ');
	if (text.length <= MAX_LENGTH) return start;
	// Not between the two halves of a character.
	return `${start.slice(0, MAX_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A name in quotation marks, on one line. */
export function quoteName(name: string): string {
	return `"${toOneLine(name).replace(/"/g, "'")}"`;
}

/** A user as `Ada (ada@example.com)`, or as much of that as the record and the members of the team say. */
export function labelUser(user: UserEntity, members?: MemberDirectory): string | undefined {
	const member = members?.find({ id: user.id ?? null, email: user.email ?? null });
	const email = user.email ?? member?.email;
	const isNamed = user.name !== user.email && user.name !== user.id;
	const name = user.fullName ?? (isNamed ? user.name : undefined) ?? member?.name;
	if (email === undefined) {
		const label = name ?? user.name ?? user.id;
		return label && toOneLine(label);
	}
	return name === undefined ? toOneLine(email) : `${toOneLine(name)} (${toOneLine(email)})`;
}

/** An actor at the beginning of a line. */
export function labelActor({ id, email, type }: Actor, members?: MemberDirectory): string {
	if (type === 'system' && id !== null) return `${toOneLine(id)} (SYSTEM)`;
	const user: UserEntity = { id: id ?? undefined, email: email ?? undefined };
	return labelUser(user, members) ?? 'Somebody unknown';
}
