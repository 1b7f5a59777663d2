import type { Result } from '../../test/simulation/run.mts';

/** The sum of the results of some seeds. */
export interface Totals {
	seeds: number;
	events: number;
	polls: number;
	faults: number;
	lost: number;
	repeated: number;
	wrong: number;
	/** Losses and repeats that the promise allows. */
	excusedLosses: number;
	excusedRepeats: number;
	/** Repeats after the clock that decides was set back. */
	repeatedAfterSetBack: number;
	readonly failed: number[];
}

export const createTotals = (): Totals => ({
	seeds: 0,
	events: 0,
	polls: 0,
	faults: 0,
	lost: 0,
	repeated: 0,
	wrong: 0,
	excusedLosses: 0,
	excusedRepeats: 0,
	repeatedAfterSetBack: 0,
	failed: [],
});

/** Adds the result of one seed. */
export function addResult(
	totals: Totals,
	{ seed, events, polls, faults, verdict, hasPassed }: Result,
) {
	totals.seeds++;
	totals.events += events;
	totals.polls += polls;
	totals.faults += faults;
	totals.lost += verdict.lost.length;
	totals.repeated += verdict.repeated.length;
	totals.wrong += verdict.wrong.length;
	totals.excusedLosses += verdict.excusedLosses;
	totals.excusedRepeats += verdict.excusedRepeats;
	totals.repeatedAfterSetBack += verdict.repeatedAfterSetBack;
	if (!hasPassed) totals.failed.push(seed);
}

/** Adds the totals of another process. */
export function addTotals(totals: Totals, more: Totals): void {
	for (const key of Object.keys(totals) as Array<keyof Totals>) {
		if (key !== 'failed') totals[key] += more[key];
	}
	totals.failed.push(...more.failed);
}
