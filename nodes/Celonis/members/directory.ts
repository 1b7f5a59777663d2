import type { Actor } from '../records/actor';
import { isJsonObject } from '../records/json';
import { toText, trimText } from '../records/text';

/** A member of the team, as the Members API describes it. */
export interface Member {
	readonly id?: string;
	readonly name?: string;
	readonly email?: string;
	readonly role?: string;
	/** Such as `ACTIVE`. */
	readonly status?: string;
	/** As Celonis sends it, such as `12/10/2023, 6:49:07 AM UTC`. */
	readonly lastLogin?: string;
	readonly groups: readonly string[];
}

/** The members of the team, indexed. */
export interface MemberDirectory {
	/** The member with the actor's ID, or else with its e-mail address. */
	find(actor: Pick<Actor, 'id' | 'email'>): Member | undefined;
}

/** Parses one element of the list. Fields that are missing or of another type are left out. */
export function parseMember(value: unknown): Member {
	const fields = isJsonObject(value) ? value : {};
	return {
		id: trimText(fields.userId),
		...parseNameAndEmail(trimText(fields.nameAndEmail) ?? ''),
		role: trimText(fields.userRole),
		status: trimText(fields.status),
		lastLogin: toText(fields.lastLogin),
		groups: Array.isArray(fields.group)
			? fields.group.flatMap((group) => parseGroup(group) ?? [])
			: [],
	};
}

/**
 * Parses `nameAndEmail`, whose format is not documented. The e-mail address is the part with an @,
 * without the brackets or punctuation around it; the rest is the name.
 */
export function parseNameAndEmail(text: string): Pick<Member, 'name' | 'email'> {
	const { email, rest } = splitOffEmail(text);
	const name = rest.replace(/[(<[]\s*[)>\]]/g, ' ').replace(/\s+/g, ' ');
	return { name: trimText(trimPunctuation(name)), email };
}

/** Splits a text at its first part with an @ inside. Its time is linear, whatever the text is. */
function splitOffEmail(text: string): { readonly email?: string; readonly rest: string } {
	for (const match of text.matchAll(/[^\s<>()[\],;"]+/g)) {
		const [part] = match;
		if (!part.slice(1, -1).includes('@')) continue;
		const end = match.index + part.length;
		return { email: part, rest: `${text.slice(0, match.index)} ${text.slice(end)}` };
	}
	return { rest: text };
}

/** Removes blanks and punctuation at both ends. A regular expression would take quadratic time. */
function trimPunctuation(text: string): string {
	const isPunctuation = (char: string | undefined) => char !== undefined && ' ,;:-'.includes(char);
	let start = 0;
	let end = text.length;
	while (isPunctuation(text[start])) start++;
	while (end > start && isPunctuation(text[end - 1])) end--;
	return text.slice(start, end);
}

/** Indexes members by ID and by e-mail address, both case-insensitive. */
export function indexMembers(members: readonly Member[]): MemberDirectory {
	const byId = new Map<string, Member>();
	const byEmail = new Map<string, Member>();
	for (const member of members) {
		if (member.id !== undefined) byId.set(member.id.toLowerCase(), member);
		if (member.email !== undefined) byEmail.set(member.email.toLowerCase(), member);
	}
	return {
		find: ({ id, email }) =>
			byId.get(id?.toLowerCase() ?? '') ?? byEmail.get(email?.toLowerCase() ?? ''),
	};
}

/** The name of a group. Groups may be text or objects: their format is not documented. */
function parseGroup(value: unknown): string | undefined {
	return trimText(isJsonObject(value) ? (value.name ?? value.groupName) : value);
}
