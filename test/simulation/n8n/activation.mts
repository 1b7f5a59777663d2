import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';

/** A trigger node between its activation and its deactivation. */
export interface Activation {
	/** Runs one poll. `null`: nothing to deliver. */
	poll(mode: WorkflowActivateMode): Promise<Batch | null>;
	/** The node's static data as n8n would write it to its database. */
	save(): string;
	/** Whether n8n would notice a change of the static data. */
	readonly isChanged: boolean;
	/** Whether the last poll has failed and returned `null` nevertheless. */
	readonly isFailureTolerated?: boolean;
}

/** The input of an activation. */
export interface ActivationRequest {
	readonly settings: Settings;
	/** The process that activates the trigger: each process has a memory of its own. */
	readonly processId: string;
	/** The static data in the database. */
	readonly saved: string | undefined;
}

export type Activate = (request: ActivationRequest) => Activation;
