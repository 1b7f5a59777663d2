import { scatter } from './random.mts';

export type Order = 'desc' | 'asc' | 'shuffled';
export type Bound = 'inclusive' | 'exclusive';

/** One event as a log of the team holds it. */
export interface LogEntry {
	/** The record as it goes over the wire, written once: key order, nulls and gaps are kept. */
	readonly json: string;
	/** The record's own time, epoch milliseconds. */
	readonly timestamp: number;
	/** From when on the API shows it: late events have a `visibleFrom` after their `timestamp`. */
	readonly visibleFrom: number;
	/** Position in order of arrival; tells apart records that are identical byte for byte. */
	readonly sequence: number;
}

export interface LogWindow {
	from?: number;
	to?: number;
	fromBound: Bound;
	toBound: Bound;
}

/** Brings events up to a point in time; asked before every reading, with times that may repeat. */
export type GrowthSource = (untilMs: number) => Arrival[];

export interface Arrival {
	json: string;
	timestamp: number;
	visibleFrom: number;
}

const rememberedWindows = 16;

/**
 * A log of one team. Nothing is ever deleted: that is the default retention.
 * A reading costs what its window costs, and repeated readings of one window cost nothing.
 */
export class EventLog {
	private entries: LogEntry[] = [];
	private arrived: LogEntry[] = [];
	private sources: GrowthSource[] = [];
	private count = 0;
	private lastVisibleFrom = -Infinity;
	private readings = new Map<string, LogEntry[]>();

	constructor(private readonly seed = 1) {}

	/** Number of records that have been added, visible or not. */
	get size(): number {
		return this.count;
	}

	/**
	 * Adds a record: an object, or its JSON text to be served byte for byte.
	 * `visibleFrom` is epoch milliseconds and defaults to the record's own timestamp.
	 */
	append(record: object | string, options: { visibleFrom?: number } = {}): LogEntry {
		const json = typeof record === 'string' ? record : JSON.stringify(record);
		const timestamp = timestampOf(json);
		return this.add({ json, timestamp, visibleFrom: options.visibleFrom ?? timestamp });
	}

	/** Lets the log grow by itself, as far as the time of each reading. */
	growing(source: GrowthSource): void {
		this.sources.push(source);
	}

	/** Every record that the API shows at this time, oldest first. */
	visibleAt(now: number): LogEntry[] {
		return this.read({ fromBound: 'inclusive', toBound: 'inclusive' }, now, 'asc');
	}

	/** What the API shows at this time of one window, in the server's order. Not to be changed. */
	read(window: LogWindow, now: number, order: Order): LogEntry[] {
		this.growTo(now);
		this.settle();
		const start = this.boundary(window.from, window.fromBound === 'exclusive');
		const end = this.boundary(window.to, window.toBound === 'inclusive', this.entries.length);
		const allVisible = now >= this.lastVisibleFrom;
		const key = [start, end, order, allVisible ? 'all' : now].join();
		const known = this.readings.get(key);
		if (known) return known;

		let result = this.entries.slice(start, Math.max(start, end));
		if (!allVisible) result = result.filter((entry) => entry.visibleFrom <= now);
		if (order === 'desc') result.reverse();
		if (order === 'shuffled') result = this.shuffled(result);

		if (this.readings.size >= rememberedWindows) {
			this.readings.delete(this.readings.keys().next().value!);
		}
		this.readings.set(key, result);
		return result;
	}

	private growTo(now: number): void {
		for (const source of this.sources) for (const arrival of source(now)) this.add(arrival);
	}

	private add(arrival: Arrival): LogEntry {
		const entry = { ...arrival, sequence: this.count++ };
		this.arrived.push(entry);
		this.lastVisibleFrom = Math.max(this.lastVisibleFrom, entry.visibleFrom);
		return entry;
	}

	/** Sorts what arrived since the last reading into the log; touches only what is newer than that. */
	private settle(): void {
		if (this.arrived.length === 0) return;
		const earliest = this.arrived.reduce((min, entry) => Math.min(min, entry.timestamp), Infinity);
		const newer = this.entries.splice(this.boundary(earliest, true));
		const inOrder = newer.concat(this.arrived).sort((a, b) => a.timestamp - b.timestamp);
		for (const entry of inOrder) this.entries.push(entry);
		this.arrived = [];
		this.readings.clear();
	}

	/** Index of the first entry at (or, with `after`, beyond) a time. */
	private boundary(time: number | undefined, after: boolean, missing = 0): number {
		if (time === undefined) return missing;
		let low = 0;
		let high = this.entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const { timestamp } = this.entries[middle]!;
			if (timestamp < time || (after && timestamp === time)) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private shuffled(entries: LogEntry[]): LogEntry[] {
		return entries
			.map((entry) => ({ entry, place: scatter(this.seed, entry.sequence) }))
			.sort((a, b) => a.place - b.place)
			.map(({ entry }) => entry);
	}
}

/** The log of who changed what. */
export class AuditLog extends EventLog {}

function timestampOf(json: string): number {
	const record: unknown = JSON.parse(json);
	const text = (record as { timestamp?: unknown } | null)?.timestamp;
	const ms = typeof text === 'string' ? Date.parse(text) : NaN;
	if (Number.isNaN(ms)) throw new Error(`A record needs a timestamp that is a date: ${json}`);
	return ms;
}
