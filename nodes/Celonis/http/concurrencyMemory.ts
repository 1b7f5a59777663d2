/** For so long, connections start with the concurrency that has worked. */
const LIFE_MS = 60 * 60 * 1000;

/** More teams and APIs are forgotten, the least recent first. */
const MAX_ENTRIES = 1000;

/** How many parallel requests an API of a team has answered well, in this process of n8n. */
export class ConcurrencyMemory {
	readonly #entries = new Map<string, { readonly limit: number; readonly atMs: number }>();

	/** How many parallel requests to start with; `undefined` if nothing is known, or not lately. */
	get(team: string, api: string, nowMs: number): number | undefined {
		const known = this.#entries.get(createKey(team, api));
		return known && Math.abs(nowMs - known.atMs) <= LIFE_MS ? known.limit : undefined;
	}

	set(team: string, api: string, limit: number, nowMs: number): void {
		const key = createKey(team, api);
		// A map keeps the order in which keys were added.
		this.#entries.delete(key);
		this.#entries.set(key, { limit, atMs: nowMs });
		if (this.#entries.size <= MAX_ENTRIES) return;
		const [oldest] = this.#entries.keys();
		if (oldest !== undefined) this.#entries.delete(oldest);
	}

	/** How many teams and APIs are remembered. */
	get size(): number {
		return this.#entries.size;
	}
}

/** The memory of the process that runs this. */
export const concurrencyMemory = new ConcurrencyMemory();

function createKey(team: string, api: string): string {
	return `${api} ${team}`;
}
