import type { LogEvent } from '../records/eventId';
import type { TimeWindow } from '../records/timeWindow';
import { comparePositions, dedupeKey, MAX_SEEN, type Cursor, type LogPosition } from './cursor';
import { UnreadableRecords } from './unreadable';
import { addInterval, intervalsFrom, settledUntil, type ReadInterval } from './intervals';

/** What the user chose about delivery. */
export interface DeliveryRules {
	/** How late an event may appear and still be delivered. */
	readonly lookbackMs: number;
	/** Maximum number of events to deliver. */
	readonly maxEvents: number;
	/** Whether an event passes the filters. One that does not is not remembered either. */
	readonly matches: (event: LogEvent) => boolean;
}

/** A window of the log that was read to its end. */
export interface ReadWindow extends TimeWindow {
	readonly events: readonly LogEvent[];
}

/** A step of the cursor, from one poll to the next. */
export interface Delivery {
	/**
	 * Collects the new events of a window for delivery. A window must not start after the part of the
	 * log that has been read. One whose events do not all fit closes the delivery.
	 */
	observe(window: ReadWindow): void;
	/** How many more events may be delivered. At zero, there is no use in further windows. */
	remaining(): number;
	/** Whether there is something to deliver. */
	hasEvents(): boolean;
	/** Whether anything was read. */
	hasProgress(): boolean;
	/** The events to deliver, and the cursor after them. */
	result(): DeliveryResult;
}

/** What a poll delivers, and the cursor after it. */
export interface DeliveryResult {
	readonly cursor: Cursor;
	/** Oldest first, each once. */
	readonly events: readonly LogEvent[];
	/**
	 * Set when `seen` was full: events older than this that appear late will not be delivered.
	 * Epoch milliseconds.
	 */
	readonly lookbackTruncatedTo?: number;
}

type NewEvent = LogPosition & { readonly event: LogEvent };

/**
 * Starts a step of the cursor. `nowMs` is the server's time before any window was read. The cursor
 * never moves past an event that has not been delivered or may still appear, and never moves back.
 */
export function startDelivery(cursor: Cursor, nowMs: number, rules: DeliveryRules): Delivery {
	const { lookbackMs, maxEvents } = rules;
	const seen = new Map(cursor.seen);
	const collected: NewEvent[] = [];
	let intervals = cursor.intervals;
	let firstDeferred: LogPosition | undefined;
	const unreadable = new UnreadableRecords(cursor.unreadable);

	return {
		observe: (window) => {
			if (firstDeferred) return;
			const odd = unreadable.collect(window.events, rules.matches, maxEvents - collected.length);
			collected.push(...odd.collected);
			if (!odd.isComplete) {
				firstDeferred = { ms: window.fromMs, key: '' };
				return;
			}
			const newEvents = findNewEvents(window, cursor.lowWatermark, seen, rules);
			const capacity = maxEvents - collected.length;
			firstDeferred = newEvents[capacity];
			for (const newEvent of newEvents.slice(0, capacity)) {
				collected.push(newEvent);
				seen.set(newEvent.key, newEvent.ms);
			}
			const toMs = Math.floor(Math.min(window.toMs, nowMs, firstDeferred?.ms ?? Infinity));
			if (window.fromMs >= toMs) return;
			intervals = addInterval(intervals, createInterval(window, toMs, nowMs), lookbackMs);
		},
		remaining: () => (firstDeferred ? 0 : maxEvents - collected.length),
		hasEvents: () => collected.length > 0,
		hasProgress: () => intervals !== cursor.intervals || collected.length > 0,
		result: () => {
			const deferredMs = firstDeferred?.ms ?? Infinity;
			const settledMs = Math.min(settledUntil(intervals, lookbackMs), deferredMs);
			const settled = maxPosition(cursor.lowWatermark, { ms: settledMs, key: '' });
			const { lowWatermark, isTruncated, ...pruned } = prune(seen, settled, firstDeferred);
			return {
				cursor: {
					...cursor,
					lowWatermark,
					intervals: intervalsFrom(intervals, lowWatermark.ms),
					seen: pruned.seen,
					...unreadable.toCursor(),
				},
				events: collected.sort(comparePositions).map(({ event }) => event),
				...(isTruncated && { lookbackTruncatedTo: lowWatermark.ms }),
			};
		},
	};
}

function createInterval({ fromMs, events }: ReadWindow, toMs: number, nowMs: number): ReadInterval {
	const count = events.filter(({ timestampMs, problem }) => !problem && timestampMs < toMs).length;
	return { fromMs, toMs, readAtMs: Math.floor(nowMs), count };
}

/** The events of a window that pass the filters and were not delivered yet, in the log's order. */
function findNewEvents(
	{ events }: ReadWindow,
	lowWatermark: LogPosition,
	seen: ReadonlyMap<string, number>,
	{ matches }: DeliveryRules,
): NewEvent[] {
	return events
		.filter((event) => !event.problem && event.timestampMs >= lowWatermark.ms && matches(event))
		.map((event) => ({ event, ms: event.timestampMs, key: dedupeKey(event) }))
		.filter((event) => comparePositions(event, lowWatermark) > 0 && !seen.has(event.key))
		.sort(comparePositions);
}

function maxPosition(a: LogPosition, b: LogPosition): LogPosition {
	return comparePositions(a, b) >= 0 ? a : b;
}

/**
 * Drops what is settled. Where too much is left, the low watermark moves up: a shorter lookback is
 * better than an event delivered twice. It stays before the first event that has been deferred.
 */
function prune(
	seen: ReadonlyMap<string, number>,
	lowWatermark: LogPosition,
	firstDeferred: LogPosition | undefined,
): { lowWatermark: LogPosition; seen: ReadonlyMap<string, number>; isTruncated: boolean } {
	const unsettled = [...seen].filter(
		([key, ms]) => comparePositions({ ms, key }, lowWatermark) > 0,
	);
	const excess = unsettled.length - MAX_SEEN;
	if (excess <= 0) return { lowWatermark, seen: new Map(unsettled), isTruncated: false };

	const positions = unsettled.map(([key, ms]) => ({ key, ms })).sort(comparePositions);
	const dropped = positions
		.slice(0, excess)
		.filter((position) => !firstDeferred || comparePositions(position, firstDeferred) < 0);
	return {
		lowWatermark: dropped[dropped.length - 1] ?? lowWatermark,
		seen: new Map(positions.slice(dropped.length).map(({ key, ms }) => [key, ms])),
		isTruncated: dropped.length > 0,
	};
}
