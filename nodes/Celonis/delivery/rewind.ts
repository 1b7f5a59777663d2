import type { LogEvent } from '../records/eventId';
import {
	comparePositions,
	dedupeKey,
	getHighWatermark,
	MAX_SEEN,
	type Cursor,
	type Seen,
} from './cursor';

/**
 * Adds the last batch to the cursor after a poll, so that it can be rewound. A poll that delivered
 * nothing leaves the last batch as it was.
 */
export function recordLastBatch(
	before: Cursor,
	after: Cursor,
	delivered: readonly LogEvent[],
): Cursor {
	const lastBatch =
		delivered.length > 0
			? {
					lowWatermark: before.lowWatermark,
					intervals: before.intervals,
					keys: new Set(delivered.map(dedupeKey)),
				}
			: before.lastBatch;
	if (!lastBatch) return after;

	const earlier = delivered.length > 0 ? before.seen : union(before.seen, getSettled(before));
	const settled = [...earlier].filter(
		([key, ms]) =>
			!after.seen.has(key) &&
			!lastBatch.keys.has(key) &&
			comparePositions({ ms, key }, lastBatch.lowWatermark) > 0,
	);
	return { ...after, lastBatch: { ...lastBatch, settled: keepNewest(settled, after) } };
}

/** Moves a cursor back to before its last batch, so that the batch is delivered once more. */
export function rewindLastBatch(cursor: Cursor): Cursor {
	const { lastBatch, ...rest } = cursor;
	if (!lastBatch) return cursor;
	// A cursor that was moved back after the batch stays there: everything since then is read again.
	const isMovedBack = comparePositions(cursor.lowWatermark, lastBatch.lowWatermark) < 0;
	const { lowWatermark, intervals } = isMovedBack ? { ...cursor, intervals: [] } : lastBatch;
	const { keys } = lastBatch;
	const unreadable = [...(cursor.unreadable ?? [])].filter((key) => !keys.has(key));
	const seen = [...union(cursor.seen, lastBatch.settled)].filter(([key]) => !keys.has(key));
	return {
		...rest,
		rewoundFromMs: getHighWatermark(cursor),
		lowWatermark,
		intervals,
		seen: new Map(seen),
		...(cursor.unreadable && { unreadable: new Set(unreadable) }),
	};
}

/**
 * Keeps as many as fit next to what the cursor remembers anyway. After a crash, the others would be
 * delivered again too: more is repeated than the last batch, but nothing is lost.
 */
function keepNewest(settled: Array<[string, number]>, { seen }: Cursor): Seen {
	const capacity = Math.max(0, MAX_SEEN - seen.size);
	return new Map(settled.sort(([, a], [, b]) => b - a).slice(0, capacity));
}

const getSettled = ({ lastBatch }: Cursor): Seen => lastBatch?.settled ?? new Map();

function union(a: Seen, b: Seen): Seen {
	return new Map([...a, ...b]);
}
