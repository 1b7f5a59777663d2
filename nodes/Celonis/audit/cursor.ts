import { oldestFirst, type AuditEvent } from './identity';

/**
 * How far the log has been delivered. Plain JSON: it is kept by n8n between polls.
 *
 * Everything older than `floor` is settled. At or after it, exactly the events in `seen` have been
 * delivered. `watermark` is the server's time up to which the log has been read.
 */
export interface Cursor {
	readonly v: 1;
	/** Epoch milliseconds. */
	readonly floor: number;
	/** Epoch milliseconds. */
	readonly watermark: number;
	/** `eventId` → epoch milliseconds of the event. */
	readonly seen: Readonly<Record<string, number>>;
}

/** A reading of the whole log from the cursor's floor on, up to the server's time `nowMs`. */
export interface Reading {
	readonly nowMs: number;
	readonly events: readonly AuditEvent[];
}

/** What the user chose about delivery. */
export interface DeliveryRules {
	/** How late an event may show up and still be delivered. */
	readonly lookbackMs: number;
	/** The most events that one poll may deliver. */
	readonly maxEvents: number;
	/** Whether the user wants the event. One that is not wanted is not remembered either. */
	readonly wants: (event: AuditEvent) => boolean;
}

/** A step of the cursor: what to deliver, and where to go on from. */
export interface Delivery {
	readonly cursor: Cursor;
	/** Oldest first, each once. */
	readonly events: readonly AuditEvent[];
	/**
	 * Set when `seen` was full: events older than this that show up late will not be delivered.
	 * Epoch milliseconds.
	 */
	readonly shortenedTo?: number;
}

/** The most identities that a cursor remembers. */
export const MAX_SEEN = 20_000;

/** A cursor that will deliver every event from a moment on (epoch milliseconds). */
export function startAt(timestampMs: number): Cursor {
	return { v: 1, floor: timestampMs, watermark: timestampMs, seen: {} };
}

/**
 * Delivers what a reading brings that was not delivered before, and moves the cursor on: never
 * past an event that is still to be delivered, and never back.
 */
export function advance(cursor: Cursor, reading: Reading, rules: DeliveryRules): Delivery {
	const fresh = reading.events
		.filter(
			(event) =>
				event.timestampMs >= cursor.floor && !isSeen(cursor, event.eventId) && rules.wants(event),
		)
		.sort(oldestFirst);
	const events = fresh.slice(0, rules.maxEvents);
	const firstLeft = fresh[rules.maxEvents];

	const readUpTo = Math.max(cursor.watermark, reading.nowMs);
	const watermark = firstLeft ? Math.min(readUpTo, firstLeft.timestampMs) : readUpTo;
	const floor = Math.max(cursor.floor, watermark - rules.lookbackMs);

	const remembered = new Map(Object.entries(cursor.seen));
	for (const event of events) remembered.set(event.eventId, event.timestampMs);
	const bounded = forget(remembered, floor, watermark);

	return {
		cursor: { v: 1, floor: bounded.floor, watermark, seen: Object.fromEntries(bounded.seen) },
		events,
		...(bounded.floor > floor && { shortenedTo: bounded.floor }),
	};
}

function isSeen(cursor: Cursor, eventId: string): boolean {
	return Object.prototype.hasOwnProperty.call(cursor.seen, eventId);
}

/**
 * Drops what is older than the floor. Where too much is left, the floor moves up: rather a shorter
 * lookback than an event delivered twice. It stays at or below the watermark, since what lies
 * beyond may still have to be delivered.
 */
function forget(
	seen: ReadonlyMap<string, number>,
	floor: number,
	watermark: number,
): { floor: number; seen: Array<[string, number]> } {
	const kept = [...seen].filter(([, timestampMs]) => timestampMs >= floor);
	if (kept.length <= MAX_SEEN) return { floor, seen: kept };

	const times = kept.map(([, timestampMs]) => timestampMs).sort((a, b) => b - a);
	const newestToDrop = times[MAX_SEEN] as number;
	const raised = Math.max(floor, Math.min(newestToDrop + 1, watermark));
	return { floor: raised, seen: kept.filter(([, timestampMs]) => timestampMs >= raised) };
}
