import type { Candidate } from './candidates.mts';

/** A window of the log that ends when nothing happened. */
export interface LogWindow {
	readonly fromMs: number;
	readonly toMs: number;
	/** The number of events in it. */
	readonly events: number;
}

/** The address of the log, and a key. */
export interface LogAddress {
	readonly url: string;
	readonly appKey: string;
	/** The file of a certificate that is trusted for it. */
	readonly certificate?: string;
}

/** Where n8n and the package under test are installed. */
export interface Installation {
	/** Folder with n8n's `node_modules`. */
	readonly n8n: string;
	/** Folder that holds the built package. */
	readonly celonis: string;
}

interface Surroundings {
	readonly log: LogAddress;
	readonly installation: Installation;
	/** Read once before the measurement. */
	readonly warmUp: LogWindow;
	readonly window: LogWindow;
}

/** The job of one process. */
export type Job = Surroundings &
	(
		| { readonly kind: 'read' | 'profile'; readonly candidate: Candidate }
		| { readonly kind: 'parse' }
		| { readonly kind: 'trigger'; readonly burst: number }
	);

/** The measurement of a reading. */
export interface Measurement {
	readonly durationMs: number;
	readonly cpuMs: number;
	/** Peak resident memory above that before the reading. */
	readonly peakBytes: number;
	/** Live heap above that before the reading, after garbage collection while the result is held. */
	readonly heldBytes: number;
	readonly requests: number;
	readonly events: number;
}

/** The measurement of one or more polls. */
export interface Polls {
	readonly polls: number;
	readonly ms: number;
	readonly requests: number;
	readonly events: number;
	/** JSON of the static data afterwards. */
	readonly stateBytes: number;
}

/** The results of the trigger's job. */
export interface TriggerFigures {
	readonly backlog: Polls;
	readonly quiet: Polls;
	readonly burst: Polls;
	readonly quietAfterBurst: Polls;
}

/** What a child may ask of its parent. */
export type Question =
	/** The number of requests that the log has served. */
	| { readonly ask: 'requests' }
	/** Advances the clock of the log by a minute. */
	| { readonly ask: 'minute' }
	/** Adds events of the last minute. */
	| { readonly ask: 'burst'; readonly events: number };
