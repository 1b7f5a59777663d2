import type { Installation, LogAddress } from '../job.mts';

/** What a process that pushes is started for. */
export interface PushJob {
	readonly team: LogAddress;
	readonly installation: Installation;
	readonly dataPoolId: string;
	readonly rows: number;
	readonly chunkMegabytes: number;
}

/** Sent to the process while a chunk of it is under way: it is to look what is alive. */
export const LOOK = 'look';

/** What a push took. */
export interface PushFigures {
	readonly ms: number;
	/** Highest resident memory above that with all items in it: garbage included. */
	readonly peakBytes: number;
	/** What was alive besides the items while a chunk was under way, at the most. */
	readonly liveBytes: number;
	/** The items themselves, on the heap. */
	readonly itemBytes: number;
}
