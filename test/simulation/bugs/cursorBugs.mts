import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { NodeParts } from '../n8n/node.mts';
import type { Bug } from '../runSeed.mts';
import { rewindLastBatch, getHighWatermark } from '../trigger';

/** Each poll starts where the last one ended: late events are never seen. */
export const strictlyAfterWatermark: Bug = (parts) =>
	withCursor(parts, (cursor) => ({
		...cursor,
		lowWatermark: { ms: getHighWatermark(cursor), key: '' },
		intervals: [],
		seen: new Map(),
	}));

/** Delivered events are forgotten while they are still read again. */
export const seenPrunedTooEarly: Bug = (parts) =>
	withCursor(parts, (cursor, lookbackMs) => ({
		...cursor,
		seen: new Map(
			[...cursor.seen].filter(([, ms]) => ms >= getHighWatermark(cursor) - lookbackMs / 2),
		),
	}));

/** What was read once more, before its lookback had passed, is not read again at its end. */
export const readAgainTooEarly: Bug = (parts) =>
	withCursor(parts, (cursor, lookbackMs) => ({
		...cursor,
		intervals: cursor.intervals.map((interval) =>
			interval.readAtMs - interval.toMs < lookbackMs / 10
				? interval
				: { ...interval, readAtMs: interval.toMs + lookbackMs },
		),
	}));

/** Two events of one millisecond are taken for one. */
export const sameTimestampIsSameEvent: Bug = (parts) => ({
	...parts,
	poll: async (log, kept, rules, time) => {
		const times = new Set(kept?.seen.values());
		const matches = (event: Parameters<typeof rules.matches>[0]) => {
			const isNew = !times.has(event.timestampMs) && rules.matches(event);
			if (isNew) times.add(event.timestampMs);
			return isNew;
		};
		return await parts.poll(log, kept, { ...rules, matches }, time);
	},
});

/** What is beyond the most events of a poll is dropped instead of left for the next one. */
export const restOfBatchDropped: Bug = (parts) => ({
	...parts,
	poll: async (log, kept, rules, time) => {
		const all = await parts.poll(log, kept, { ...rules, maxEvents: Infinity }, time);
		return { ...all, events: all.events.slice(0, rules.maxEvents) };
	},
});

/** The cursor moves on before the log is read; where the reading fails, it has moved all the same. */
export const stateBeforeFetch: Bug = (parts, { serverNow }) => ({
	...parts,
	loadCursor: (place, settings) => {
		const kept = parts.loadCursor(place, settings);
		if (kept) {
			const nowMs = serverNow();
			parts.saveCursor(place, { ...kept, intervals: [], lowWatermark: { ms: nowMs, key: '' } });
		}
		return kept;
	},
});

/** Repeating the last batch brings back what was delivered before it, too. */
export const earlierBatchesRepeated: Bug = (parts) => ({
	...parts,
	poll: async (log, kept, rules, time) => {
		const found = await parts.poll(log, kept, rules, time);
		const { lastBatch } = found.cursor;
		if (!lastBatch) return found;
		const forgetful = { ...lastBatch, settled: new Map<string, number>() };
		return { ...found, cursor: { ...found.cursor, lastBatch: forgetful } };
	},
});

/** The last batch is repeated after every poll that failed, too. */
export const repeatsWithoutRestart: Bug = (parts) => ({
	...parts,
	loadCursor: (place, settings) => {
		const kept = parts.loadCursor(place, settings);
		return kept && settings.repeatLastBatch ? rewindLastBatch(kept) : kept;
	},
});

/** After a start of n8n, the last batch is repeated only where n8n says that it has started. */
export const trustsActivationMode: Bug = (parts) => ({
	...parts,
	loadCursor: (place, settings) => {
		const isUpdate = place.context.getActivationMode() === 'update';
		return parts.loadCursor(place, isUpdate ? { ...settings, repeatLastBatch: false } : settings);
	},
});

/** A poll does not notice that n8n gave it a state from before the last delivery. */
export const outdatedStateTaken: Bug = (parts) => ({ ...parts, isOutdated: () => false });

/** Where the first poll started is not remembered: the durable engine throws its state away. */
export const startForgotten: Bug = (parts) => ({ ...parts, rememberStart: () => {} });

/** A poll does not notice that another one of the same node is under way. */
export const pollsOverlap: Bug = (parts) => ({
	...parts,
	withPollLock: async (_nodeKey, poll) => await poll(),
});

function withCursor(
	parts: NodeParts,
	change: (cursor: Cursor, lookbackMs: number) => Cursor,
): NodeParts {
	return {
		...parts,
		poll: async (log, kept, rules, time) => {
			const found = await parts.poll(log, kept, rules, time);
			return { ...found, cursor: change(found.cursor, rules.lookbackMs) };
		},
	};
}
