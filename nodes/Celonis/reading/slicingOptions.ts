import type { SliceLimits } from './fetchSlice';

/** Which end of a window comes first. */
export type Direction = 'oldestFirst' | 'newestFirst';

/** How windows are sliced. */
export interface SlicingOptions {
	readonly direction: Direction;
	/** Length of the first slices, in milliseconds; `Infinity`: each window is a slice. */
	readonly sliceMs: number;
	/** How many events a slice should have. */
	readonly targetEvents: number;
	/** How many events the first slice is expected to have. */
	readonly expectedEvents: number;
	/** When a slice is too long, depending on whether a slice was complete before. */
	readonly getLimits: (isAnyComplete: boolean) => SliceLimits;
	/** Maximum number of slices that are read in parallel. */
	readonly concurrency: number;
	/** How many slices may be complete and wait for those before them. */
	readonly maxWaiting: number;
	/** How many more events are needed. No slice is read that is likely to be beyond them. */
	readonly demand: () => number;
	/** Whether the first page of a slice is fetched in advance where the slice is likely to be needed. */
	readonly fetchesAhead: boolean;
}
