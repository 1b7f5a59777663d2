import { appendCanonical, appendText, finishDigest, startDigest } from './canonicalDigest';
import { prefixLength } from './canonicalText';
import { hasOnlyFields, sortDuplicates } from './duplicateOrder';
import { ProjectedEvents } from './projectedEvents';
import type { LogRecord } from './record';
import { getSubMillisecondDigits } from './timestamp';

/** A record with its event ID. */
export interface LogEvent extends LogRecord {
	/** The host of the team. */
	readonly team: string;
	/**
	 * 32 hexadecimal digits of a hash of the team, the timestamp and the identity fields, followed by
	 * `-2`, `-3` … for duplicates.
	 */
	readonly eventId: string;
	/** What replaces the record, which is empty then: see `IdentityScope.project`. */
	readonly projection?: object;
}

/**
 * The fields that identify a record of a log: the documented ones except `timestamp`. Only these are
 * hashed, so that a field that Celonis adds later does not change the IDs of old events. Their order
 * matters. An `id` of Celonis' own is none of them: nobody promises that it is unique, or that it is
 * always sent.
 */
export type IdentityFields = readonly string[];

/** What event IDs depend on, besides the records. */
export interface IdentityScope {
	/** The host of the team: two teams can have the same record. */
	readonly team: string;
	readonly identityFields: IdentityFields;
	/**
	 * Whether event IDs are computed when somebody asks for them, because few may be needed. Those of
	 * records with the same time are computed in any case: they determine the order.
	 */
	readonly hasLazyIds?: boolean;
	/**
	 * Makes of an event all that is needed of it, as soon as its page is read: then its record is dropped
	 * before the rest of the window is read. Its event ID is not computed if this does not ask for it, and
	 * it may be numbered later. `undefined` keeps the record. One with undocumented fields is kept in any
	 * case: they determine the order of duplicates.
	 */
	readonly project?: (event: LogEvent) => object | undefined;
}

/** The canonical text of an empty field. No other canonical text begins with it. */
const EMPTY = '_';

/**
 * Assigns an event ID to each record and returns the events, oldest first. Duplicates are numbered, so
 * all records of a millisecond must be passed together.
 *
 * The IDs depend on what the records mean, and on nothing else: see `canonicalText`. That of a record
 * that cannot be read depends on all of its content, but not on when it was read.
 */
export function assignEventIds(records: readonly LogRecord[], scope: IdentityScope): LogEvent[] {
	const assigner = createEventIdAssigner(scope);
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
export function createEventIdAssigner(scope: IdentityScope): EventIdAssigner {
	const { team, identityFields, hasLazyIds, project } = scope;
	const events: LogEvent[] = [];
	const prefix = prefixLength(team);
	const digest = (record: LogRecord) => digestIdentity(prefix, record, identityFields);
	const projected = new ProjectedEvents(team);
	/** One time for all records that cannot be read, whatever their pages: duplicates are neighbours. */
	let readAtMs: number | undefined;
	return {
		add: (records) => {
			for (const record of records) {
				const { raw, timestampMs, problem } = record;
				if (problem) {
					readAtMs ??= timestampMs;
					const eventId = digestUnreadable(prefix, raw);
					events.push({ raw, timestampMs: readAtMs, problem, team, eventId });
				} else if (project) {
					const event = new LazyEvent(record, team, digest);
					const projection = hasOnlyFields(raw, identityFields) ? project(event) : undefined;
					if (projection) projected.add(timestampMs, event.knownId, projection);
					else events.push(event);
				} else if (hasLazyIds) events.push(new LazyEvent(record, team, digest));
				else events.push({ raw, timestampMs, team, eventId: digest(record) });
			}
		},
		// Duplicates have the same time and hash: sorting makes them neighbours.
		events: () => {
			const all = [...events, ...projected.toEvents()];
			return numberDuplicates(all.sort(compareEvents), identityFields);
		},
	};
}

/** An event whose ID is computed when somebody asks for it. */
class LazyEvent implements LogEvent {
	readonly raw: LogEvent['raw'];
	readonly timestampMs: number;
	/** The ID, if somebody has asked for it. */
	knownId: string | undefined = undefined;

	constructor(
		record: LogRecord,
		readonly team: string,
		private readonly digest: (record: LogRecord) => string,
	) {
		this.raw = record.raw;
		this.timestampMs = record.timestampMs;
	}

	get eventId(): string {
		return (this.knownId ??= this.digest(this));
	}
}

function copyEvent({ raw, timestampMs, problem, team, eventId, projection }: LogEvent): LogEvent {
	return {
		raw,
		timestampMs,
		...(problem && { problem }),
		team,
		eventId,
		...(projection && { projection }),
	};
}

/** Compares by time, then by event ID: this order does not depend on how the log was read. */
export function compareEvents(a: LogEvent, b: LogEvent): number {
	if (a.timestampMs !== b.timestampMs) return a.timestampMs - b.timestampMs;
	return a.eventId < b.eventId ? -1 : Number(a.eventId > b.eventId);
}

/** Numbers duplicates, which are neighbours. */
function numberDuplicates(events: LogEvent[], fields: IdentityFields): LogEvent[] {
	for (let start = 0; start < events.length; ) {
		let end = start + 1;
		while (events[end] && compareEvents(events[start]!, events[end]!) === 0) end++;
		if (end - start > 1) {
			sortDuplicates(events.slice(start, end), fields).forEach((duplicate, i) => {
				const { eventId } = duplicate;
				if (i > 0) events[start + i] = { ...copyEvent(duplicate), eventId: `${eventId}-${i + 1}` };
				else events[start] = duplicate;
			});
		}
		start = end;
	}
	return events;
}

function digestIdentity(
	prefix: string,
	{ raw, timestampMs }: LogRecord,
	fields: IdentityFields,
): string {
	startDigest(prefix);
	appendText(`${timestampMs}.${getSubMillisecondDigits(raw.timestamp)};`);
	for (const field of fields) appendCanonical(raw[field], EMPTY);
	return finishDigest();
}

function digestUnreadable(prefix: string, raw: LogRecord['raw']): string {
	startDigest(prefix);
	appendText('!');
	appendCanonical(raw, '');
	return finishDigest();
}
