import { getHighWatermark } from '../../../nodes/Celonis/delivery/cursor';
import { parseCursor, serializeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';
import type { CursorStore } from '../../../nodes/Celonis/delivery/poll';
import type { Bug } from '../runSeed.mts';
import { changeCursor, changeMemory, changeSavingProcess, replaceMethods } from './portChanges.mts';

/** Each poll starts where the last one ended: late events are never seen. */
export const strictlyAfterWatermark: Bug = (factory) =>
	changeCursor(factory, (cursor) => ({
		...cursor,
		lowWatermark: { ms: getHighWatermark(cursor), key: '' },
		intervals: [],
		seen: new Map(),
	}));

/** The cursor drops delivered events while they can still be read again. */
export const seenPrunedTooEarly: Bug = (factory) =>
	changeCursor(factory, (cursor, lookbackMs) => ({
		...cursor,
		seen: new Map(
			[...cursor.seen].filter(([, ms]) => ms >= getHighWatermark(cursor) - lookbackMs / 2),
		),
	}));

/** An interval that was read again before the end of its lookback gets no final read. */
export const readAgainTooEarly: Bug = (factory) =>
	changeCursor(factory, (cursor, lookbackMs) => ({
		...cursor,
		intervals: cursor.intervals.map((interval) =>
			interval.readAtMs - interval.toMs < lookbackMs / 10
				? interval
				: { ...interval, readAtMs: interval.toMs + lookbackMs },
		),
	}));

/** Two events with the same timestamp count as one. */
export const sameTimestampIsSameEvent: Bug = (factory) => ({
	...factory,
	complete: (ports) => {
		const times = new Set<number>();
		const begin = () => {
			const start = ports.store.begin();
			for (const ms of start.cursor?.seen.values() ?? []) times.add(ms);
			return start;
		};
		const matches: typeof ports.rules.matches = (event) => {
			const isNew = !times.has(event.timestampMs) && ports.rules.matches(event);
			if (isNew) times.add(event.timestampMs);
			return isNew;
		};
		return {
			...ports,
			store: replaceMethods(ports.store, { begin }),
			rules: { ...ports.rules, matches },
		};
	},
});

/** Events beyond the limit of a poll are dropped instead of deferred. */
export const restOfBatchDropped: Bug = (factory) => ({
	...factory,
	complete: (ports) => ({
		...ports,
		rules: { ...ports.rules, maxEvents: Infinity },
		deliver: async (fetched) => (await ports.deliver(fetched)).slice(0, ports.rules.maxEvents),
	}),
});

/** The cursor advances before the log is read, even if the read fails. */
export const stateBeforeFetch: Bug = (factory, { serverNow }) => ({
	...factory,
	complete: (ports) => {
		const begin = () => {
			const start = ports.store.begin();
			if (start.cursor) {
				const lowWatermark = { ms: serverNow(), key: '' };
				ports.store.commit({ ...start.cursor, intervals: [], lowWatermark }, []);
			}
			return start;
		};
		return { ...ports, store: replaceMethods(ports.store, { begin }) };
	},
});

/** The cursor is saved before the items are made: if that fails, the batch is lost. */
export const commitBeforeDeliver: Bug = (factory) => ({
	...factory,
	complete: (ports) => ({
		...ports,
		store: replaceMethods(ports.store, { commit: () => {} }),
		deliver: async (fetched) => {
			ports.store.commit(fetched.cursor, fetched.events);
			return await ports.deliver(fetched);
		},
	}),
});

/** Repeat Last Batch also repeats earlier batches. */
export const earlierBatchesRepeated: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) => {
		const data = options.getStaticData;
		const store = factory.createStore(options, mode);
		const commit: CursorStore['commit'] = (cursor, delivered, fetchedFrom) => {
			store.commit(cursor, delivered, fetchedFrom);
			for (const [key, stored] of Object.entries(data())) {
				const parsed = parseCursor(stored, options.team);
				if (parsed.kind !== 'cursor' || !parsed.cursor.lastBatch) continue;
				const lastBatch = { ...parsed.cursor.lastBatch, settled: new Map<string, number>() };
				data()[key] = serializeCursor({ ...parsed.cursor, lastBatch }, options.team, stored);
			}
		};
		return replaceMethods(store, { commit });
	},
});

/** The last batch is also repeated after every failed poll. */
export const repeatsWithoutRestart: Bug = (factory) =>
	changeSavingProcess(factory, () => 'another process');

/** After a start of n8n, the last batch is repeated only if the activation mode announces the start. */
export const trustsActivationMode: Bug = (factory) =>
	changeSavingProcess(factory, (savedBy, { mode, processId }) =>
		mode === 'update' ? processId : savedBy,
	);

/** A poll does not detect a state from before the last delivery. */
export const outdatedStateTaken: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		memory.hasJustDeliveredFrom = () => false;
	});

/** The memory does not keep the start: the durable engine discards the state of the first poll. */
export const startForgotten: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		memory.rememberStart = () => {};
	});

/** A poll does not detect that another poll of the same node is running. */
export const pollsOverlap: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		const { acquire } = memory;
		memory.acquire = (nodeKey, nowMs) => {
			acquire.call(memory, nodeKey, nowMs);
			return true;
		};
	});
