import { hash } from 'crypto';
import { canonicalJson, canonicalText } from './canonicalJson';
import type { LogRecord } from './record';

/** A record with its event ID. */
export interface LogEvent extends LogRecord {
	/**
	 * The record's own ID if Celonis sends one; else 32 hexadecimal digits of a hash of its identity
	 * fields, followed by `-2`, `-3` … for duplicates.
	 */
	readonly eventId: string;
}

/** Fields in which Celonis might send an ID. None of them is documented. */
const OWN_ID_FIELDS = ['eventId', 'id'] as const;

/**
 * The fields that identify a record of a log: the documented ones except `timestamp`. Only these are
 * hashed, so that a field that Celonis adds later does not change the IDs of old events. Their order
 * matters.
 */
export type IdentityFields = readonly string[];

/** The canonical text of an empty field. No other canonical text begins with it. */
const EMPTY = '_';

const HASH_DIGITS = 32;
const digits = Buffer.alloc(64);

/**
 * Assigns an event ID to each record and returns the events, oldest first. Duplicates are numbered, so
 * all records of a millisecond must be passed together. Records with the same ID of their own are one
 * event.
 *
 * The IDs do not depend on the order of the records, on the order of their keys, or on whether an
 * empty field is null, `""` or missing.
 */
export function assignEventIds(
	records: readonly LogRecord[],
	identityFields: IdentityFields,
): LogEvent[] {
	const assigner = createEventIdAssigner(identityFields);
	assigner.add(records);
	return assigner.events();
}

/** Assigns the same event IDs as `assignEventIds` to records that arrive in parts. */
export interface EventIdAssigner {
	add(records: readonly LogRecord[]): void;
	/** The events of all records, oldest first. Call it once, at the end. */
	events(): LogEvent[];
}

/** Creates an assigner without records. Most of the work is done when records are added. */
export function createEventIdAssigner(identityFields: IdentityFields): EventIdAssigner {
	const events: LogEvent[] = [];
	const ownIds = new Set<string>();
	return {
		add: (records) => {
			for (const record of records) {
				const ownId = getOwnId(record);
				if (ownId !== undefined) ownIds.add(ownId);
				const { raw, timestampMs } = record;
				events.push({ raw, timestampMs, eventId: ownId ?? hashIdentity(record, identityFields) });
			}
		},
		// Duplicates have the same time and hash: sorting makes them neighbours.
		events: () => dedupeByOwnId(ownIds, numberDuplicates(events.sort(compareEvents), ownIds)),
	};
}

/** Compares by time, then by event ID: this order does not depend on how the log was read. */
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

/** Keeps the oldest event of each own ID. */
function dedupeByOwnId(ownIds: ReadonlySet<string>, events: LogEvent[]): LogEvent[] {
	if (ownIds.size === 0) return events;
	const remaining = new Set(ownIds);
	return events.filter(({ eventId }) => !ownIds.has(eventId) || remaining.delete(eventId));
}

/** Numbers duplicates, which are neighbours. IDs of their own are not numbered. */
function numberDuplicates(events: LogEvent[], ownIds: ReadonlySet<string>): LogEvent[] {
	for (let start = 0; start < events.length; ) {
		const { eventId } = events[start]!;
		let end = start + 1;
		while (events[end] && compareEvents(events[start]!, events[end]!) === 0) end++;
		if (end - start > 1) {
			const duplicates = sortByContent(events.slice(start, end));
			duplicates.forEach((duplicate, i) => {
				const isNumbered = i > 0 && !ownIds.has(eventId);
				events[start + i] = isNumbered
					? { ...duplicate, eventId: `${eventId}-${i + 1}` }
					: duplicate;
			});
		}
		start = end;
	}
	return events;
}

/** The hash is the same for all unpaired surrogates: records that differ in them are numbered. */
function hashIdentity({ raw, timestampMs }: LogRecord, fields: IdentityFields): string {
	let text = `${timestampMs};`;
	for (const field of fields) {
		const value = raw[field];
		const isEmpty = value === undefined || value === null || value === '';
		text += isEmpty ? EMPTY : canonicalText(value);
	}
	// A substring would keep the whole string in memory as long as the event.
	digits.write(hash('sha256', text, 'hex'), 'latin1');
	return digits.toString('latin1', 0, HASH_DIGITS);
}

/** Duplicates can differ in undocumented fields, which determine their order. */
function sortByContent(duplicates: readonly LogEvent[]): readonly LogEvent[] {
	return duplicates
		.map((event) => ({ event, text: canonicalJson(event.raw) }))
		.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
		.map(({ event }) => event);
}
