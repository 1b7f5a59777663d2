import type { Cursor } from './cursor';

/** What was found where the cursor is kept. */
export type StoredCursor =
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: Cursor }
	| { readonly kind: 'unreadable' };

/**
 * Reads a cursor that was kept between polls. One that can't be read is told apart from none at
 * all: starting anew without a word would lose events.
 */
export function readCursor(stored: unknown): StoredCursor {
	if (stored === undefined || stored === null) return { kind: 'none' };
	return isCursor(stored) ? { kind: 'cursor', cursor: stored } : { kind: 'unreadable' };
}

function isCursor(value: unknown): value is Cursor {
	if (typeof value !== 'object' || value === null) return false;
	const { v, floor, watermark, seen } = value as Record<string, unknown>;
	return (
		v === 1 &&
		Number.isFinite(floor) &&
		Number.isFinite(watermark) &&
		typeof seen === 'object' &&
		seen !== null &&
		!Array.isArray(seen) &&
		Object.values(seen).every(Number.isFinite)
	);
}
