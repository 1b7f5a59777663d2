import { provideCredentials } from './credentials.mts';
import type { DemoState } from './demoState.mts';
import { demoLogin, signInAsOwner } from './owner.mts';
import { RestClient } from './rest.mts';
import type { Team } from './team.mts';
import { provideWorkflows } from './workflows.mts';

export interface Provisioned {
	/** False: n8n has another owner, so that nothing was set up. */
	signedIn: boolean;
	workflowNames: string[];
}

/**
 * Sets up an n8n for a team: the owner's account, credentials and example workflows. Records in `state`
 * what it created, and creates nothing twice.
 */
export async function provision(url: string, team: Team, state: DemoState): Promise<Provisioned> {
	const api = new RestClient(url);
	if (!(await signInAsOwner(api, demoLogin))) return { signedIn: false, workflowNames: [] };
	const credentials = await provideCredentials(api, team, state);
	return { signedIn: true, workflowNames: await provideWorkflows(api, team, credentials, state) };
}
