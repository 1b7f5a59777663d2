import { RecentEntries } from '../records/recentEntries';

/** For so long, connections start with the concurrency that has worked. */
const LIFE_MS = 60 * 60 * 1000;

/** How many parallel requests an API of a team has answered well, in this process of n8n: see `RecentEntries`. */
export class ConcurrencyMemory {
	readonly #entries = new RecentEntries<{ readonly limit: number; readonly atMs: number }>();

	/** How many parallel requests to start with; `undefined` if nothing is known, or not lately. */
	get(team: string, api: string, nowMs: number): number | undefined {
		const known = this.#entries.get(createKey(team, api));
		return known && Math.abs(nowMs - known.atMs) <= LIFE_MS ? known.limit : undefined;
	}

	set(team: string, api: string, limit: number, nowMs: number): void {
		this.#entries.set(createKey(team, api), { limit, atMs: nowMs }, nowMs);
	}
}

/** The memory of the process that runs this. */
export const concurrencyMemory = new ConcurrencyMemory();

function createKey(team: string, api: string): string {
	return `${api} ${team}`;
}
