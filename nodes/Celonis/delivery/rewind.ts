import { comparePositions, dedupeKey, MAX_SEEN, type Cursor, type Seen } from './cursor';
import type { LogEvent } from '../records/eventId';

/**
 * The cursor after a poll, with what it takes to repeat the last delivery. A poll that delivered
 * nothing leaves the last delivery as it was.
 */
export function recordLastBatch(
	before: Cursor,
	after: Cursor,
	delivered: readonly LogEvent[],
): Cursor {
	const last =
		delivered.length > 0
			? {
					lowWatermark: before.lowWatermark,
					intervals: before.intervals,
					keys: new Set(delivered.map(dedupeKey)),
				}
			: before.lastBatch;
	if (!last) return after;

	const earlier = delivered.length > 0 ? before.seen : union(before.seen, getSettled(before));
	const settled = [...earlier].filter(
		([key, ms]) =>
			!after.seen.has(key) &&
			!last.keys.has(key) &&
			comparePositions({ ms, key }, last.lowWatermark) > 0,
	);
	return { ...after, lastBatch: { ...last, settled: keepNewest(settled, after) } };
}

/** The cursor with its last delivery taken back, so that it is delivered once more. */
export function rewindLastBatch(cursor: Cursor): Cursor {
	const { lastBatch } = cursor;
	if (!lastBatch) return cursor;
	const { lowWatermark, intervals, keys } = lastBatch;
	const seen = [...union(cursor.seen, lastBatch.settled)].filter(([key]) => !keys.has(key));
	return { lowWatermark, intervals, seen: new Map(seen) };
}

/**
 * As much as fits beside what the cursor remembers anyway. What does not fit would be repeated too
 * after a crash: more than the last batch, but nothing lost.
 */
function keepNewest(settled: Array<[string, number]>, { seen }: Cursor): Seen {
	const room = Math.max(0, MAX_SEEN - seen.size);
	return new Map(settled.sort(([, a], [, b]) => b - a).slice(0, room));
}

const getSettled = ({ lastBatch }: Cursor): Seen => lastBatch?.settled ?? new Map();

function union(a: Seen, b: Seen): Seen {
	return new Map([...a, ...b]);
}
