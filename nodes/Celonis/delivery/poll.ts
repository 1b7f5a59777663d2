import type { Clock } from '../http/clock';
import type { EventLog } from '../reading/eventLog';
import type { Cursor } from './cursor';
import type { LogEvent } from '../records/eventId';
import { fetchNewEvents } from './fetchNewEvents';
import type { FetchedEvents, FetchRules } from './fetching';
import { correctStart, fetchStart } from './start';

/** Where the cursor of one node and one log is kept between polls. */
export interface CursorStore {
	/** Starts a poll. `end` must follow, unless this throws or the result is stale. */
	begin(): PollStart;
	/**
	 * Saves the cursor after a poll that delivers these events, which were fetched from the cursor of
	 * `begin` unless another one is passed. Call this last, when nothing can fail
	 * any more: n8n's in-memory engine keeps what was saved even if the poll fails afterwards.
	 */
	commit(cursor: Cursor, delivered: readonly LogEvent[], fetchedFrom?: Cursor): void;
	/** Ends a poll, whether it was committed or not. */
	end(): void;
}

/** What a poll starts from. */
export interface PollStart {
	/** `undefined` if nothing is saved and no start date is set: the log is delivered from now on. */
	readonly cursor?: Cursor;
	/** Whether another process of n8n has saved the cursor. */
	readonly isFirstOfProcess?: boolean;
	/** Another poll of the node is running, or has delivered from this cursor already. */
	readonly isStale: boolean;
}

/** Everything that a poll needs from outside. */
export interface PollPorts<Item> {
	readonly log: EventLog;
	readonly store: CursorStore;
	readonly rules: FetchRules;
	/** The clock of the deadline in the rules. */
	readonly clock: Clock;
	/** Converts events to items. If it fails, nothing is committed: the next poll fetches them again. */
	readonly deliver: (fetched: FetchedEvents) => Promise<Item[]>;
}

/**
 * One poll: fetches the events since the cursor, delivers them, and advances the cursor. Returns no
 * items if there is nothing new, or if the poll is stale. A failure leaves the cursor unchanged.
 */
export async function poll<Item>(ports: PollPorts<Item>): Promise<Item[]> {
	const { store, deliver } = ports;
	const start = store.begin();
	if (start.isStale) return [];
	try {
		const fetched = await fetchSince(ports, start);
		const items = await deliver(fetched);
		store.commit(fetched.cursor, fetched.events, fetched.fetchedFrom);
		return items;
	} finally {
		store.end();
	}
}

async function fetchSince<Item>(
	{ log, rules, clock }: PollPorts<Item>,
	{ cursor, isFirstOfProcess = false }: PollStart,
): Promise<FetchedEvents & { readonly fetchedFrom?: Cursor }> {
	if (!cursor) return { cursor: await fetchStart(log, clock), events: [] };
	const start = cursor.isProvisional
		? await correctStart(log, cursor, isFirstOfProcess, clock)
		: cursor;
	const fetched = await fetchNewEvents(log, start, { ...rules, isFirstOfProcess }, clock);
	return { ...fetched, fetchedFrom: fetched.movedBackTo ?? start };
}
