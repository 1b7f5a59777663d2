import { isJsonObject, type JsonObject } from '../records/json';
import { getHighWatermark, startCursorAt, type Cursor } from './cursor';
import { deserializePosition, isPosition } from './storedPosition';

/**
 * Version 1 identified events in another way, so what it delivered is not recognized: the log is
 * delivered from where it was read last. It did not name the team. `undefined` if it
 * cannot be parsed.
 */
export function parseVersion1(stored: JsonObject): Cursor | undefined {
	const { savedBy, lastBatch } = stored;
	if (!isPosition(stored)) return undefined;
	const cursor = {
		...startCursorAt(getHighWatermark(deserializePosition(stored))),
		...(typeof savedBy === 'string' && { savedBy }),
	};
	if (!isJsonObject(lastBatch) || !isPosition(lastBatch)) return cursor;
	const { lowWatermark } = startCursorAt(getHighWatermark(deserializePosition(lastBatch)));
	const batch = { lowWatermark, intervals: [], keys: new Set<string>(), settled: new Map() };
	return { ...cursor, lastBatch: batch };
}
