import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';

/** A trigger node between its activation and its deactivation. */
export interface Activation {
	/** One poll by n8n. `null`: nothing to deliver. */
	poll(mode: WorkflowActivateMode): Promise<Batch | null>;
	/** The node's static data as n8n would write it to its database. */
	save(): string;
	/** Whether n8n notices that there is something to write. */
	readonly isChanged: boolean;
}

/** What it takes to activate a trigger. */
export interface ActivationRequest {
	readonly settings: Settings;
	/** The process that does it: what the node keeps in memory belongs to one process. */
	readonly processId: string;
	/** What is in the database. */
	readonly saved: string | undefined;
}

export type Activate = (request: ActivationRequest) => Activation;
