import { hash } from 'crypto';
import { canonicalJson, canonicalText } from './canonicalJson';
import type { LogRecord } from './record';

/** A record with its identity. */
export interface LogEvent extends LogRecord {
	/**
	 * The record's own id where Celonis sends one; else 32 hexadecimal digits of a hash over its
	 * content, followed by `-2`, `-3` … for further records of the same content.
	 */
	readonly eventId: string;
}

/** Fields in which Celonis might send an id of its own. None is documented. */
const OWN_ID_FIELDS = ['eventId', 'id'] as const;

/**
 * The fields that make a record of a log what it is: the documented ones, but for `timestamp`. Only
 * these are hashed: a field that Celonis adds some day must not give the events of last year a new
 * identity. Their order counts.
 */
export type IdentityFields = readonly string[];

/** Stands for an empty field. No text of a value begins like this. */
const EMPTY = '_';

const HASH_DIGITS = 32;
const digits = Buffer.alloc(64);

/**
 * Gives each record its identity; the events come oldest first. Records that share their content are
 * numbered, so all records of a millisecond must be passed together: what is numbered depends on
 * what stands beside it. A record that comes twice under an id of its own is one event.
 *
 * The same log gives the same identities, whatever the order of the records, the order of their
 * keys, and whether an empty field comes as null, as `""` or not at all.
 */
export function assignEventIds(records: readonly LogRecord[], content: IdentityFields): LogEvent[] {
	const identification = createEventIdAssigner(content);
	identification.add(records);
	return identification.events();
}

/** Identities of records that come bit by bit, as `identify` gives them. */
export interface EventIdAssigner {
	add(records: readonly LogRecord[]): void;
	/** The events of all records, the oldest first. To be called once, at the end. */
	events(): LogEvent[];
}

/** Begins with no record. Most of the work is done when records are added. */
export function createEventIdAssigner(content: IdentityFields): EventIdAssigner {
	const events: LogEvent[] = [];
	const ownIds = new Set<string>();
	return {
		add: (records) => {
			for (const record of records) {
				const ownId = getOwnId(record);
				if (ownId !== undefined) ownIds.add(ownId);
				const { raw, timestampMs } = record;
				events.push({ raw, timestampMs, eventId: ownId ?? hashIdentity(record, content) });
			}
		},
		// Records of the same content have the same time and hash: they are neighbours now.
		events: () => keepFirstOfEach(ownIds, numberDuplicates(events.sort(compareEvents), ownIds)),
	};
}

/** Compares by time, then by identity: an order that does not depend on how the log was read. */
export function compareEvents(a: LogEvent, b: LogEvent): number {
	if (a.timestampMs !== b.timestampMs) return a.timestampMs - b.timestampMs;
	return a.eventId < b.eventId ? -1 : Number(a.eventId > b.eventId);
}

function getOwnId({ raw }: LogRecord): string | undefined {
	for (const field of OWN_ID_FIELDS) {
		const value = raw[field];
		if (typeof value === 'string' && value.trim() !== '') return value;
		if (typeof value === 'number') return String(value);
	}
	return undefined;
}

/** One event for each id of its own, the oldest, whatever the order in which they came. */
function keepFirstOfEach(ownIds: ReadonlySet<string>, events: LogEvent[]): LogEvent[] {
	if (ownIds.size === 0) return events;
	const left = new Set(ownIds);
	return events.filter(({ eventId }) => !ownIds.has(eventId) || left.delete(eventId));
}

/** Numbers events of one time and identity, which are neighbours; but for ids of their own. */
function numberDuplicates(events: LogEvent[], ownIds: ReadonlySet<string>): LogEvent[] {
	for (let start = 0; start < events.length; ) {
		const { eventId } = events[start]!;
		let end = start + 1;
		while (events[end] && compareEvents(events[start]!, events[end]!) === 0) end++;
		if (end - start > 1) {
			const twins = sortStably(events.slice(start, end));
			twins.forEach((twin, i) => {
				const isNumbered = i > 0 && !ownIds.has(eventId);
				events[start + i] = isNumbered ? { ...twin, eventId: `${eventId}-${i + 1}` } : twin;
			});
		}
		start = end;
	}
	return events;
}

/** Broken characters (half a surrogate pair) are all one to the hash: such records are numbered. */
function hashIdentity({ raw, timestampMs }: LogRecord, fields: IdentityFields): string {
	let content = `${timestampMs};`;
	for (const field of fields) {
		const value = raw[field];
		const isEmpty = value === undefined || value === null || value === '';
		content += isEmpty ? EMPTY : canonicalText(value);
	}
	// A part of a string would keep all of it in memory, for as long as the event lives.
	digits.write(hash('sha256', content, 'hex'), 'latin1');
	return digits.toString('latin1', 0, HASH_DIGITS);
}

/** Records of one content can differ in undocumented fields: those decide their order. */
function sortStably(alike: readonly LogEvent[]): readonly LogEvent[] {
	return alike
		.map((event) => ({ event, text: canonicalJson(event.raw) }))
		.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
		.map(({ event }) => event);
}
