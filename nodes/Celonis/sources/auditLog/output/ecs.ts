import { ecsFrame, unique, type EcsFrame } from '../../../output/ecs';
import { given } from '../../../records/omitEmpty';
import type { LogEvent } from '../../../records/eventId';
import { isJsonObject } from '../../../records/json';
import type { Person } from '../../../output/person';
import type { Member, Members } from '../../../members/directory';
import { categoryIn } from './enrichment';
import { detailsOf, personOf, type Details } from './details';

/**
 * An event by the Elastic Common Schema. The record as Celonis sent it is kept twice: as text in
 * `event.original`, and as fields under `celonis`.
 */
export function toEcs(event: LogEvent, members?: Members): Record<string, unknown> {
	const details = detailsOf(event);
	const { actor, address, place, role, subject } = details;
	const member = members?.find(actor);
	const target = targetOf(details);
	const group = subject?.kind === 'group' ? subject.group : undefined;
	return given({
		...ecsFrame(event, frameOf(details)),
		user: given({
			...personOf(actor),
			full_name: member?.name,
			roles: unique([role, member?.role]),
			target: target && given({ ...target }),
		}),
		group: group && given({ ...group }),
		source: given({ ip: address, address: address ?? place }),
		related: given({
			user: unique([actor.id, actor.email, target?.id, target?.email ?? target?.name]),
			ip: unique([address]),
		}),
		celonis: celonisFields(event, details, member),
	});
}

function frameOf(details: Details): EcsFrame {
	const { eventName, meaning, outcome, reason, summary } = details;
	return {
		summary,
		category: meaning.sort.ecsCategory,
		types: typesOf(details),
		action: eventName || 'unknown',
		outcome,
		reason,
		dataset: 'celonis.audit',
		product: 'Celonis Audit Log',
	};
}

/** The user whom it is about; an application with permissions of its own counts as one. */
function targetOf({ subject, member }: Details): Person | undefined {
	if (subject?.kind === 'group') return member;
	return subject?.kind === 'other' ? undefined : subject?.person;
}

/** Besides what was done, ECS wants to know of `iam` whom it is about. */
function typesOf({ meaning, subject }: Details): string[] {
	const { ocsfClass, iam } = meaning.sort;
	if (iam === undefined) return [meaning.ecsType];
	const ofSubject = { group: 'group', application: 'admin', user: 'user', other: 'admin' } as const;
	return [ocsfClass === 'userAccess' && subject ? ofSubject[subject.kind] : iam, meaning.ecsType];
}

/**
 * The record's own fields, and what ECS has no place for: category, what was touched, which
 * permissions were given and taken. Elasticsearch refuses a document in which a field is a text that
 * is an object in others: `message` and `diffPayload` are objects here, a text goes beside them.
 */
function celonisFields(
	{ raw }: LogEvent,
	details: Details,
	member?: Member,
): Record<string, unknown> {
	const { object, meaning, privileges } = details;
	const fields: Record<string, unknown> = {
		object: given({ type: meaning.object, ...object }),
		privileges: given({ ...privileges }),
		actor: given({ groups: member?.groups }),
		...raw,
		category: categoryIn({ raw }),
	};
	for (const name of ['message', 'diffPayload']) {
		const value = raw[name];
		if (isJsonObject(value)) continue;
		delete fields[name];
		if (typeof value === 'string') fields[`${name}Text`] = value;
		else if (value !== undefined && value !== null) fields[`${name}Text`] = JSON.stringify(value);
	}
	return given(fields);
}
