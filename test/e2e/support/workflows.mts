import type { CredentialReferences } from '../../../scripts/n8n/credentials.mts';
import type { RestClient } from '../../../scripts/n8n/rest.mts';
import type { Team } from '../../../scripts/n8n/team.mts';
import type { Workflow } from '../../../scripts/n8n/workflows.mts';
import type { Simulator } from '../../celonis/simulator.mts';

type CredentialType = keyof CredentialReferences;

/** Saves a credential; gives its id. */
export async function saveCredential(
	api: RestClient,
	type: CredentialType,
	data: object,
): Promise<string> {
	const name = `${type} ${Object.values(data).join(' ').length}`;
	return (await api.post<{ id: string }>('/rest/credentials', { name, type, data })).id;
}

/** One credential of each kind for a simulated team: its first client, its first application key. */
export async function saveCredentials(
	api: RestClient,
	{ oAuth2, key }: Team,
): Promise<Required<CredentialReferences>> {
	return {
		celonisOAuth2Api: {
			id: await saveCredential(api, 'celonisOAuth2Api', oAuth2!),
			name: 'OAuth2',
		},
		celonisApi: { id: await saveCredential(api, 'celonisApi', key!), name: 'Key' },
	};
}

/** How a node signs in, and which version of the API it reads. */
export interface Access {
	authentication: 'oAuth2' | 'key';
	apiVersion: 'v1' | 'v2';
}

/** A workflow that reads the log when it is run by hand; the node to look at is called `Celonis`. */
export function listWorkflow(
	parameters: Record<string, unknown>,
	{ authentication, apiVersion }: Access,
	credentials: Required<CredentialReferences>,
): Workflow {
	const { options, ...rest } = parameters;
	return {
		name: `List by ${authentication}`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			{
				...node('Celonis', 'n8n-nodes-celonis.celonis', {
					resource: 'auditEvent',
					operation: 'getAll',
					authentication,
					...rest,
					options: { apiVersion, ...(options as object | undefined) },
				}),
				credentials: chosen(authentication, credentials),
			},
		],
		connections: { Start: { main: [[{ node: 'Celonis', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** One schedule of n8n polls once a minute at the most; these are six. */
export const everyTenSeconds = {
	item: [0, 10, 20, 30, 40, 50].map((second) => {
		return { mode: 'custom', cronExpression: `${second} * * * * *` };
	}),
};

/**
 * A workflow that starts for new events, every minute unless `parameters` says otherwise; the node to
 * look at is `Celonis Trigger`.
 */
export function triggerWorkflow(
	parameters: Record<string, unknown>,
	{ authentication, apiVersion }: Access,
	credentials: Required<CredentialReferences>,
): Workflow {
	const { options, ...rest } = parameters;
	return {
		name: `New events by ${authentication}`,
		nodes: [
			{
				...node('Celonis Trigger', 'n8n-nodes-celonis.celonisTrigger', {
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					authentication,
					...rest,
					options: { apiVersion, ...(options as object | undefined) },
				}),
				credentials: chosen(authentication, credentials),
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow that has nothing to do with Celonis and, once active, runs every five seconds. */
export function clockWorkflow(): Workflow {
	const rule = { interval: [{ field: 'seconds', secondsInterval: 5 }] };
	return {
		name: 'Clock',
		nodes: [node('Clock', 'n8n-nodes-base.scheduleTrigger', { rule })],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}

export async function saveWorkflow(api: RestClient, workflow: Workflow): Promise<string> {
	return (await api.post<{ id: string }>('/rest/workflows', workflow)).id;
}

/** Makes a workflow active, as the editor's "Publish" does. */
export async function publish(api: RestClient, workflowId: string): Promise<void> {
	const { versionId } = await api.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
	await api.post(`/rest/workflows/${workflowId}/activate`, { versionId });
}

/** The records that a simulated team's log holds from one moment up to another, the oldest first. */
export function recordsBetween({ log, clock }: Simulator, fromMs: number, toMs: number): object[] {
	return log
		.visibleAt(clock.now())
		.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs)
		.map(({ json }) => JSON.parse(json) as object);
}

function chosen(
	authentication: Access['authentication'],
	{ celonisOAuth2Api, celonisApi }: Required<CredentialReferences>,
): Record<string, { id: string; name: string }> {
	return authentication === 'oAuth2' ? { celonisOAuth2Api } : { celonisApi };
}

let positions = 0;

/** A node of a workflow, at a place of its own. */
export function node(name: string, type: string, parameters: Record<string, unknown>) {
	positions += 1;
	const id = `00000000-0000-4000-8000-${String(positions).padStart(12, '0')}`;
	return { id, name, type, typeVersion: 1, position: [positions * 240, 0], parameters };
}
