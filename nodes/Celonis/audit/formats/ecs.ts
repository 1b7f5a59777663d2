import type { AuditEvent } from '../identity';
import { isJsonObject } from '../json';
import { jsonTextOf } from '../record';
import { formatTimestamp } from '../timestamp';
import { categoryIn } from '../enrichment';
import { detailsOf, personOf, type Details, type Person } from './details';
import { given } from './given';

/** The version of the Elastic Common Schema that is written. */
export const ECS_VERSION = '9.4.0';

/**
 * An event by the Elastic Common Schema. The record as Celonis sent it is kept twice: as text in
 * `event.original`, and as fields under `celonis`.
 */
export function toEcs(event: AuditEvent): Record<string, unknown> {
	const details = detailsOf(event);
	const { actor, address, place, role, subject, summary } = details;
	const target = targetOf(details);
	const group = subject?.kind === 'group' ? subject.group : undefined;
	return given({
		'@timestamp': formatTimestamp(event.timestampMs),
		ecs: { version: ECS_VERSION },
		message: summary,
		event: eventFields(event, details),
		user: given({
			...personOf(actor),
			roles: role === undefined ? [] : [role],
			target: target && given({ ...target }),
		}),
		group: group && given({ ...group }),
		source: given({ ip: address, address: address ?? place }),
		related: given({
			user: unique([actor.id, actor.email, target?.id, target?.email ?? target?.name]),
			ip: unique([address]),
		}),
		observer: { vendor: 'Celonis', product: 'Celonis Audit Log' },
		celonis: celonisFields(event, details),
	});
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

function eventFields(event: AuditEvent, details: Details): Record<string, unknown> {
	return given({
		kind: 'event',
		category: [details.meaning.sort.ecsCategory],
		type: typesOf(details),
		action: details.eventName || 'unknown',
		outcome: details.outcome,
		reason: details.reason,
		id: event.eventId,
		provider: 'celonis',
		module: 'celonis',
		dataset: 'celonis.audit',
		original: jsonTextOf(event.raw),
	});
}

/**
 * The record's own fields, and what ECS has no place for: category, what was touched, which
 * permissions were given and taken. Elasticsearch refuses a document in which a field is a text that
 * is an object in others: `message` and `diffPayload` are objects here, a text goes beside them.
 */
function celonisFields({ raw }: AuditEvent, details: Details): Record<string, unknown> {
	const { object, meaning, privileges } = details;
	const fields: Record<string, unknown> = {
		object: given({ type: meaning.object, ...object }),
		privileges: given({ ...privileges }),
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

function unique(texts: ReadonlyArray<string | null | undefined>): string[] {
	return [...new Set(texts.filter((text): text is string => typeof text === 'string'))];
}
