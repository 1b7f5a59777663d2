import type { Member, MemberDirectory } from '../../../members/directory';
import {
	buildEcsBase,
	buildEcsRelated,
	buildEcsUser,
	uniqueTexts,
	type EcsBase,
} from '../../../output/ecs';
import type { ObjectEntity, UserEntity } from '../../../output/entities';
import { buildRecordFields } from '../../../output/recordFields';
import { parseTeamHost } from '../../../output/team';
import type { LogEvent } from '../../../records/eventId';
import { omitEmpty } from '../../../records/omitEmpty';
import { parseDetails, toUserEntity, type Details } from './details';
import { getEventCategory } from './enrichment';
import type { NamedObject } from './objects';
import { RECORD_TYPES } from './recordTypes';
import { writeSummaryLine } from './summaryLine';

/**
 * An audit event in the Elastic Common Schema. The record as received is in `event.original` as
 * text, and in `celonis` as fields.
 */
export function formatEcs(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { actor, sourceAddress, sourceName, subject } = details;
	const group = subject?.type === 'group' ? omitEmpty({ ...subject.group }) : undefined;
	const member = members?.find(actor);
	// Field by field: a literal with a spread and further fields takes several times as long.
	const document = buildEcsBase(event, buildBase(details, members));
	document.user = buildUser(details, member);
	document.group = group;
	document.entity = omitEmpty({ target: buildTargetEntity(details.objects[0]) });
	document.package = buildPackage(details.objects[0]);
	document.source = omitEmpty({ ip: sourceAddress, address: sourceAddress ?? sourceName });
	document.destination = buildDestination(event.team, details.serverPort);
	document.related = buildEcsRelated({
		team: event.team,
		users: [{ ...toUserEntity(actor), fullName: member?.name }, ...findUsers(details)],
		ips: [sourceAddress],
	});
	document.celonis = buildCelonisFields(event, details, member);
	return omitEmpty(document);
}

function buildBase(details: Details, members?: MemberDirectory): EcsBase {
	const { eventName, classification, outcome, reason, severity } = details;
	const { ecsCategory, secondEcsCategory } = classification;
	return {
		summary: writeSummaryLine(details, members),
		categories: secondEcsCategory ? [ecsCategory, secondEcsCategory] : [ecsCategory],
		types: selectTypes(details),
		action: eventName || 'unknown',
		outcome,
		reason,
		severity,
		dataset: 'celonis.audit',
		product: 'Celonis Audit Log',
	};
}

/** The actor, and in it the affected user: with the group it joined or left, and with what changed. */
function buildUser(details: Details, actorMember: Member | undefined): Record<string, unknown> {
	const { actor, role, subject, userChange } = details;
	const target = getTargetUser(details);
	const group = subject?.type === 'group' && target ? omitEmpty({ ...subject.group }) : undefined;
	return omitEmpty({
		...buildEcsUser(toUserEntity(actor)),
		full_name: actorMember?.name,
		roles: uniqueTexts([role, actorMember?.role]),
		target: target && omitEmpty({ ...buildEcsUser(userChange?.before ?? target), group }),
		changes: userChange && buildChanges(userChange.before, userChange.after),
	});
}

/** In `user.changes`, ECS has what a user was changed to, and nothing else. */
function buildChanges(before: UserEntity, after: UserEntity): Record<string, unknown> {
	const old = buildEcsUser(before);
	const changes = Object.entries(buildEcsUser(after)).filter(([key, value]) => value !== old[key]);
	return Object.fromEntries(changes);
}

/** The affected user. An application with permissions of its own counts as one. */
function getTargetUser({ subject, member }: Details): UserEntity | undefined {
	if (subject?.type === 'group') return member;
	return subject?.type === 'other' ? undefined : subject?.user;
}

/** Everybody whom the record names, besides the actor. */
function findUsers({ subject, member, namedUsers, userChange }: Details): UserEntity[] {
	const user = subject && subject.type !== 'group' ? subject.user : member;
	const affected = subject?.type === 'other' && user?.email === undefined ? undefined : user;
	const changed = userChange ? [userChange.before, userChange.after] : [];
	return [...(affected ? [affected] : []), ...changed, ...namedUsers.map(({ user }) => user)];
}

/** In the category `iam`, ECS has a second type: what kind of object was affected. */
function selectTypes(details: Details): string[] {
	const { classification, subject, member } = details;
	const { ocsfClass, ecsIamType, ecsType, isMembership } = classification;
	if (ecsIamType === undefined) return [ecsType];
	if (isMembership && member) return ['user', ecsType];
	const subjectTypes = {
		group: 'group',
		application: 'admin',
		user: 'user',
		other: 'admin',
	} as const;
	const isSubjectKnown = ocsfClass === 'userAccess' && subject !== undefined;
	return [isSubjectKnown ? subjectTypes[subject.type] : ecsIamType, ecsType];
}

function buildTargetEntity(object: NamedObject | undefined): Record<string, unknown> {
	return omitEmpty({ id: object?.id, name: object?.name, sub_type: object?.type });
}

function buildPackage(object: NamedObject | undefined): Record<string, unknown> | undefined {
	if (object?.type !== 'Studio Package') return undefined;
	return omitEmpty({ name: object.name ?? object.id, version: object.version });
}

/** The server of the team, if the record has its port. */
function buildDestination(
	team: string,
	port: number | undefined,
): Record<string, unknown> | undefined {
	if (port === undefined) return undefined;
	const { hostname, ip } = parseTeamHost(team);
	return omitEmpty({ address: hostname, domain: ip ? undefined : hostname, ip, port });
}

/** Names in `celonis` that are not those of a record's fields. */
const OWN_NAMES = ['object', 'objects', 'privileges', 'severity', 'actor'];

/**
 * The fields of the record, and what ECS has no fields for: category, objects, granted and revoked
 * permissions, and the reason of the severity.
 */
function buildCelonisFields(
	{ raw }: LogEvent,
	details: Details,
	member?: Member,
): Record<string, unknown> {
	const { object, objects, classification, privileges, severity } = details;
	const category = getEventCategory({ raw });
	const { id, name } = object;
	const own = {
		object: omitEmpty({ type: classification.object, id, name, version: objects[0]?.version }),
		objects: objects.map(toObjectFields),
		privileges: omitEmpty({ ...privileges }),
		severity: { ...severity },
		actor: omitEmpty({ groups: member?.groups }),
	};
	const record = buildRecordFields({ ...raw, category }, RECORD_TYPES, OWN_NAMES);
	return omitEmpty({ ...own, ...record });
}

function toObjectFields({ type, id, name, version }: ObjectEntity): Record<string, unknown> {
	return omitEmpty({ type, id, name, version });
}
