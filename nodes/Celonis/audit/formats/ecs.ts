import type { AuditEvent } from '../identity';
import { jsonTextOf } from '../record';
import { formatTimestamp } from '../timestamp';
import { categoryIn } from '../enrichment';
import { detailsOf, personOf, type Details } from './details';
import { given } from './given';

/** The version of the Elastic Common Schema that is written. */
export const ECS_VERSION = '9.4.0';

/** Which types ECS expects with a category: its field reference, "expected event types". */
const TYPES_OF_CATEGORY = {
	api: ['access', 'admin', 'change', 'creation', 'deletion', 'end', 'info', 'start', 'user'],
	configuration: ['access', 'change', 'creation', 'deletion', 'info'],
	database: ['access', 'change', 'info'],
	file: ['access', 'change', 'creation', 'deletion', 'info'],
	iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
	process: ['access', 'change', 'end', 'info', 'start'],
} as const satisfies Readonly<Record<Details['meaning']['sort']['ecsCategory'], readonly string[]>>;

/**
 * An event by the Elastic Common Schema. The record as Celonis sent it is kept twice: as text in
 * `event.original`, and as fields under `celonis`.
 */
export function toEcs(event: AuditEvent): Record<string, unknown> {
	const details = detailsOf(event);
	const { actor, address, place, role, subject, member, summary } = details;
	const target = subject?.kind === 'group' ? member : subject?.person;
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
		celonis: celonisFields(event),
	});
}

/** The types that go with an event, of those that ECS has for its category. */
export function ecsTypesOf({ meaning, subject }: Pick<Details, 'meaning' | 'subject'>): string[] {
	const { ecsCategory, iam } = meaning.sort;
	const expected: readonly string[] = TYPES_OF_CATEGORY[ecsCategory];
	const type = expected.includes(meaning.ecsType) ? meaning.ecsType : 'info';
	if (iam === undefined) return [type];
	const ofSubject = { group: 'group', application: 'admin', user: 'user' } as const;
	return [meaning.sort.ocsfClass === 'userAccess' && subject ? ofSubject[subject.kind] : iam, type];
}

function eventFields(event: AuditEvent, details: Details): Record<string, unknown> {
	return given({
		kind: 'event',
		category: [details.meaning.sort.ecsCategory],
		type: ecsTypesOf(details),
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
 * The record's own fields. Elasticsearch refuses a document in which a field is a text that is an
 * object in others: `message` and `diffPayload` are objects here, a text goes to a field beside them.
 */
function celonisFields(event: AuditEvent): Record<string, unknown> {
	const { raw } = event;
	const fields: Record<string, unknown> = { ...raw, category: categoryIn(event) };
	for (const name of ['message', 'diffPayload']) {
		const value = raw[name];
		const isObject = typeof value === 'object' && !Array.isArray(value);
		if (value === undefined || isObject) continue;
		delete fields[name];
		fields[`${name}Text`] = typeof value === 'string' ? value : JSON.stringify(value);
	}
	return fields;
}

function unique(texts: ReadonlyArray<string | null | undefined>): string[] {
	return [...new Set(texts.filter((text): text is string => typeof text === 'string'))];
}
