import { RecentEntries } from '../records/recentEntries';
import type { KnownLimit } from './adaptiveLimit';

/** How long a limit is remembered after it last worked, and a lower maximum after a 429. */
const LIFE_MS = 60 * 60 * 1000;

/** How many parallel requests an API of a team has answered well, in this process of n8n: see `RecentEntries`. */
export class ConcurrencyMemory {
	readonly #entries = new RecentEntries<{ readonly known: KnownLimit; readonly atMs: number }>();

	/** What to start with; `undefined` if nothing is known, or not lately. */
	get(team: string, api: string, nowMs: number): KnownLimit | undefined {
		const entry = this.#entries.get(createKey(team, api));
		if (!entry || !isRecent(entry.atMs, nowMs)) return undefined;
		const { reducedAtMs, ...known } = entry.known;
		const isReduced = reducedAtMs !== undefined && isRecent(reducedAtMs, nowMs);
		return isReduced ? entry.known : known;
	}

	/** Remembers what a connection has learned. One that knows nothing of a 429 does not undo it. */
	set(team: string, api: string, known: KnownLimit, nowMs: number): void {
		const before = this.get(team, api, nowMs);
		if (before?.reducedAtMs !== undefined && known.reducedAtMs === undefined) return;
		this.#entries.set(createKey(team, api), { known, atMs: nowMs }, nowMs);
	}
}

const isRecent = (atMs: number, nowMs: number): boolean => Math.abs(nowMs - atMs) <= LIFE_MS;

/** The memory of the process that runs this. */
export const concurrencyMemory = new ConcurrencyMemory();

function createKey(team: string, api: string): string {
	return `${api} ${team}`;
}
