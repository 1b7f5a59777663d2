import { getHighWatermark, type Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { CursorStore } from '../../../nodes/Celonis/delivery/poll';
import {
	parseCursor,
	serializeCursor,
	type StoredCursor,
} from '../../../nodes/Celonis/delivery/cursorCodec';
import type { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { PortFactory } from '../n8n/ports.mts';
import type { Bug } from '../runSeed.mts';

/** Each poll starts where the last one ended: late events are never seen. */
export const strictlyAfterWatermark: Bug = (factory) =>
	changeCursor(factory, (cursor) => ({
		...cursor,
		lowWatermark: { ms: getHighWatermark(cursor), key: '' },
		intervals: [],
		seen: new Map(),
	}));

/** Delivered events are forgotten while they are still read again. */
export const seenPrunedTooEarly: Bug = (factory) =>
	changeCursor(factory, (cursor, lookbackMs) => ({
		...cursor,
		seen: new Map(
			[...cursor.seen].filter(([, ms]) => ms >= getHighWatermark(cursor) - lookbackMs / 2),
		),
	}));

/** What was read once more, before its lookback had passed, is not read again at its end. */
export const readAgainTooEarly: Bug = (factory) =>
	changeCursor(factory, (cursor, lookbackMs) => ({
		...cursor,
		intervals: cursor.intervals.map((interval) =>
			interval.readAtMs - interval.toMs < lookbackMs / 10
				? interval
				: { ...interval, readAtMs: interval.toMs + lookbackMs },
		),
	}));

/** Two events of one millisecond are taken for one. */
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
			store: replace(ports.store, { begin }),
			rules: { ...ports.rules, matches },
		};
	},
});

/** What is beyond the most events of a poll is dropped instead of left for the next one. */
export const restOfBatchDropped: Bug = (factory) => ({
	...factory,
	complete: (ports) => ({
		...ports,
		rules: { ...ports.rules, maxEvents: Infinity },
		deliver: async (fetched) => (await ports.deliver(fetched)).slice(0, ports.rules.maxEvents),
	}),
});

/** The cursor moves on before the log is read; where the reading fails, it has moved all the same. */
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
		return { ...ports, store: replace(ports.store, { begin }) };
	},
});

/** The items are made after the cursor was saved: where that fails, the batch is lost. */
export const commitBeforeDeliver: Bug = (factory) => ({
	...factory,
	complete: (ports) => ({
		...ports,
		store: replace(ports.store, { commit: () => {} }),
		deliver: async (fetched) => {
			ports.store.commit(fetched.cursor, fetched.events);
			return await ports.deliver(fetched);
		},
	}),
});

/** Repeating the last batch brings back what was delivered before it, too. */
export const earlierBatchesRepeated: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) => {
		const data = options.getStaticData;
		const store = factory.createStore(options, mode);
		const commit: CursorStore['commit'] = (cursor, delivered) => {
			store.commit(cursor, delivered);
			for (const [key, stored] of Object.entries(data())) {
				const parsed = parseCursor(stored);
				if (parsed.kind !== 'cursor' || !parsed.cursor.lastBatch) continue;
				const lastBatch = { ...parsed.cursor.lastBatch, settled: new Map<string, number>() };
				data()[key] = serializeCursor({ ...parsed.cursor, lastBatch });
			}
		};
		return replace(store, { commit });
	},
});

/** The last batch is repeated after every poll that failed, too. */
export const repeatsWithoutRestart: Bug = (factory) =>
	changeSavingProcess(factory, () => 'another process');

/** After a start of n8n, the last batch is repeated only where n8n says that it has started. */
export const trustsActivationMode: Bug = (factory) =>
	changeSavingProcess(factory, (savedBy, { mode, processId }) =>
		mode === 'update' ? processId : savedBy,
	);

/** A poll does not notice that n8n gave it a state from before the last delivery. */
export const outdatedStateTaken: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		memory.hasJustDeliveredFrom = () => false;
	});

/** Where the first poll started is not remembered: the durable engine throws its state away. */
export const startForgotten: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		memory.rememberStart = () => {};
	});

/** A poll does not notice that another one of the same node is under way. */
export const pollsOverlap: Bug = (factory) =>
	changeMemory(factory, (memory) => {
		const { acquire } = memory;
		memory.acquire = (nodeKey, nowMs) => {
			acquire.call(memory, nodeKey, nowMs);
			return true;
		};
	});

/** Lets the store believe that the cursor was saved by another process than the one that did. */
function changeSavingProcess(
	factory: PortFactory,
	change: (
		savedBy: string | undefined,
		poll: { readonly mode: string; readonly processId: string },
	) => string | undefined,
): PortFactory {
	return {
		...factory,
		createStore: (options, mode) => {
			const { processId } = options.memory;
			const getStaticData = () =>
				new Proxy(options.getStaticData(), {
					get: (target, name) => {
						const stored = Reflect.get(target, name) as StoredCursor | undefined;
						return stored && { ...stored, savedBy: change(stored.savedBy, { mode, processId }) };
					},
				});
			return factory.createStore({ ...options, getStaticData }, mode);
		},
	};
}

function changeMemory(factory: PortFactory, change: (memory: ProcessMemory) => void): PortFactory {
	return {
		...factory,
		createMemory: (processId) => {
			const memory = factory.createMemory(processId);
			change(memory);
			return memory;
		},
	};
}

function changeCursor(
	factory: PortFactory,
	change: (cursor: Cursor, lookbackMs: number) => Cursor,
): PortFactory {
	return {
		...factory,
		complete: (ports) => ({
			...ports,
			store: replace(ports.store, {
				commit: (cursor, delivered) =>
					ports.store.commit(change(cursor, ports.rules.lookbackMs), delivered),
			}),
		}),
	};
}

/** A store with some of its methods replaced. */
function replace(store: CursorStore, changed: Partial<CursorStore>): CursorStore {
	return {
		begin: () => store.begin(),
		commit: (cursor, delivered) => store.commit(cursor, delivered),
		end: () => store.end(),
		...changed,
	};
}
