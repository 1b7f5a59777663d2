import { isJsonObject } from '../records/json';

/** Somebody who belongs to the team, as the Members API tells it. */
export interface Member {
	readonly id?: string;
	readonly name?: string;
	readonly email?: string;
	readonly role?: string;
	readonly groups: readonly string[];
}

/** Who belongs to the team. */
export interface MemberDirectory {
	/** The member with this id, else the one with this e-mail. */
	find(who: { readonly id: string | null; readonly email: string | null }): Member | undefined;
}

/** Reads one element of the list; whatever is missing or of another kind is left out. */
export function parseMember(value: unknown): Member {
	const fields = isJsonObject(value) ? value : {};
	return {
		id: trimText(fields.userId),
		...parseNameAndEmail(trimText(fields.nameAndEmail) ?? ''),
		role: trimText(fields.userRole),
		groups: Array.isArray(fields.group) ? fields.group.flatMap((it) => parseGroup(it) ?? []) : [],
	};
}

/**
 * Reads `nameAndEmail`. How the two stand in it is not documented: the e-mail is the part with an @,
 * whatever brackets or punctuation are around it, and the rest is the name.
 */
export function parseNameAndEmail(text: string): Pick<Member, 'name' | 'email'> {
	const [email] = /[^\s<>()[\],;"]+@[^\s<>()[\],;"]+/.exec(text) ?? [];
	const rest = email === undefined ? text : text.replace(email, ' ');
	const name = rest
		.replace(/[(<[]\s*[)>\]]/g, ' ')
		.replace(/^[\s,;:-]+|[\s,;:-]+$/g, '')
		.replace(/\s+/g, ' ');
	return { name: trimText(name), email };
}

/** Makes a list of members ready to be searched. Upper and lower case are the same. */
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

/** A group's name; whether it comes as a text or as an object is told apart. */
function parseGroup(value: unknown): string | undefined {
	return trimText(isJsonObject(value) ? (value.name ?? value.groupName) : value);
}

function trimText(value: unknown): string | undefined {
	return (typeof value === 'string' && value.trim()) || undefined;
}
