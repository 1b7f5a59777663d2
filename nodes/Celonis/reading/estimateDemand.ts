/** How many events are needed, and how many of those that were read so far were. */
export interface Demand {
	/** How many more events are needed. */
	readonly needed: number;
	/** How many events were read, and how many of them were needed. */
	readonly read: number;
	readonly found: number;
}

/** Estimates how many more events are to be read until no more are needed. */
export function estimateDemand({ needed, read, found }: Demand): number {
	// One more than was found: where nothing was found yet, much may have to be read.
	return (needed * (read + 1)) / (found + 1);
}
