import { addInterval, intervalsFrom, settledUntil } from './intervals';
import { comparePositions, dedupeKey, MAX_SEEN, type Cursor, type LogPosition } from './cursor';
import type { LogEvent } from '../records/eventId';
import type { TimeWindow } from '../records/timeWindow';

/** What the user chose about delivery. */
export interface DeliveryRules {
	/** How late an event may show up and still be delivered. */
	readonly lookbackMs: number;
	/** The most events to deliver. */
	readonly maxEvents: number;
	/** Whether the user wants the event. One that is not wanted is not remembered either. */
	readonly matches: (event: LogEvent) => boolean;
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
	observe(reading: Reading): void;
	/** How many more events may be delivered. Zero: the delivery is closed. */
	remaining(): number;
	/** Whether there is something to deliver. */
	hasEvents(): boolean;
	/** Whether anything was read. */
	hasProgress(): boolean;
	/** What there is to deliver, and where to go on from. */
	result(): DeliveryResult;
}

/** What a poll delivers, and the cursor after it. */
export interface DeliveryResult {
	readonly cursor: Cursor;
	/** Oldest first, each once. */
	readonly events: readonly LogEvent[];
	/**
	 * Set when `seen` was full: events older than this that show up late will not be delivered.
	 * Epoch milliseconds.
	 */
	readonly lookbackTruncatedTo?: number;
}

type NewEvent = LogPosition & { readonly event: LogEvent };

/**
 * Begins a step of the cursor. `nowMs` is the server's time: nothing of the readings was read before
 * it. The cursor never moves past an event that is still to be delivered or may still show up, and
 * never back.
 */
export function startDelivery(cursor: Cursor, nowMs: number, rules: DeliveryRules): Delivery {
	const { lookbackMs, maxEvents, matches } = rules;
	const seen = new Map(cursor.seen);
	const found: NewEvent[] = [];
	let intervals = cursor.intervals;
	let firstDeferred: NewEvent | undefined;

	const isNew = (found: NewEvent) =>
		comparePositions(found, cursor.lowWatermark) > 0 && !seen.has(found.key);
	const newIn = (reading: Reading): NewEvent[] =>
		reading.events
			.filter((event) => event.timestampMs >= cursor.lowWatermark.ms && matches(event))
			.map((event) => ({ event, ms: event.timestampMs, key: dedupeKey(event) }))
			.filter(isNew)
			.sort(comparePositions);
	return {
		observe: (reading) => {
			if (firstDeferred) return;
			const fresh = newIn(reading);
			const room = maxEvents - found.length;
			firstDeferred = fresh[room];
			for (const each of fresh.slice(0, room)) {
				found.push(each);
				seen.set(each.key, each.ms);
			}
			const { fromMs } = reading;
			const toMs = Math.floor(Math.min(reading.toMs, nowMs, firstDeferred?.ms ?? Infinity));
			if (fromMs >= toMs) return;
			const count = reading.events.filter(({ timestampMs }) => timestampMs < toMs).length;
			const read = { fromMs, toMs, readAtMs: Math.floor(nowMs), count };
			intervals = addInterval(intervals, read, lookbackMs);
		},
		remaining: () => (firstDeferred ? 0 : maxEvents - found.length),
		hasEvents: () => found.length > 0,
		hasProgress: () => intervals !== cursor.intervals || found.length > 0,
		result: () => {
			const settledMs = Math.min(
				settledUntil(intervals, lookbackMs),
				firstDeferred?.ms ?? Infinity,
			);
			const lowWatermark = laterPosition(cursor.lowWatermark, { ms: settledMs, key: '' });
			const bounded = prune(seen, lowWatermark, firstDeferred);
			return {
				cursor: {
					...cursor,
					lowWatermark: bounded.lowWatermark,
					intervals: intervalsFrom(intervals, bounded.lowWatermark.ms),
					seen: bounded.seen,
				},
				events: found.sort(comparePositions).map(({ event }) => event),
				...(bounded.isShortened && { lookbackTruncatedTo: bounded.lowWatermark.ms }),
			};
		},
	};
}

function laterPosition(a: LogPosition, b: LogPosition): LogPosition {
	return comparePositions(a, b) >= 0 ? a : b;
}

/**
 * Drops what is settled. Where too much is left, the lowWatermark moves up: rather a shorter lookback than
 * an event delivered twice. It stays before the first event that is still to be delivered.
 */
function prune(
	seen: ReadonlyMap<string, number>,
	lowWatermark: LogPosition,
	firstLeft: LogPosition | undefined,
): { lowWatermark: LogPosition; seen: ReadonlyMap<string, number>; isShortened: boolean } {
	const kept = [...seen].filter(([key, ms]) => comparePositions({ ms, key }, lowWatermark) > 0);
	const tooMany = kept.length - MAX_SEEN;
	if (tooMany <= 0) return { lowWatermark, seen: new Map(kept), isShortened: false };

	const places = kept.map(([key, ms]) => ({ key, ms })).sort(comparePositions);
	const settled = places
		.slice(0, tooMany)
		.filter((place) => !firstLeft || comparePositions(place, firstLeft) < 0);
	return {
		lowWatermark: settled[settled.length - 1] ?? lowWatermark,
		seen: new Map(places.slice(settled.length).map(({ key, ms }) => [key, ms])),
		isShortened: settled.length > 0,
	};
}
