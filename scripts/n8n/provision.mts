import { provideCredentials, testCredentials } from './credentials.mts';
import type { DemoState } from './demoState.mts';
import { demoLogin, signInAsOwner } from './owner.mts';
import { RestClient } from './rest.mts';
import type { Team } from './team.mts';
import { provideWorkflows } from './workflows.mts';

export interface Provisioned {
	/** False: n8n has another owner, so that nothing was set up. */
	signedIn: boolean;
	workflowNames: string[];
	/** Why the credentials of a real team do not work; empty if they do. */
	problem: string;
}

/**
 * Sets up an n8n for a team: the owner's account, credentials and example workflows. Records in `state`
 * what it created, and creates nothing twice.
 */
export async function provision(url: string, team: Team, state: DemoState): Promise<Provisioned> {
	const api = new RestClient(url);
	if (!(await signInAsOwner(api, demoLogin))) {
		return { signedIn: false, workflowNames: [], problem: '' };
	}
	const credentials = await provideCredentials(api, team, state);
	const workflowNames = await provideWorkflows(api, team, credentials, state);
	const problem = team.name ? await testCredentials(api, team, credentials) : '';
	return { signedIn: true, workflowNames, problem };
}
