import type { LogEvent } from '../records/eventId';
import { dedupeKey, MAX_SEEN, type LogPosition } from './cursor';

/** Delivered records that cannot be read, and those that come to them in a poll. */
export class UnreadableRecords {
	readonly #keys: Set<string>;

	constructor(delivered: ReadonlySet<string> | undefined) {
		this.#keys = new Set(delivered);
	}

	/** Records that were not delivered yet, at most this many, and whether these are all. */
	collect(
		events: readonly LogEvent[],
		matches: (event: LogEvent) => boolean,
		capacity: number,
	): { readonly collected: ReadonlyArray<LogPosition & { event: LogEvent }>; isComplete: boolean } {
		const collected: Array<LogPosition & { event: LogEvent }> = [];
		for (const event of events) {
			if (!event.problem || !matches(event)) continue;
			const key = dedupeKey(event);
			if (this.#keys.has(key)) continue;
			if (collected.length >= capacity) return { collected, isComplete: false };
			this.#keys.add(key);
			collected.push({ event, ms: event.timestampMs, key });
		}
		return { collected, isComplete: true };
	}

	/** What a cursor keeps of them: the last ones. */
	toCursor(): { readonly unreadable?: ReadonlySet<string> } {
		if (this.#keys.size === 0) return {};
		return { unreadable: new Set([...this.#keys].slice(-MAX_SEEN)) };
	}
}
