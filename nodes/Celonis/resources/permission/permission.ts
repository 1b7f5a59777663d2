import { parseNameAndEmail, type Member, type MemberDirectory } from '../../members/directory';
import type { JsonObject } from '../../records/json';
import { isBlank, toText } from '../../records/text';

/** A permission as Celonis sends it. Any of its fields may be missing, null or of another type. */
export type Permission = JsonObject;

/** Who has a permission, as far as the permission says. */
export interface Subject {
	readonly id?: string;
	/** The name as Celonis sends it; it may contain the e-mail address. */
	readonly name?: string;
	readonly email?: string;
}

/** Gets who has a permission. */
export function getSubject({ subjectId, subjectName }: Permission): Subject {
	const name = toText(subjectName);
	return { id: toText(subjectId), name, email: parseNameAndEmail(name ?? '').email };
}

/**
 * Finds the member who has a permission; `undefined` for groups, applications and users who are not
 * members. The values of `subjectType` are not documented. Without one, only the ID decides: it is a
 * UUID, whereas a group may have a name like an e-mail address.
 */
export function findMember(
	permission: Permission,
	members: MemberDirectory | undefined,
): Member | undefined {
	const { id, email } = getSubject(permission);
	if (isBlank(permission.subjectType)) return members?.find({ id: id ?? null, email: null });
	if (!isUserType(permission.subjectType)) return undefined;
	return members?.find({ id: id ?? null, email: email ?? null });
}

/** `USER`, `TEAM_USER`, `Member` and the like, but not `USER_GROUP`. */
function isUserType(type: unknown): boolean {
	const folded = toText(type)?.toLowerCase() ?? '';
	return /user|member/.test(folded) && !/group|app/.test(folded);
}
