import { isJsonObject, type JsonObject } from '../records/json';
import type { Cursor, Seen } from './cursor';
import type { ReadInterval } from './intervals';

/** What was read of a log, as plain JSON. */
export interface StoredPosition {
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
export type StoredSeen = Readonly<Record<string, number>>;

/** Converts a position to its stored form. */
export function serializePosition({ lowWatermark, intervals }: Position): StoredPosition {
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

/** Converts a stored position back. */
export function deserializePosition({ floor, floorKey = '', read }: StoredPosition): Position {
	let fromMs = floor;
	const intervals = read.map(([to, readAt, count]): ReadInterval => {
		const interval = { fromMs, toMs: floor + to, readAtMs: floor + readAt, count };
		fromMs = interval.toMs;
		return interval;
	});
	return { lowWatermark: { ms: floor, key: floorKey }, intervals };
}

/** Converts delivered events, of those that are included, to their stored form. */
export function serializeSeen(
	base: number,
	seen: Seen,
	includes: (key: string) => boolean = () => true,
): StoredSeen {
	return Object.fromEntries(
		[...seen].filter(([key]) => includes(key)).map(([key, ms]) => [key, ms - base]),
	);
}

/** Converts stored deliveries back. */
export function deserializeSeen(base: number, stored: StoredSeen): Map<string, number> {
	return new Map(Object.entries(stored).map(([key, offset]) => [key, base + offset]));
}

/** Whether stored JSON has the fields of a position. */
export function isPosition(value: JsonObject): value is JsonObject & StoredPosition {
	const { floor, floorKey, read } = value;
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

/** Whether stored JSON is deliveries. */
export function isSeen(value: unknown): boolean {
	return isJsonObject(value) && Object.values(value).every(Number.isFinite);
}
