import { hashToNumber } from './random.mts';

export type Order = 'desc' | 'asc' | 'shuffled';
export type Bound = 'inclusive' | 'exclusive';

/** One event as a log of the team holds it. */
export interface LogEntry {
	/** The record as it is sent: key order and nulls are kept. */
	readonly json: string;
	/** The record's own time, epoch milliseconds. */
	readonly timestamp: number;
	/** When the API starts to show it: later than `timestamp` for late events. */
	readonly visibleFrom: number;
	/** Position in the order of arrival; distinguishes identical records. */
	readonly sequence: number;
}

export interface LogWindow {
	from?: number;
	to?: number;
	fromBound: Bound;
	toBound: Bound;
}

/** Returns new events up to a time; called before every reading, with times that may repeat. */
export type GrowthSource = (untilMs: number) => Arrival[];

export interface Arrival {
	json: string;
	timestamp: number;
	visibleFrom: number;
}

const MAX_CACHED_READINGS = 16;

/**
 * A log of one team. Nothing is ever deleted, which is the default retention.
 * The cost of a reading depends on its window only; repeated readings of one window are cached.
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
		const timestamp = parseTimestamp(json);
		return this.add({ json, timestamp, visibleFrom: options.visibleFrom ?? timestamp });
	}

	/** Lets the log grow up to the time of each reading. */
	addGrowthSource(source: GrowthSource): void {
		this.sources.push(source);
	}

	/** Every record that the API shows at this time, oldest first. */
	getVisible(now: number): LogEntry[] {
		return this.read({ fromBound: 'inclusive', toBound: 'inclusive' }, now, 'asc');
	}

	/** What the API shows of a window at this time, in the server's order. Read-only. */
	read(window: LogWindow, now: number, order: Order): LogEntry[] {
		this.growTo(now);
		this.mergeArrivals();
		const start = this.findBoundary(window.from, window.fromBound === 'exclusive');
		const end = this.findBoundary(window.to, window.toBound === 'inclusive', this.entries.length);
		const allVisible = now >= this.lastVisibleFrom;
		const key = [start, end, order, allVisible ? 'all' : now].join();
		const known = this.readings.get(key);
		if (known) return known;

		let result = this.entries.slice(start, Math.max(start, end));
		if (!allVisible) result = result.filter((entry) => entry.visibleFrom <= now);
		if (order === 'desc') result.reverse();
		if (order === 'shuffled') result = this.shuffle(result);

		if (this.readings.size >= MAX_CACHED_READINGS) {
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

	/** Merges what arrived since the last reading into the log; touches only newer entries. */
	private mergeArrivals(): void {
		if (this.arrived.length === 0) return;
		const earliest = this.arrived.reduce((min, entry) => Math.min(min, entry.timestamp), Infinity);
		const newer = this.entries.splice(this.findBoundary(earliest, true));
		const inOrder = newer.concat(this.arrived).sort((a, b) => a.timestamp - b.timestamp);
		for (const entry of inOrder) this.entries.push(entry);
		this.arrived = [];
		this.readings.clear();
	}

	/** Index of the first entry at (or, with `after`, beyond) a time. */
	private findBoundary(time: number | undefined, after: boolean, missing = 0): number {
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

	private shuffle(entries: LogEntry[]): LogEntry[] {
		return entries
			.map((entry) => ({ entry, place: hashToNumber(this.seed, entry.sequence) }))
			.sort((a, b) => a.place - b.place)
			.map(({ entry }) => entry);
	}
}

/** The audit log. */
export class AuditLog extends EventLog {}

function parseTimestamp(json: string): number {
	const record: unknown = JSON.parse(json);
	const text = (record as { timestamp?: unknown } | null)?.timestamp;
	const ms = typeof text === 'string' ? Date.parse(text) : NaN;
	if (Number.isNaN(ms)) throw new Error(`A record needs a timestamp that is a date: ${json}`);
	return ms;
}
