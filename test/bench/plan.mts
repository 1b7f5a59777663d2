import { candidates, type Candidate } from './candidates.mts';
import type { Options } from './options.mts';

/** One size at one latency, and its candidates. */
export interface Cell {
	readonly events: number;
	readonly latencyMs: number;
	readonly repeats: number;
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
			candidates: requested.filter(({ api }) => api === 'v2' || takesV1),
		};
	});
	const others = EXTRA_CELLS.filter(({ events }) => !quick && sizes.includes(events)).map(
		(other): Cell => ({
			...other,
			repeats,
			candidates: requested.filter(({ api, client }) => api === 'v2' && client !== 'axios'),
		}),
	);
	return [...usual, ...others].filter((cell) => cell.candidates.length > 0);
}
