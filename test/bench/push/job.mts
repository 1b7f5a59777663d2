import type { Installation, LogAddress } from '../job.mts';

/** What a process that pushes is started for. */
export interface PushJob {
	readonly team: LogAddress;
	readonly installation: Installation;
	readonly dataPoolId: string;
	readonly rows: number;
	readonly chunkMegabytes: number;
}

/** What a push took. */
export interface PushFigures {
	readonly ms: number;
	/** Highest resident memory above that with all items in it. */
	readonly peakBytes: number;
	/** The items themselves, on the heap. */
	readonly itemBytes: number;
}
