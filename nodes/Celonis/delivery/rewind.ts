import { inOrder, keyOf, MAX_SEEN, type Cursor, type Seen } from './cursor';
import type { LogEvent } from '../records/eventId';

/**
 * The cursor after a poll, with what it takes to repeat the last delivery. A poll that delivered
 * nothing leaves the last delivery as it was.
 */
export function rememberBatch(
	before: Cursor,
	after: Cursor,
	delivered: readonly LogEvent[],
): Cursor {
	const last =
		delivered.length > 0
			? {
					floor: before.floor,
					stretches: before.stretches,
					keys: new Set(delivered.map(keyOf)),
				}
			: before.lastBatch;
	if (!last) return after;

	const earlier = delivered.length > 0 ? before.seen : union(before.seen, settledIn(before));
	const settled = [...earlier].filter(
		([key, ms]) =>
			!after.seen.has(key) && !last.keys.has(key) && inOrder({ ms, key }, last.floor) > 0,
	);
	return { ...after, lastBatch: { ...last, settled: newest(settled, after) } };
}

/** The cursor with its last delivery taken back, so that it is delivered once more. */
export function takeBackBatch(cursor: Cursor): Cursor {
	const { lastBatch } = cursor;
	if (!lastBatch) return cursor;
	const { floor, stretches, keys } = lastBatch;
	const seen = [...union(cursor.seen, lastBatch.settled)].filter(([key]) => !keys.has(key));
	return { floor, stretches, seen: new Map(seen) };
}

/**
 * As much as fits beside what the cursor remembers anyway. What does not fit would be repeated too
 * after a crash: more than the last batch, but nothing lost.
 */
function newest(settled: Array<[string, number]>, { seen }: Cursor): Seen {
	const room = Math.max(0, MAX_SEEN - seen.size);
	return new Map(settled.sort(([, a], [, b]) => b - a).slice(0, room));
}

const settledIn = ({ lastBatch }: Cursor): Seen => lastBatch?.settled ?? new Map();

function union(a: Seen, b: Seen): Seen {
	return new Map([...a, ...b]);
}
