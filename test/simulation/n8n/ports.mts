import type { WorkflowActivateMode } from 'n8n-workflow';
import type { FetchedEvents } from '../../../nodes/Celonis/delivery/fetching';
import type { CursorStore, PollPorts } from '../../../nodes/Celonis/delivery/poll';
import type { Clock } from '../../../nodes/Celonis/http/clock';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { SOURCES, type SourceName } from '../../../nodes/Celonis/sources';
import {
	StaticDataCursorStore,
	type CursorStoreOptions,
} from '../../../nodes/Celonis/trigger/cursorStore';
import type { PollAttempt } from '../../../nodes/Celonis/trigger/activation';
import { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { LatenessWarning } from '../checker/warnings.mts';
import type { Item } from '../history.mts';
import { matchesSettings, type Settings } from '../plan/settings.mts';

/** The store of a poll, as the trigger uses it. */
export type TriggerStore = CursorStore &
	Pick<StaticDataCursorStore, 'startNow' | 'getSettingsSince' | 'rememberSettings' | 'takeWarning'>;

/** The ports of a poll, as the trigger assembles them. */
export type TriggerPorts = PollPorts<Item> & { readonly store: TriggerStore };

/** Creates the ports of a poll. A deliberate bug replaces one of them by a wrong one. */
export interface PortFactory {
	createMemory(processId: string): ProcessMemory;
	createStore(options: CursorStoreOptions, mode: WorkflowActivateMode): TriggerStore;
	/** Whether an error leaves the trigger active: the poll returns `null`. */
	tolerates(attempt: PollAttempt, error: unknown, team: string): boolean;
	createPaginator(sourceName: SourceName, settings: Settings, connection: Connection): Paginator;
	/** Changes the assembled ports. */
	complete(ports: TriggerPorts, settings: Settings): TriggerPorts;
}

/** The ports of the trigger itself. */
export const realPorts: PortFactory = {
	createMemory: (processId) => new ProcessMemory(processId),
	createStore: (options) => new StaticDataCursorStore(options),
	tolerates: (attempt, error, team) => attempt.tolerates(error, team),
	createPaginator: (sourceName, { apiVersion }, connection) =>
		SOURCES[sourceName].createPaginator(connection, { apiVersion }),
	complete: (ports) => ports,
};

/** The settings and dependencies of one poll. */
export interface PortOptions {
	readonly sourceName: SourceName;
	readonly settings: Settings;
	readonly startMs: number | undefined;
	readonly mode: WorkflowActivateMode;
	readonly memory: ProcessMemory;
	readonly staticData: Record<string, unknown>;
	readonly clock: Clock;
	readonly deadlineMs: number;
	/** Its `team` is the host of the team. */
	readonly connection: Connection;
	readonly pageSize: number;
	/** Whether making the items of this poll fails. */
	readonly failsToDeliver: () => boolean;
	/** Receives a warning that events appear late. */
	readonly onLateness?: (warning: PollWarning) => void;
}

/** What a poll knows of its warning. */
export type PollWarning = Omit<LatenessWarning, 'atMs'>;

/** Creates the ports of a poll in the simulated n8n. */
export function createPorts(factory: PortFactory, options: PortOptions): TriggerPorts {
	const { sourceName, settings, startMs, mode, memory, staticData, clock, connection } = options;
	const { lookbackMs, maxEvents, concurrency, repeatLastBatch } = settings;
	const { identityFields } = SOURCES[sourceName];
	const paginate = factory.createPaginator(sourceName, settings, connection);
	const store = factory.createStore(
		{
			getStaticData: () => staticData,
			log: sourceName,
			team: connection.team,
			nodeKey: 'simulated',
			memory,
			clock,
			...(startMs !== undefined && { startMs }),
			repeatLastBatch,
		},
		mode,
	);
	return factory.complete(
		{
			log: {
				api: sourceName,
				team: connection.team,
				pages: (request) => paginate({ pageSize: options.pageSize, ...request }),
				getConcurrency: connection.getConcurrency,
				identityFields,
			},
			store,
			rules: {
				lookbackMs,
				maxEvents,
				concurrency,
				deadlineMs: options.deadlineMs,
				settingsSinceMs: store.getSettingsSince(settings),
				...(startMs !== undefined && { startMs }),
				matches: ({ raw }) => matchesSettings(settings, raw),
			},
			clock,
			deliver: async (fetched) => {
				if (options.failsToDeliver()) throw new Error('The items could not be made');
				const items = toItems(sourceName, connection.team, fetched);
				// As the trigger does, see nodes/Celonis/trigger/poll.ts.
				const { latenessMs, readAtMs } = fetched;
				if (readAtMs !== undefined) store.rememberSettings(settings, readAtMs);
				if (latenessMs !== undefined && store.takeWarning('lateness')) {
					const records = items.map(({ record }) => record);
					const { processId } = memory;
					const { team } = connection;
					options.onLateness?.({ team, processId, latenessMs, lookbackMs, records });
				}
				return items;
			},
		},
		settings,
	);
}

/** Formats the items as the trigger does in its default output. */
function toItems(sourceName: SourceName, team: string, { events }: FetchedEvents): Item[] {
	const format = SOURCES[sourceName].formatters.event;
	return events.map((event) => {
		// Formatting completes the record in place.
		const record = { ...event.raw };
		return { eventId: String(format(event).eventId), team, record };
	});
}
