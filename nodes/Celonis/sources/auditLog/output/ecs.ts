import type { Member, MemberDirectory } from '../../../members/directory';
import { buildEcsBase, uniqueTexts, type EcsBase } from '../../../output/ecs';
import type { UserEntity } from '../../../output/entities';
import type { LogEvent } from '../../../records/eventId';
import { stringifyJson } from '../../../records/canonicalJson';
import { isJsonObject } from '../../../records/json';
import { omitEmpty } from '../../../records/omitEmpty';
import { isNullish } from '../../../records/text';
import { parseDetails, toUserEntity, type Details } from './details';
import { getEventCategory } from './enrichment';
import { writeSummaryLine } from './summaryLine';

/**
 * An audit event in the Elastic Common Schema. The record as received is in `event.original` as
 * text, and in `celonis` as fields.
 */
export function formatEcs(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { actor, sourceAddress, sourceName, role, subject } = details;
	const member = members?.find(actor);
	const targetUser = getTargetUser(details);
	const group = subject?.type === 'group' ? subject.group : undefined;
	return omitEmpty({
		...buildEcsBase(event, buildBase(details, members)),
		user: omitEmpty({
			...toUserEntity(actor),
			full_name: member?.name,
			roles: uniqueTexts([role, member?.role]),
			target: targetUser && omitEmpty({ ...targetUser }),
		}),
		group: group && omitEmpty({ ...group }),
		source: omitEmpty({ ip: sourceAddress, address: sourceAddress ?? sourceName }),
		related: omitEmpty({
			user: uniqueTexts([
				actor.id,
				actor.email,
				targetUser?.id,
				targetUser?.email ?? targetUser?.name,
			]),
			ip: uniqueTexts([sourceAddress]),
		}),
		celonis: buildCelonisFields(event, details, member),
	});
}

function buildBase(details: Details, members?: MemberDirectory): EcsBase {
	const { eventName, classification, outcome, reason } = details;
	return {
		summary: writeSummaryLine(details, members),
		category: classification.ecsCategory,
		types: selectTypes(details),
		action: eventName || 'unknown',
		outcome,
		reason,
		dataset: 'celonis.audit',
		product: 'Celonis Audit Log',
	};
}

/** The affected user. An application with permissions of its own counts as one. */
function getTargetUser({ subject, member }: Details): UserEntity | undefined {
	if (subject?.type === 'group') return member;
	return subject?.type === 'other' ? undefined : subject?.user;
}

/** In the category `iam`, ECS has a second type: what kind of object was affected. */
function selectTypes({ classification, subject }: Details): string[] {
	const { ocsfClass, ecsIamType, ecsType } = classification;
	if (ecsIamType === undefined) return [ecsType];
	const subjectTypes = {
		group: 'group',
		application: 'admin',
		user: 'user',
		other: 'admin',
	} as const;
	const isSubjectKnown = ocsfClass === 'userAccess' && subject !== undefined;
	return [isSubjectKnown ? subjectTypes[subject.type] : ecsIamType, ecsType];
}

/**
 * The fields of the record, and what ECS has no fields for: category, affected object, and granted
 * and revoked permissions. Elasticsearch rejects a document whose field is text where other documents
 * have an object. `message` and `diffPayload` are therefore always objects; text goes to a field of
 * its own.
 */
function buildCelonisFields(
	{ raw }: LogEvent,
	details: Details,
	member?: Member,
): Record<string, unknown> {
	const { object, classification, privileges } = details;
	const fields: Record<string, unknown> = {
		object: omitEmpty({ type: classification.object, ...object }),
		privileges: omitEmpty({ ...privileges }),
		actor: omitEmpty({ groups: member?.groups }),
		...raw,
		category: getEventCategory({ raw }),
	};
	for (const name of ['message', 'diffPayload']) {
		const value = raw[name];
		if (isJsonObject(value)) continue;
		delete fields[name];
		if (typeof value === 'string') fields[`${name}Text`] = value;
		else if (!isNullish(value)) fields[`${name}Text`] = stringifyJson(value);
	}
	return omitEmpty(fields);
}
