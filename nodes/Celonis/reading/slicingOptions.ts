import type { SliceLimits } from './fetchSlice';

/** Which end of a window comes first. */
export type Direction = 'oldestFirst' | 'newestFirst';

/** How windows are read in parallel. */
export interface ParallelOptions {
	readonly direction: Direction;
	/** Maximum number of slices that are read in parallel. */
	readonly concurrency: number;
}

/** How windows are sliced. */
export interface SlicingOptions extends ParallelOptions {
	/** Length of the first slices, in milliseconds. */
	readonly sliceMs: number;
	/** How many events a slice should have. */
	readonly targetEvents: number;
	/** How many events the first slice is expected to have. */
	readonly expectedEvents: number;
	/** When a slice is too long. The argument says whether any slice was complete before. */
	readonly getLimits: (isAnyComplete: boolean) => SliceLimits;
	/**
	 * How many more events are needed. Without `estimateDemand`, slices are read in parallel until they
	 * probably have them; else only those that are needed in any case.
	 */
	readonly demand: () => number;
	/** How many events fill a page, leaving some room; a shorter last slice would save no request. */
	readonly eventsPerPage?: number;
	/**
	 * How many more events are probably to be read until no more are needed. If given, the first pages
	 * of the next slices are fetched in advance as long as they are probably needed.
	 */
	readonly estimateDemand?: () => number;
}
