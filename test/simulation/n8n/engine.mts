import type { Settings } from '../plan/settings.mts';

/** One of n8n's two ways of polling, with all that can happen to it. */
export interface Engine {
	/** The user activates the workflow. */
	activate(): Promise<void>;
	/** The time of a scheduled poll has come; gives what became of it. */
	tick(): Promise<Tick>;
	/** n8n stops and starts, or another instance takes over. */
	restart(): Promise<void>;
	/** The user saves the workflow with other settings. */
	change(settings: Settings): Promise<void>;
}

export type Tick = 'delivered' | 'nothing' | 'failed' | 'died';

/** What may happen to n8n at the end of a poll that delivers. */
export type Handover =
	| 'complete'
	/** The state is saved, the batch is lost. */
	| 'savedOnly'
	/** The batch is handed over, the state is not saved. */
	| 'handedOverOnly';
