import type { ModuleCosts } from './moduleCosts.mts';
import type { Installation, LogAddress } from '../job.mts';

/** What one process measures. */
export interface StartJob {
	readonly team: LogAddress;
	readonly installation: Installation;
}

/** What happens between the start of n8n and the first requests of a node. */
export interface StartFigures {
	/** Loading both nodes, and creating them. */
	readonly loadMs: number;
	/** CPU time of that. It depends less on what else the machine does. */
	readonly loadCpuMs: number;
	/** CPU time of that by what is loaded, in milliseconds. */
	readonly costs: ModuleCosts;
	/** Files of the package that were loaded for it, and their size. */
	readonly modules: number;
	readonly bytes: number;
	/** From the start of the first execution to its first request, and the same of the second one. */
	readonly firstMs: number;
	readonly secondMs: number;
	/** Files that were loaded later than that. */
	readonly lateModules: number;
}
