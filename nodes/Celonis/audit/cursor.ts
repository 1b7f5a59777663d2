import { createHash } from 'crypto';
import type { AuditEvent } from './identity';

/**
 * How far the log has been delivered. Everything up to `floor` is settled; of what comes after it,
 * exactly the events in `seen` have been delivered.
 */
export interface Cursor {
	readonly floor: Place;
	/** Epoch milliseconds: what the log showed before this moment has been delivered. */
	readonly watermark: number;
	readonly seen: Seen;
	/** What it takes to take the last delivery back, where it may have to be repeated. */
	readonly lastBatch?: LastBatch;
}

/** A place in the log's order: by time, then by key, so that even one millisecond can be cut. */
export interface Place {
	/** Epoch milliseconds. */
	readonly ms: number;
	/** `''` comes before every event of the millisecond. */
	readonly key: string;
}

/** Delivered events: their keys, and when they happened in epoch milliseconds. */
export type Seen = ReadonlyMap<string, number>;

/** The last delivery, and where the cursor stood before it. */
export interface LastBatch {
	readonly floor: Place;
	readonly watermark: number;
	/** Keys of what was delivered; those that are settled by now need not be kept. */
	readonly keys: ReadonlySet<string>;
	/** What was delivered earlier and after this floor, but is settled by now. */
	readonly settled: Seen;
}

/** A reading of the log without gaps, from the cursor or from the reading before, up to a moment. */
export interface Reading {
	/** Epoch milliseconds. */
	readonly upToMs: number;
	/** The server's time: nothing of the reading was read before it. */
	readonly nowMs: number;
	readonly events: readonly AuditEvent[];
}

/** What the user chose about delivery. */
export interface DeliveryRules {
	/** How late an event may show up and still be delivered. */
	readonly lookbackMs: number;
	/** The most events to deliver. */
	readonly maxEvents: number;
	/** Whether the user wants the event. One that is not wanted is not remembered either. */
	readonly wants: (event: AuditEvent) => boolean;
}

/** A step of the cursor: what to deliver, and where to go on from. */
export interface Delivery {
	readonly cursor: Cursor;
	/** Oldest first, each once. */
	readonly events: readonly AuditEvent[];
	/** Whether events of the reading are left for the next delivery. */
	readonly isCut: boolean;
	/**
	 * Set when `seen` was full: events older than this that show up late will not be delivered.
	 * Epoch milliseconds.
	 */
	readonly shortenedTo?: number;
}

/** The most deliveries that a cursor remembers. */
export const MAX_SEEN = 20_000;

/** A cursor that will deliver every event from a moment on (epoch milliseconds). */
export function startAt(ms: number): Cursor {
	return { floor: { ms, key: '' }, watermark: ms, seen: new Map() };
}

/**
 * Delivers what a reading brings that was not delivered before, and moves the cursor on: never
 * past an event that is still to be delivered or may still show up, and never back.
 */
export function advance(cursor: Cursor, reading: Reading, rules: DeliveryRules): Delivery {
	const fresh = reading.events
		.filter(rules.wants)
		.map((event) => ({ event, ms: event.timestampMs, key: keyOf(event) }))
		.filter((place) => !isDelivered(cursor, place))
		.sort(inOrder);
	const delivered = fresh.slice(0, rules.maxEvents);
	const firstLeft = fresh[rules.maxEvents];

	const watermark = Math.min(reading.upToMs, firstLeft?.ms ?? Infinity);
	// What happened before the lookback began had to be visible when it was read.
	const settledMs = Math.min(watermark, reading.nowMs - rules.lookbackMs);
	const floor = later(cursor.floor, { ms: settledMs, key: '' });

	const seen = new Map(cursor.seen);
	for (const { key, ms } of delivered) seen.set(key, ms);
	const bounded = forget(seen, floor, firstLeft);
	return {
		cursor: { ...cursor, floor: bounded.floor, watermark, seen: bounded.seen },
		events: delivered.map(({ event }) => event),
		isCut: firstLeft !== undefined,
		...(bounded.isShortened && { shortenedTo: bounded.floor.ms }),
	};
}

/**
 * What stands for an event in a cursor: 80 bits of a hash, whatever the length of its identity.
 * In 20 000 deliveries two are mixed up with a chance of less than one in a million millions.
 */
export function keyOf({ eventId }: AuditEvent): string {
	return createHash('sha256').update(eventId).digest().subarray(0, 10).toString('base64url');
}

/** Compares places, earlier first. */
export function inOrder(a: Place, b: Place): number {
	if (a.ms !== b.ms) return a.ms - b.ms;
	return a.key < b.key ? -1 : Number(a.key > b.key);
}

function isDelivered({ floor, seen }: Cursor, place: Place): boolean {
	return inOrder(place, floor) <= 0 || seen.has(place.key);
}

function later(a: Place, b: Place): Place {
	return inOrder(a, b) >= 0 ? a : b;
}

/**
 * Drops what is settled. Where too much is left, the floor moves up: rather a shorter lookback than
 * an event delivered twice. It stays before the first event that is still to be delivered.
 */
function forget(
	seen: Seen,
	floor: Place,
	firstLeft: Place | undefined,
): { floor: Place; seen: Seen; isShortened: boolean } {
	const kept = [...seen]
		.map(([key, ms]) => ({ key, ms }))
		.filter((place) => inOrder(place, floor) > 0)
		.sort(inOrder);
	const settled = kept
		.slice(0, Math.max(0, kept.length - MAX_SEEN))
		.filter((place) => !firstLeft || inOrder(place, firstLeft) < 0);
	return {
		floor: settled[settled.length - 1] ?? floor,
		seen: new Map(kept.slice(settled.length).map(({ key, ms }) => [key, ms])),
		isShortened: settled.length > 0,
	};
}
