import type { Settings } from '../plan/settings.mts';

/** One of n8n's two poll engines, and the disruptions that can happen to it. */
export interface Engine {
	/** The user activates the workflow. */
	activate(): Promise<void>;
	/** Runs a scheduled poll. */
	tick(): Promise<Tick>;
	/** n8n stops and starts, or another instance takes over. */
	restart(): Promise<void>;
	/** The user saves the workflow with other settings. */
	change(settings: Settings): Promise<void>;
}

export type Tick = 'delivered' | 'nothing' | 'failed' | 'crashed';

/** Whether n8n crashes at the end of a poll that delivers, and when. */
export type Handover =
	| 'complete'
	/** n8n crashes when the state is saved and the batch is not handed over. */
	| 'savedOnly'
	/** n8n crashes when the batch is handed over and the state is not saved. */
	| 'handedOverOnly';
