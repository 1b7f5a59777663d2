import { RecentEntries } from '../records/recentEntries';
import type { KnownLimit } from './adaptiveLimit';

/** For so long, a limit is remembered after it has worked, and a lower one after a 429. */
const LIFE_MS = 60 * 60 * 1000;

/** What is known about the limit of parallel requests. */
interface Entry {
	readonly known: KnownLimit;
	readonly sinceMs: number;
}

/** How many parallel requests an API of a team has answered well, in this process of n8n: see `RecentEntries`. */
export class ConcurrencyMemory {
	readonly #entries = new RecentEntries<Entry>();

	/** What to start with; `undefined` if nothing is known, or not lately. */
	get(team: string, api: string, nowMs: number): KnownLimit | undefined {
		return this.#find(team, api, nowMs)?.known;
	}

	set(team: string, api: string, known: KnownLimit, nowMs: number): void {
		const before = this.#find(team, api, nowMs);
		// Requests that a lower limit lets through do not show that a higher one would get a 429 still.
		const isStillReduced = known.isReduced && before?.known.isReduced === true;
		const sinceMs = isStillReduced ? before.sinceMs : nowMs;
		this.#entries.set(createKey(team, api), { known, sinceMs }, nowMs);
	}

	#find(team: string, api: string, nowMs: number): Entry | undefined {
		const entry = this.#entries.get(createKey(team, api));
		return entry && Math.abs(nowMs - entry.sinceMs) <= LIFE_MS ? entry : undefined;
	}
}

/** The memory of the process that runs this. */
export const concurrencyMemory = new ConcurrencyMemory();

function createKey(team: string, api: string): string {
	return `${api} ${team}`;
}
