import { candidates, type Candidate } from './candidates.mts';
import type { Options } from './options.mts';

/** One size at one latency, and who takes part. */
export interface Cell {
	readonly events: number;
	readonly latencyMs: number;
	readonly repeats: number;
	readonly contestants: readonly Candidate[];
}

/** The latency at which everything is compared. */
export const USUAL_LATENCY_MS = 20;

/** Sizes from here on are read once, and by version 2 only. */
const HUGE = 1_000_000;

/** What is smaller says little about version 1. */
const LEAST_FOR_V1 = 10_000;

/** At other latencies: one size for both, and one that keeps the processor busy. */
const OTHERS = [
	{ latencyMs: 0, events: 10_000 },
	{ latencyMs: 0, events: 100_000 },
	{ latencyMs: 100, events: 10_000 },
];

/** Which sizes are read at which latency, and by whom. */
export function planOf({ events: sizes, repeats, quick, only }: Options): Cell[] {
	const wanted = candidates.filter(({ id }) => only.test(id));
	const usual = sizes.map((events): Cell => {
		const takesV1 = events >= LEAST_FOR_V1 && events < HUGE;
		return {
			events,
			latencyMs: USUAL_LATENCY_MS,
			repeats: events < HUGE ? repeats : 1,
			contestants: wanted.filter(({ api }) => api === 'v2' || takesV1),
		};
	});
	const others = OTHERS.filter(({ events }) => !quick && sizes.includes(events)).map(
		(other): Cell => ({
			...other,
			repeats,
			contestants: wanted.filter(({ api, client }) => api === 'v2' && client !== 'axios'),
		}),
	);
	return [...usual, ...others].filter((cell) => cell.contestants.length > 0);
}
