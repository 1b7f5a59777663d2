import { cover, coveredFrom, settledUpTo } from './intervals';
import { inOrder, keyOf, MAX_SEEN, type Cursor, type Place } from './cursor';
import type { LogEvent } from '../records/eventId';
import type { TimeWindow } from '../records/timeWindow';

/** What the user chose about delivery. */
export interface DeliveryRules {
	/** How late an event may show up and still be delivered. */
	readonly lookbackMs: number;
	/** The most events to deliver. */
	readonly maxEvents: number;
	/** Whether the user wants the event. One that is not wanted is not remembered either. */
	readonly wants: (event: LogEvent) => boolean;
}

/** A part of the log that was read to its end. */
export interface Reading extends TimeWindow {
	readonly events: readonly LogEvent[];
}

/** A step of the cursor, from one poll to the next, over what the poll reads. */
export interface Delivery {
	/**
	 * Takes a reading: what is new in it will be delivered. A reading begins no later than where the
	 * log has been read. One that does not fit in whole closes the delivery.
	 */
	take(reading: Reading): void;
	/** How many more events may be delivered. Zero: the delivery is closed. */
	room(): number;
	/** Whether there is something to deliver. */
	hasFound(): boolean;
	/** Whether anything was read. */
	hasProgress(): boolean;
	/** What there is to deliver, and where to go on from. */
	result(): Delivered;
}

/** What a poll delivers, and the cursor after it. */
export interface Delivered {
	readonly cursor: Cursor;
	/** Oldest first, each once. */
	readonly events: readonly LogEvent[];
	/**
	 * Set when `seen` was full: events older than this that show up late will not be delivered.
	 * Epoch milliseconds.
	 */
	readonly shortenedTo?: number;
}

type Found = Place & { readonly event: LogEvent };

/**
 * Begins a step of the cursor. `nowMs` is the server's time: nothing of the readings was read before
 * it. The cursor never moves past an event that is still to be delivered or may still show up, and
 * never back.
 */
export function beginDelivery(cursor: Cursor, nowMs: number, rules: DeliveryRules): Delivery {
	const { lookbackMs, maxEvents, wants } = rules;
	const seen = new Map(cursor.seen);
	const found: Found[] = [];
	let stretches = cursor.stretches;
	let firstLeft: Found | undefined;

	const isNew = (found: Found) => inOrder(found, cursor.floor) > 0 && !seen.has(found.key);
	const newIn = (reading: Reading): Found[] =>
		reading.events
			.filter((event) => event.timestampMs >= cursor.floor.ms && wants(event))
			.map((event) => ({ event, ms: event.timestampMs, key: keyOf(event) }))
			.filter(isNew)
			.sort(inOrder);
	return {
		take: (reading) => {
			if (firstLeft) return;
			const fresh = newIn(reading);
			const room = maxEvents - found.length;
			firstLeft = fresh[room];
			for (const each of fresh.slice(0, room)) {
				found.push(each);
				seen.set(each.key, each.ms);
			}
			const { fromMs } = reading;
			const toMs = Math.floor(Math.min(reading.toMs, nowMs, firstLeft?.ms ?? Infinity));
			if (fromMs >= toMs) return;
			const count = reading.events.filter(({ timestampMs }) => timestampMs < toMs).length;
			const read = { fromMs, toMs, readMs: Math.floor(nowMs), count };
			stretches = cover(stretches, read, lookbackMs);
		},
		room: () => (firstLeft ? 0 : maxEvents - found.length),
		hasFound: () => found.length > 0,
		hasProgress: () => stretches !== cursor.stretches || found.length > 0,
		result: () => {
			const settledMs = Math.min(settledUpTo(stretches, lookbackMs), firstLeft?.ms ?? Infinity);
			const floor = later(cursor.floor, { ms: settledMs, key: '' });
			const bounded = forget(seen, floor, firstLeft);
			return {
				cursor: {
					...cursor,
					floor: bounded.floor,
					stretches: coveredFrom(stretches, bounded.floor.ms),
					seen: bounded.seen,
				},
				events: found.sort(inOrder).map(({ event }) => event),
				...(bounded.isShortened && { shortenedTo: bounded.floor.ms }),
			};
		},
	};
}

function later(a: Place, b: Place): Place {
	return inOrder(a, b) >= 0 ? a : b;
}

/**
 * Drops what is settled. Where too much is left, the floor moves up: rather a shorter lookback than
 * an event delivered twice. It stays before the first event that is still to be delivered.
 */
function forget(
	seen: ReadonlyMap<string, number>,
	floor: Place,
	firstLeft: Place | undefined,
): { floor: Place; seen: ReadonlyMap<string, number>; isShortened: boolean } {
	const kept = [...seen].filter(([key, ms]) => inOrder({ ms, key }, floor) > 0);
	const tooMany = kept.length - MAX_SEEN;
	if (tooMany <= 0) return { floor, seen: new Map(kept), isShortened: false };

	const places = kept.map(([key, ms]) => ({ key, ms })).sort(inOrder);
	const settled = places
		.slice(0, tooMany)
		.filter((place) => !firstLeft || inOrder(place, firstLeft) < 0);
	return {
		floor: settled[settled.length - 1] ?? floor,
		seen: new Map(places.slice(settled.length).map(({ key, ms }) => [key, ms])),
		isShortened: settled.length > 0,
	};
}
