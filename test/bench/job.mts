import type { Candidate } from './candidates.mts';

/** A part of the log, ended by a moment at which nothing happened. */
export interface LogWindow {
	readonly fromMs: number;
	readonly toMs: number;
	/** How many events lie in it. */
	readonly events: number;
}

/** Where the log is, and what opens it. */
export interface LogAddress {
	readonly url: string;
	readonly appKey: string;
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
	/** Read once before anything is measured. */
	readonly warmUp: LogWindow;
	readonly window: LogWindow;
}

/** What one process is started for. */
export type Job = Surroundings &
	(
		| { readonly kind: 'read'; readonly contestant: Candidate }
		| { readonly kind: 'parse' }
		| { readonly kind: 'trigger'; readonly burst: number }
	);

/** What a reading took. */
export interface Measurement {
	readonly ms: number;
	readonly cpuMs: number;
	/** Highest resident memory above that right before. */
	readonly peakBytes: number;
	/** Live heap above that right before, after a collection while the result is held. */
	readonly heldBytes: number;
	readonly requests: number;
	readonly events: number;
}

/** What a poll, or a row of polls, took. */
export interface Polls {
	readonly polls: number;
	readonly ms: number;
	readonly requests: number;
	readonly events: number;
	/** JSON of the static data afterwards. */
	readonly stateBytes: number;
}

/** What the trigger's job gives. */
export interface TriggerFigures {
	readonly backlog: Polls;
	readonly quiet: Polls;
	readonly burst: Polls;
	readonly quietAfterBurst: Polls;
}

/** What a child may ask of who started it. */
export type Question =
	/** How many requests the log has answered. */
	| { readonly ask: 'requests' }
	/** Let a minute pass by the clock of the log. */
	| { readonly ask: 'minute' }
	/** Add events of the last minute. */
	| { readonly ask: 'burst'; readonly events: number };
