import type { Stretch } from './intervals';
import type { Cursor, Seen } from './cursor';
import { isJsonObject, type JsonObject } from '../records/json';

/** A cursor as plain JSON, the form in which n8n keeps it between polls. */
export interface StoredCursor extends StoredPosition {
	readonly v: 1;
	/** Delivered after the floor, but for what stands in `lastBatch`. */
	readonly seen: StoredSeen;
	readonly lastBatch?: StoredPosition & {
		/** The part of the last delivery that is after the cursor's floor. */
		readonly seen: StoredSeen;
		readonly settled: StoredSeen;
	};
}

interface StoredPosition {
	/** Epoch milliseconds. */
	readonly floor: number;
	readonly floorKey?: string;
	/** What was read after the floor, without gaps. */
	readonly read: readonly StoredStretch[];
}

/** Where a stretch ends and when it was read, in milliseconds after the floor; and its count. */
type StoredStretch = readonly [toMs: number, readMs: number, count: number];

type Position = Pick<Cursor, 'floor' | 'stretches'>;

/** Keys of events, and their milliseconds after the cursor's floor: short, since there may be many. */
type StoredSeen = Readonly<Record<string, number>>;

/** What was found where the cursor is kept. */
export type FoundCursor =
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: Cursor }
	| { readonly kind: 'unreadable' };

/** The form to keep. */
export function storeCursor(cursor: Cursor): StoredCursor {
	const { seen, lastBatch } = cursor;
	const base = cursor.floor.ms;
	const inBatch = (key: string) => lastBatch?.keys.has(key) === true;
	return {
		v: 1,
		...storePosition(cursor),
		seen: storeSeen(base, seen, (key) => !inBatch(key)),
		...(lastBatch && {
			lastBatch: {
				...storePosition(lastBatch),
				seen: storeSeen(base, seen, inBatch),
				settled: storeSeen(base, lastBatch.settled),
			},
		}),
	};
}

/**
 * Reads what was kept. A cursor that can't be read is told apart from none at all: starting anew
 * without a word would lose events.
 */
export function findCursor(stored: unknown): FoundCursor {
	if (stored === undefined || stored === null) return { kind: 'none' };
	return isStoredCursor(stored)
		? { kind: 'cursor', cursor: loadCursor(stored) }
		: { kind: 'unreadable' };
}

function loadCursor(stored: StoredCursor): Cursor {
	const { lastBatch } = stored;
	const base = stored.floor;
	const others = loadSeen(base, stored.seen);
	if (!lastBatch) return { ...loadPosition(stored), seen: others };

	const batch = loadSeen(base, lastBatch.seen);
	return {
		...loadPosition(stored),
		seen: new Map([...others, ...batch]),
		lastBatch: {
			...loadPosition(lastBatch),
			keys: new Set(batch.keys()),
			settled: loadSeen(base, lastBatch.settled),
		},
	};
}

function storePosition({ floor, stretches }: Position): StoredPosition {
	const read = stretches.map(
		({ toMs, readMs, count }) => [toMs - floor.ms, readMs - floor.ms, count] as const,
	);
	return { floor: floor.ms, ...(floor.key !== '' && { floorKey: floor.key }), read };
}

function loadPosition({ floor, floorKey = '', read }: StoredPosition): Position {
	let fromMs = floor;
	const stretches = read.map(([to, readAt, count]): Stretch => {
		const stretch = { fromMs, toMs: floor + to, readMs: floor + readAt, count };
		fromMs = stretch.toMs;
		return stretch;
	});
	return { floor: { ms: floor, key: floorKey }, stretches };
}

function storeSeen(
	base: number,
	seen: Seen,
	takes: (key: string) => boolean = () => true,
): StoredSeen {
	return Object.fromEntries(
		[...seen].filter(([key]) => takes(key)).map(([key, ms]) => [key, ms - base]),
	);
}

function loadSeen(base: number, stored: StoredSeen): Map<string, number> {
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
		areStretches(read)
	);
}

function areStretches(values: readonly unknown[]): boolean {
	let fromMs = 0;
	return values.every((value) => {
		if (!isStretch(value) || value[0] <= fromMs) return false;
		fromMs = value[0];
		return true;
	});
}

function isStretch(value: unknown): value is StoredStretch {
	return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);
}

function isSeen(value: unknown): boolean {
	return isJsonObject(value) && Object.values(value).every(Number.isFinite);
}
