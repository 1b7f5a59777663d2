import { HASH_DIGITS } from './canonicalDigest';
import type { LogRecord } from './record';

const INITIAL_EVENTS = 512;

/** The record of an event whose projection replaces it. */
const NO_FIELDS: LogRecord['raw'] = {};

/** An event of which only a projection is kept. */
export interface ProjectedEvent extends LogRecord {
	readonly team: string;
	/** Empty if it was not computed, because nobody sees it. */
	readonly eventId: string;
	readonly projection: object;
}

/**
 * Events whose projections replace their records, in columns: an object for each of them would live for
 * as long as their window is read, and then be garbage that V8 does not collect for a long time.
 */
export class ProjectedEvents {
	readonly #times: number[] = [];
	readonly #projections: object[] = [];
	/** The event IDs before duplicates are numbered: each has as many digits. */
	#ids = Buffer.alloc(0);
	#hasIds = false;

	constructor(private readonly team: string) {}

	/** Adds an event. Either all events have an ID, or none. */
	add(timestampMs: number, eventId: string | undefined, projection: object): void {
		if (eventId !== undefined) this.#addId(eventId);
		this.#times.push(timestampMs);
		this.#projections.push(projection);
	}

	#addId(eventId: string): void {
		const offset = this.#times.length * HASH_DIGITS;
		if (offset === this.#ids.length) {
			const larger = Buffer.allocUnsafeSlow(Math.max(2 * offset, INITIAL_EVENTS * HASH_DIGITS));
			this.#ids.copy(larger);
			this.#ids = larger;
		}
		this.#ids.write(eventId, offset, 'latin1');
		this.#hasIds = true;
	}

	/** The events, in the order in which they were added. */
	toEvents(): ProjectedEvent[] {
		return this.#projections.map((projection, i) => ({
			raw: NO_FIELDS,
			timestampMs: this.#times[i] ?? NaN,
			team: this.team,
			eventId: this.#hasIds
				? this.#ids.toString('latin1', i * HASH_DIGITS, (i + 1) * HASH_DIGITS)
				: '',
			projection,
		}));
	}
}
