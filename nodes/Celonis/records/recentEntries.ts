/** Far more nodes than one n8n polls, and teams than it reads. */
const MAX_ENTRIES = 5000;

/** A node that has not polled for this long is assumed to be deleted. */
const MAX_UNUSED_MS = 100 * 24 * 60 * 60 * 1000;

interface Entry<Value> {
	readonly value: Value;
	readonly usedAtMs: number;
}

/** What a process remembers, of nodes or teams. It is bounded: the least recently used is evicted. */
export class RecentEntries<Value> {
	/** The least recently used entry comes first. */
	readonly #entries = new Map<string, Entry<Value>>();

	/** An entry that `isKept` holds for is not evicted. */
	constructor(private readonly isKept: (value: Value) => boolean = () => false) {}

	get(key: string): Value | undefined {
		return this.#entries.get(key)?.value;
	}

	set(key: string, value: Value, nowMs: number): void {
		this.#entries.delete(key);
		this.#entries.set(key, { value, usedAtMs: nowMs });
		this.#evict(nowMs);
	}

	delete(key: string): void {
		this.#entries.delete(key);
	}

	/** How many entries there are. */
	get size(): number {
		return this.#entries.size;
	}

	#evict(nowMs: number): void {
		for (const [key, { value, usedAtMs }] of this.#entries) {
			const isUnused = nowMs - usedAtMs > MAX_UNUSED_MS;
			if (!isUnused && this.#entries.size <= MAX_ENTRIES) return;
			if (!this.isKept(value)) this.#entries.delete(key);
		}
	}
}
