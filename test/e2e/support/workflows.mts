import type { CredentialReferences } from '../../../scripts/n8n/credentials.mts';
import type { RestClient } from '../../../scripts/n8n/rest.mts';
import type { Team } from '../../../scripts/n8n/team.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import type { Workflow } from '../../../scripts/n8n/workflows.mts';
import type { Simulator } from '../../celonis/simulator.mts';

type CredentialType = keyof CredentialReferences;

/** Saves a credential. Returns its id. */
export async function saveCredential(
	api: RestClient,
	type: CredentialType,
	data: object,
): Promise<string> {
	const name = `${type} ${Object.values(data).join(' ').length}`;
	return (await api.post<{ id: string }>('/rest/credentials', { name, type, data })).id;
}

/** Saves one credential of each type for a simulated team: its first client and its first application key. */
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

/** The authentication of a node, and its version of the API. */
export interface Access {
	authentication: 'oAuth2' | 'key';
	apiVersion: 'v1' | 'v2';
}

/** A workflow that reads the log when it is run manually, with the node `Celonis`. */
export function createListWorkflow(
	parameters: Record<string, unknown>,
	{ authentication, apiVersion }: Access,
	credentials: Required<CredentialReferences>,
): Workflow {
	const { options, ...rest } = parameters;
	return {
		name: `List by ${authentication}`,
		nodes: [
			createNode('Start', 'n8n-nodes-base.manualTrigger', {}),
			{
				...createNode('Celonis', 'n8n-nodes-celonis.celonis', {
					resource: 'auditEvent',
					operation: 'getAll',
					authentication,
					...rest,
					options: { apiVersion, ...(options as object | undefined) },
				}),
				credentials: selectAccess(authentication, credentials),
			},
		],
		connections: { Start: { main: [[{ node: 'Celonis', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow that other workflows name as their error workflow. Its last node shows what it is told. */
export function createErrorWorkflow(): Workflow {
	const fields = {
		workflow: '{{ $json.workflow.name }}',
		message: '{{ $json.trigger.error.message }}',
		description: '{{ $json.trigger.error.description }}',
		context: '{{ $json.trigger.error.context }}',
		execution: '{{ $json.execution ?? null }}',
	};
	const jsonOutput = `={{ ${JSON.stringify(fields).replace(/"\{\{ (.*?) \}\}"/g, '$1')} }}`;
	return {
		name: 'Error workflow',
		nodes: [
			createNode('Error Trigger', 'n8n-nodes-base.errorTrigger', {}),
			{
				...createNode('Tell', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput, options: {} }),
				typeVersion: 3.4,
			},
		],
		connections: { 'Error Trigger': { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** One schedule of n8n polls at most once a minute; these are six. */
export const everyTenSeconds = {
	item: [0, 10, 20, 30, 40, 50].map((second) => {
		return { mode: 'custom', cronExpression: `${second} * * * * *` };
	}),
};

/**
 * A workflow that starts for new events, with the node `Celonis Trigger`. It polls every minute unless
 * `parameters` says otherwise.
 */
export function createTriggerWorkflow(
	parameters: Record<string, unknown>,
	{ authentication, apiVersion }: Access,
	credentials: Required<CredentialReferences>,
): Workflow {
	const { options, ...rest } = parameters;
	return {
		name: `New events by ${authentication}`,
		nodes: [
			{
				...createNode('Celonis Trigger', 'n8n-nodes-celonis.celonisTrigger', {
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					authentication,
					...rest,
					options: { apiVersion, ...(options as object | undefined) },
				}),
				credentials: selectAccess(authentication, credentials),
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow without Celonis nodes that, once active, runs every five seconds. */
export function createScheduleWorkflow(): Workflow {
	const rule = { interval: [{ field: 'seconds', secondsInterval: 5 }] };
	return {
		name: 'Clock',
		nodes: [createNode('Clock', 'n8n-nodes-base.scheduleTrigger', { rule })],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}

export async function saveWorkflow(api: RestClient, workflow: Workflow): Promise<string> {
	return (await api.post<{ id: string }>('/rest/workflows', workflow)).id;
}

/** Activates a workflow, as the editor's "Publish" does. */
export async function publish(api: RestClient, workflowId: string): Promise<void> {
	const { versionId } = await api.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
	await api.post(`/rest/workflows/${workflowId}/activate`, { versionId });
}

/** Deactivates a workflow. */
export async function unpublish(api: RestClient, workflowId: string): Promise<void> {
	await api.post(`/rest/workflows/${workflowId}/deactivate`, {});
}

/** What became of the last publication: n8n runs its first poll after it has answered the request. */
export interface Publication {
	readonly status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
}

/** Waits until n8n has activated the trigger of a workflow, or has given up. */
export async function waitForPublication(
	api: RestClient,
	workflowId: string,
): Promise<Publication> {
	return await waitFor(
		async () => {
			const path = `/rest/workflows/${workflowId}/publication-status`;
			const publication = await api.get<Publication>(path);
			return ['published', 'failed'].includes(publication.status) ? publication : undefined;
		},
		{ description: 'the end of a publication', timeoutMs: 90_000 },
	);
}

/** The records of a simulated team's log between two times, oldest first. */
export function getRecordsBetween(
	{ log, clock }: Simulator,
	fromMs: number,
	toMs: number,
): object[] {
	return log
		.getVisible(clock.now())
		.filter(({ timestamp }) => timestamp >= fromMs && timestamp < toMs)
		.map(({ json }) => JSON.parse(json) as object);
}

function selectAccess(
	authentication: Access['authentication'],
	{ celonisOAuth2Api, celonisApi }: Required<CredentialReferences>,
): Record<string, { id: string; name: string }> {
	return authentication === 'oAuth2' ? { celonisOAuth2Api } : { celonisApi };
}

let positions = 0;

/** A node of a workflow, with a position. */
export function createNode(name: string, type: string, parameters: Record<string, unknown>) {
	positions += 1;
	const id = `00000000-0000-4000-8000-${String(positions).padStart(12, '0')}`;
	return { id, name, type, typeVersion: 1, position: [positions * 240, 0], parameters };
}
