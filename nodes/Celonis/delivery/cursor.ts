import { hash } from 'crypto';
import type { ReadInterval } from './intervals';
import type { LogEvent } from '../records/eventId';

/**
 * How far the log has been delivered. Everything up to `lowWatermark` is settled; of what comes after it,
 * exactly the events in `seen` have been delivered.
 */
export interface Cursor {
	readonly lowWatermark: LogPosition;
	/** What has been read after the low watermark, and when. */
	readonly intervals: readonly ReadInterval[];
	readonly seen: Seen;
	/** What it takes to take the last delivery back, where it may have to be repeated. */
	readonly lastBatch?: LastBatch;
}

/** A place in the log's order: by time, then by key, so that even one millisecond can be cut. */
export interface LogPosition {
	/** Epoch milliseconds. */
	readonly ms: number;
	/** `''` comes before every event of the millisecond. */
	readonly key: string;
}

/** Delivered events: their keys, and when they happened in epoch milliseconds. */
export type Seen = ReadonlyMap<string, number>;

/** The last delivery, and where the cursor stood before it. */
export interface LastBatch {
	readonly lowWatermark: LogPosition;
	readonly intervals: readonly ReadInterval[];
	/** Keys of what was delivered; those that are settled by now need not be kept. */
	readonly keys: ReadonlySet<string>;
	/** What was delivered earlier and after this low watermark, but is settled by now. */
	readonly settled: Seen;
}

/** The most deliveries that a cursor remembers. */
export const MAX_SEEN = 100_000;

/** A cursor that will deliver every event from a moment on (epoch milliseconds). */
export function startCursorAt(ms: number): Cursor {
	return { lowWatermark: { ms, key: '' }, intervals: [], seen: new Map() };
}

/** Up to when the log has been read, in epoch milliseconds. */
export function getHighWatermark({
	lowWatermark,
	intervals,
}: Pick<Cursor, 'lowWatermark' | 'intervals'>): number {
	return intervals[intervals.length - 1]?.toMs ?? lowWatermark.ms;
}

/**
 * What stands for an event in a cursor: 84 bits of a hash, whatever the length of its identity.
 * Among 100 000 deliveries two are mixed up with a chance of less than one in a thousand million
 * millions.
 */
export function dedupeKey({ eventId }: LogEvent): string {
	return hash('sha256', eventId, 'base64url').slice(0, 14);
}

/** Compares places, earlier first. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
	if (a.ms !== b.ms) return a.ms - b.ms;
	return a.key < b.key ? -1 : Number(a.key > b.key);
}
