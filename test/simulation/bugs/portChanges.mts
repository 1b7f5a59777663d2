import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { StoredCursors } from '../../../nodes/Celonis/delivery/cursorCodec';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { LogPage, Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { PortFactory, TriggerStore } from '../n8n/ports.mts';

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
						const stored = Reflect.get(target, name) as StoredCursors | undefined;
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
				commit: (cursor, delivered, fetchedFrom) =>
					ports.store.commit(change(cursor, ports.rules.lookbackMs), delivered, fetchedFrom),
			}),
		}),
	};
}

/** Replaces some methods of a store. */
export function replaceMethods(store: TriggerStore, changed: Partial<TriggerStore>): TriggerStore {
	return {
		begin: () => store.begin(),
		commit: (cursor, delivered, fetchedFrom) => store.commit(cursor, delivered, fetchedFrom),
		end: () => store.end(),
		startNow: () => store.startNow(),
		getSettingsSince: (settings) => store.getSettingsSince(settings),
		rememberSettings: (settings, readAtMs) => store.rememberSettings(settings, readAtMs),
		takeWarning: (problem) => store.takeWarning(problem),
		...changed,
	};
}

/** Changes each page that is read. */
export function changePages(factory: PortFactory, change: (page: LogPage) => LogPage): PortFactory {
	return wrapPaginator(
		factory,
		(paginate) =>
			async function* (request) {
				for await (const page of paginate(request)) {
					const changed = change(page);
					yield changed;
					if (changed.isLast) return;
				}
			},
	);
}

/** The pages before some errors count as the whole window. */
export function endAtErrors(factory: PortFactory, isEnd: (error: unknown) => boolean): PortFactory {
	return wrapPaginator(
		factory,
		(paginate) =>
			async function* (request) {
				let last: LogPage | undefined;
				try {
					for await (const page of paginate(request)) yield (last = page);
				} catch (error) {
					if (!last || !isEnd(error)) throw error;
					yield { ...last, records: [], isLast: true };
				}
			},
	);
}

/** Replaces the paginator. */
export function wrapPaginator(
	factory: PortFactory,
	wrap: (paginate: Paginator) => Paginator,
): PortFactory {
	return {
		...factory,
		createPaginator: (...request) => wrap(factory.createPaginator(...request)),
	};
}

/** Replaces the requests. */
export function wrapSend(
	factory: PortFactory,
	wrap: (send: SendRequest) => SendRequest,
): PortFactory {
	return {
		...factory,
		createPaginator: (sourceName, settings, connection) =>
			factory.createPaginator(sourceName, settings, {
				...connection,
				send: wrap(connection.send),
			}),
	};
}

/** Changes the body of each response that is a JSON object. */
export function changeBodies(
	factory: PortFactory,
	change: (body: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): PortFactory {
	return wrapSend(factory, (send) => async (path, query, options) => {
		const response = await send(path, query, options);
		const { body } = response;
		const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
		return isObject ? { ...response, body: change(body as Record<string, unknown>) } : response;
	});
}
