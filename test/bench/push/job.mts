import type { Installation, LogAddress } from '../job.mts';

/** The job of a pushing process. */
export interface PushJob {
	readonly team: LogAddress;
	readonly installation: Installation;
	readonly dataPoolId: string;
	readonly rows: number;
	readonly chunkMegabytes: number;
}

/** Sent to the process during an upload: it measures its live memory. */
export const MEASURE = 'look';

/** The measurement of a push. */
export interface PushFigures {
	readonly ms: number;
	/** Peak resident memory above that with all items, garbage included. */
	readonly peakBytes: number;
	/** Peak live memory besides the items during an upload. */
	readonly liveBytes: number;
	/** The items themselves, on the heap. */
	readonly itemBytes: number;
}
