import type { Clock } from '../http/clock';
import type { EventLog } from '../reading/eventLog';
import { fetchServerTime } from '../reading/serverTime';
import { startCursorAt, type Cursor } from './cursor';
import type { LogEvent } from '../records/eventId';
import { fetchNewEvents, type FetchedEvents, type FetchRules } from './fetchNewEvents';

/** Where the cursor of one node and one log is kept between polls. */
export interface CursorStore {
	/** Starts a poll. `end` must follow, unless this throws or the result is stale. */
	begin(): PollStart;
	/**
	 * Saves the cursor after a poll that delivers these events. Call this last, when nothing can fail
	 * any more: n8n's in-memory engine keeps what was saved even if the poll fails afterwards.
	 */
	commit(cursor: Cursor, delivered: readonly LogEvent[]): void;
	/** Ends a poll, whether it was committed or not. */
	end(): void;
}

/** What a poll starts from. */
export interface PollStart {
	/** `undefined` if nothing is saved and no start date is set: the log is delivered from now on. */
	readonly cursor?: Cursor;
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
	const { log, store, rules, clock, deliver } = ports;
	const { cursor, isStale } = store.begin();
	if (isStale) return [];
	try {
		const fetched = cursor
			? await fetchNewEvents(log, cursor, rules, clock)
			: { cursor: startCursorAt(await fetchServerTime(log)), events: [] };
		const items = await deliver(fetched);
		store.commit(fetched.cursor, fetched.events);
		return items;
	} finally {
		store.end();
	}
}
