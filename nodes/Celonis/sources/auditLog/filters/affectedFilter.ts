import { isIncluded, type IncludeExclude } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import type { RecordFilter } from '../../../filters/recordFilter';
import type { NamedEntity, UserEntity } from '../../../output/entities';
import { labelUser } from '../../../output/labels';
import { parseAffected, parseGranted, parseMessage, type Affected } from '../output/affected';

/** Filters of what `message` describes. */
export interface AffectedFilters {
	/** Matched against each permission that the event granted. */
	readonly grantedPermissions?: IncludeExclude<Pattern>;
	/** Matched against names, e-mail addresses and IDs of whom and what the event is about. */
	readonly targets?: IncludeExclude<Pattern>;
}

/** Matches whom and what an event is about, and what was granted. `message` is parsed once. */
export function matchAffected({
	grantedPermissions,
	targets,
}: AffectedFilters): RecordFilter | undefined {
	if (!grantedPermissions && !targets) return undefined;
	return (record) => {
		const message = parseMessage(record);
		if (grantedPermissions && !isIncluded(grantedPermissions, parseGranted(record, message))) {
			return false;
		}
		return !targets || isIncluded(targets, getNames(parseAffected(record, message)));
	};
}

/** Everything that names the affected user, group or application and the affected object. */
function getNames({ subject, member, object }: Affected): string[] {
	const names: string[] = [];
	addNames(names, object);
	if (subject?.type === 'group') addNames(names, subject.group);
	else if (subject) addUserNames(names, subject.user);
	if (member) addUserNames(names, member);
	return names;
}

function addNames(names: string[], { id, name }: NamedEntity): void {
	if (id !== undefined) names.push(id);
	if (name !== undefined) names.push(name);
}

/** A user is also found by the name that summaries show: `Ada (ada@example.com)`. */
function addUserNames(names: string[], user: UserEntity): void {
	addNames(names, user);
	if (user.email !== undefined && user.email !== user.name) names.push(user.email);
	if (user.fullName === undefined) return;
	names.push(user.fullName, labelUser(user) ?? user.fullName);
}
