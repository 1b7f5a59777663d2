import type { ReadInterval } from './intervals';
import type { Cursor, Seen } from './cursor';
import { isJsonObject, type JsonObject } from '../records/json';

/** A cursor as plain JSON, the form in which n8n keeps it between polls. */
export interface StoredCursor extends StoredPosition {
	readonly v: 1;
	/** The process of n8n that saved it. */
	readonly savedBy?: string;
	/** Delivered after the low watermark, except for the events in `lastBatch`. */
	readonly seen: StoredSeen;
	readonly lastBatch?: StoredPosition & {
		/** The part of the last delivery that is after the cursor's low watermark. */
		readonly seen: StoredSeen;
		readonly settled: StoredSeen;
	};
}

interface StoredPosition {
	/** Epoch milliseconds. */
	readonly floor: number;
	readonly floorKey?: string;
	/** What was read after the low watermark, without gaps. */
	readonly read: readonly StoredInterval[];
}

/**
 * The end of an interval and the time of its last read, in milliseconds after the low watermark, and
 * the number of its records.
 */
type StoredInterval = readonly [toMs: number, readAtMs: number, count: number];

type Position = Pick<Cursor, 'lowWatermark' | 'intervals'>;

/** Timestamps by dedupe key, relative to the low watermark to keep them short: there may be many. */
type StoredSeen = Readonly<Record<string, number>>;

/** What n8n kept: no cursor, a cursor, or something else. */
export type ParsedCursor =
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: Cursor }
	| { readonly kind: 'unreadable' };

/** Converts a cursor to the form that n8n keeps. */
export function serializeCursor(cursor: Cursor): StoredCursor {
	const { seen, lastBatch, savedBy } = cursor;
	const base = cursor.lowWatermark.ms;
	const isInBatch = (key: string) => lastBatch?.keys.has(key) === true;
	return {
		v: 1,
		...(savedBy !== undefined && { savedBy }),
		...serializePosition(cursor),
		seen: serializeSeen(base, seen, (key) => !isInBatch(key)),
		...(lastBatch && {
			lastBatch: {
				...serializePosition(lastBatch),
				seen: serializeSeen(base, seen, isInBatch),
				settled: serializeSeen(base, lastBatch.settled),
			},
		}),
	};
}

/**
 * Parses what n8n kept. A cursor that can't be parsed is not the same as none: starting over silently
 * would lose events.
 */
export function parseCursor(stored: unknown): ParsedCursor {
	if (stored === undefined || stored === null) return { kind: 'none' };
	return isStoredCursor(stored)
		? { kind: 'cursor', cursor: deserializeCursor(stored) }
		: { kind: 'unreadable' };
}

function deserializeCursor(stored: StoredCursor): Cursor {
	const { lastBatch, savedBy } = stored;
	const base = stored.floor;
	const others = deserializeSeen(base, stored.seen);
	const common = {
		...deserializePosition(stored),
		...(typeof savedBy === 'string' && { savedBy }),
	};
	if (!lastBatch) return { ...common, seen: others };

	const batch = deserializeSeen(base, lastBatch.seen);
	return {
		...common,
		seen: new Map([...others, ...batch]),
		lastBatch: {
			...deserializePosition(lastBatch),
			keys: new Set(batch.keys()),
			settled: deserializeSeen(base, lastBatch.settled),
		},
	};
}

function serializePosition({ lowWatermark, intervals }: Position): StoredPosition {
	const read = intervals.map(
		({ toMs, readAtMs, count }) =>
			[toMs - lowWatermark.ms, readAtMs - lowWatermark.ms, count] as const,
	);
	return {
		floor: lowWatermark.ms,
		...(lowWatermark.key !== '' && { floorKey: lowWatermark.key }),
		read,
	};
}

function deserializePosition({ floor, floorKey = '', read }: StoredPosition): Position {
	let fromMs = floor;
	const intervals = read.map(([to, readAt, count]): ReadInterval => {
		const interval = { fromMs, toMs: floor + to, readAtMs: floor + readAt, count };
		fromMs = interval.toMs;
		return interval;
	});
	return { lowWatermark: { ms: floor, key: floorKey }, intervals };
}

function serializeSeen(
	base: number,
	seen: Seen,
	includes: (key: string) => boolean = () => true,
): StoredSeen {
	return Object.fromEntries(
		[...seen].filter(([key]) => includes(key)).map(([key, ms]) => [key, ms - base]),
	);
}

function deserializeSeen(base: number, stored: StoredSeen): Map<string, number> {
	return new Map(Object.entries(stored).map(([key, offset]) => [key, base + offset]));
}

function isStoredCursor(value: unknown): value is StoredCursor {
	if (!isJsonObject(value) || value.v !== 1 || !isPosition(value) || !isSeen(value.seen))
		return false;
	const { lastBatch } = value as { lastBatch?: unknown };
	return (
		lastBatch === undefined ||
		(isJsonObject(lastBatch) &&
			isPosition(lastBatch) &&
			isSeen(lastBatch.seen) &&
			isSeen(lastBatch.settled))
	);
}

function isPosition({ floor, floorKey, read }: JsonObject): boolean {
	return (
		Number.isFinite(floor) &&
		(floorKey === undefined || typeof floorKey === 'string') &&
		Array.isArray(read) &&
		areStoredIntervals(read)
	);
}

function areStoredIntervals(values: readonly unknown[]): boolean {
	let fromMs = 0;
	return values.every((value) => {
		if (!isStoredInterval(value) || value[0] <= fromMs) return false;
		fromMs = value[0];
		return true;
	});
}

function isStoredInterval(value: unknown): value is StoredInterval {
	return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);
}

function isSeen(value: unknown): boolean {
	return isJsonObject(value) && Object.values(value).every(Number.isFinite);
}
