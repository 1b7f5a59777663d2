import { candidates, type Candidate } from './candidates.mts';
import type { Options } from './options.mts';

/** One size at one latency, and its candidates. */
export interface Cell {
	readonly events: number;
	readonly latencyMs: number;
	readonly repeats: number;
	/** Over TLS, and so far away: there and back in milliseconds. */
	readonly roundTripMs?: number;
	readonly candidates: readonly Candidate[];
}

/** The latency of the comparison. */
export const DEFAULT_LATENCY_MS = 20;

/** Larger sizes are read once, and by version 2 only. */
const SINGLE_RUN_SIZE = 1_000_000;

/** Smaller sizes say little about version 1. */
const MIN_V1_SIZE = 10_000;

/** Other latencies: one size for both, and one that is limited by the processor. */
const EXTRA_CELLS = [
	{ latencyMs: 0, events: 10_000 },
	{ latencyMs: 0, events: 100_000 },
	{ latencyMs: 100, events: 10_000 },
];

/** Which sizes are read at which latency, and by which candidates. */
export function createPlan({ events: sizes, repeats, quick, only }: Options): Cell[] {
	const requested = candidates.filter(({ id }) => only.test(id));
	const usual = sizes.map((events): Cell => {
		const takesV1 = events >= MIN_V1_SIZE && events < SINGLE_RUN_SIZE;
		return {
			events,
			latencyMs: DEFAULT_LATENCY_MS,
			repeats: events < SINGLE_RUN_SIZE ? repeats : 1,
			candidates: requested.filter(
				({ api, fields }) => (api === 'v2' || takesV1) && (!fields || events >= SINGLE_RUN_SIZE),
			),
		};
	});
	const others = EXTRA_CELLS.filter(({ events }) => !quick && sizes.includes(events)).map(
		(other): Cell => ({
			...other,
			repeats,
			candidates: requested.filter(
				({ api, client, fields }) => api === 'v2' && client !== 'axios' && !fields,
			),
		}),
	);
	return [...usual, ...others].filter((cell) => cell.candidates.length > 0);
}

/** Who reads over TLS: what users have, and the least that n8n's request function takes. */
const DISTANT_CANDIDATES: ReadonlySet<string> = new Set([
	...['http-request', 'celonis-v2-1', 'celonis-v2-4', 'celonis-v2-8', 'n8n-v2-8'],
]);

/**
 * Readings over TLS, once for each round trip: it decides, and it is the same each time. The team itself
 * takes no time beyond its work.
 */
export function createDistantPlan(events: number, { roundTripsMs, only }: Options): Cell[] {
	const requested = candidates.filter(
		({ id }) => DISTANT_CANDIDATES.has(id) && only.test(`tls-${id}`),
	);
	return requested.length === 0
		? []
		: roundTripsMs.map((roundTripMs) => ({
				events,
				latencyMs: 0,
				repeats: 1,
				roundTripMs,
				candidates: requested,
			}));
}
