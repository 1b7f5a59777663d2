import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { StoredCursor } from '../../../nodes/Celonis/delivery/cursorCodec';
import type { CursorStore } from '../../../nodes/Celonis/delivery/poll';
import type { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { PortFactory } from '../n8n/ports.mts';

/** Changes the process that the stored cursor names. */
export function changeSavingProcess(
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

/** Changes the memory of each process. */
export function changeMemory(
	factory: PortFactory,
	change: (memory: ProcessMemory) => void,
): PortFactory {
	return {
		...factory,
		createMemory: (processId) => {
			const memory = factory.createMemory(processId);
			change(memory);
			return memory;
		},
	};
}

/** Changes each cursor before it is saved. */
export function changeCursor(
	factory: PortFactory,
	change: (cursor: Cursor, lookbackMs: number) => Cursor,
): PortFactory {
	return {
		...factory,
		complete: (ports) => ({
			...ports,
			store: replaceMethods(ports.store, {
				commit: (cursor, delivered) =>
					ports.store.commit(change(cursor, ports.rules.lookbackMs), delivered),
			}),
		}),
	};
}

/** Replaces some methods of a store. */
export function replaceMethods(store: CursorStore, changed: Partial<CursorStore>): CursorStore {
	return {
		begin: () => store.begin(),
		commit: (cursor, delivered) => store.commit(cursor, delivered),
		end: () => store.end(),
		...changed,
	};
}
