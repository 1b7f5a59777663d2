import { hash } from 'crypto';
import type { LogEvent } from '../records/eventId';
import type { ReadInterval } from './intervals';

/**
 * How far the log has been delivered. Everything up to `lowWatermark` is settled; of what comes after
 * it, exactly the events in `seen` have been delivered.
 */
export interface Cursor {
	readonly lowWatermark: LogPosition;
	/** What has been read after the low watermark, and when. */
	readonly intervals: readonly ReadInterval[];
	readonly seen: Seen;
	/**
	 * Dedupe keys of delivered records that cannot be read. Without a time, they are never settled: the
	 * log may show them in every window. At most `MAX_SEEN`, the oldest first.
	 */
	readonly unreadable?: ReadonlySet<string>;
	/** Set if the last batch may have to be delivered once more. */
	readonly lastBatch?: LastBatch;
	/**
	 * The timestamp of the newest record that was read and was not in the future of the server's clock,
	 * in epoch milliseconds.
	 */
	readonly newestRecordMs?: number;
	/** Whether the low watermark is a start that only this machine's clock has set. */
	readonly isProvisional?: boolean;
	/** How far the log was read before the last batch was taken back, in epoch milliseconds; not saved. */
	readonly rewoundFromMs?: number;
	/** The process of n8n that saved the cursor. */
	readonly savedBy?: string;
	readonly lastPoll?: PollTimes;
}

/** A position in the log's order: by time, then by key, so that even one millisecond can be cut. */
export interface LogPosition {
	/** Epoch milliseconds. */
	readonly ms: number;
	/** `''` comes before every event of the millisecond. */
	readonly key: string;
}

/** Delivered events: their dedupe keys, and their timestamps in epoch milliseconds. */
export type Seen = ReadonlyMap<string, number>;

/** The last batch that was delivered, and the position of the cursor before it. */
export interface LastBatch {
	readonly lowWatermark: LogPosition;
	readonly intervals: readonly ReadInterval[];
	/** Dedupe keys of the batch; those that are settled by now need not be kept. */
	readonly keys: ReadonlySet<string>;
	/** Events after this low watermark that were delivered before the batch and are settled by now. */
	readonly settled: Seen;
}

/** The most deliveries that a cursor remembers. */
export const MAX_SEEN = 100_000;

/** A cursor that delivers every event since a moment (epoch milliseconds). */
export function startCursorAt(ms: number): Cursor {
	return { lowWatermark: { ms, key: '' }, intervals: [], seen: new Map() };
}

/** When a poll read the log, in epoch milliseconds. */
export interface PollTimes {
	/** By the clock of polls, of which only differences count. */
	readonly clockMs: number;
	/** By the server's clock, at the earliest; by the other clocks if it is not known. */
	readonly serverMs: number;
}

/** Up to when the log has been read, in epoch milliseconds. */
export function getHighWatermark({
	lowWatermark,
	intervals,
}: Pick<Cursor, 'lowWatermark' | 'intervals'>): number {
	return intervals[intervals.length - 1]?.toMs ?? lowWatermark.ms;
}

/** About how many records were read after the low watermark. */
export function countRecords({ intervals }: Cursor): number {
	return intervals.reduce((sum, { count }) => sum + count, 0);
}

/**
 * What identifies an event in a cursor: 84 bits of a hash, whatever the length of its event ID. Among
 * 100 000 deliveries, two share a key with a probability of less than 10⁻¹⁵.
 */
export function dedupeKey({ eventId }: LogEvent): string {
	return hash('sha256', eventId, 'base64url').slice(0, 14);
}

/** Compares positions, earlier first. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
	if (a.ms !== b.ms) return a.ms - b.ms;
	return a.key < b.key ? -1 : Number(a.key > b.key);
}
