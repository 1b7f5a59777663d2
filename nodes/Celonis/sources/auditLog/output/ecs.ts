import { buildEcsBase, uniqueTexts, type EcsBase } from '../../../output/ecs';
import { omitEmpty } from '../../../records/omitEmpty';
import type { LogEvent } from '../../../records/eventId';
import { isJsonObject } from '../../../records/json';
import type { Person } from '../../../output/person';
import type { Member, MemberDirectory } from '../../../members/directory';
import { getEventCategory } from './enrichment';
import { parseDetails, toPerson, type Details } from './details';

/**
 * An event by the Elastic Common Schema. The record as Celonis sent it is kept twice: as text in
 * `event.original`, and as fields under `celonis`.
 */
export function toEcs(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { actor, address, place, role, subject } = details;
	const member = members?.find(actor);
	const target = getTarget(details);
	const group = subject?.kind === 'group' ? subject.group : undefined;
	return omitEmpty({
		...buildEcsBase(event, buildBase(details)),
		user: omitEmpty({
			...toPerson(actor),
			full_name: member?.name,
			roles: uniqueTexts([role, member?.role]),
			target: target && omitEmpty({ ...target }),
		}),
		group: group && omitEmpty({ ...group }),
		source: omitEmpty({ ip: address, address: address ?? place }),
		related: omitEmpty({
			user: uniqueTexts([actor.id, actor.email, target?.id, target?.email ?? target?.name]),
			ip: uniqueTexts([address]),
		}),
		celonis: buildCelonisFields(event, details, member),
	});
}

function buildBase(details: Details): EcsBase {
	const { eventName, classification, outcome, reason, summary } = details;
	return {
		summary,
		category: classification.sort.ecsCategory,
		types: selectTypes(details),
		action: eventName || 'unknown',
		outcome,
		reason,
		dataset: 'celonis.audit',
		product: 'Celonis Audit Log',
	};
}

/** The user whom it is about; an application with permissions of its own counts as one. */
function getTarget({ subject, member }: Details): Person | undefined {
	if (subject?.kind === 'group') return member;
	return subject?.kind === 'other' ? undefined : subject?.person;
}

/** Besides what was done, ECS wants to know of `iam` whom it is about. */
function selectTypes({ classification, subject }: Details): string[] {
	const { ocsfClass, iam } = classification.sort;
	if (iam === undefined) return [classification.ecsType];
	const ofSubject = { group: 'group', application: 'admin', user: 'user', other: 'admin' } as const;
	return [
		ocsfClass === 'userAccess' && subject ? ofSubject[subject.kind] : iam,
		classification.ecsType,
	];
}

/**
 * The record's own fields, and what ECS has no place for: category, what was touched, which
 * permissions were given and taken. Elasticsearch refuses a document in which a field is a text that
 * is an object in others: `message` and `diffPayload` are objects here, a text goes beside them.
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
		else if (value !== undefined && value !== null) fields[`${name}Text`] = JSON.stringify(value);
	}
	return omitEmpty(fields);
}
