import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference, CredentialReferences } from './credentials.mts';
import type { DemoState } from './demoState.mts';
import { packageRoot } from './paths.mts';
import type { RestClient } from './rest.mts';
import type { Team } from './team.mts';

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[more: string]: unknown;
}

export interface Workflow {
	name: string;
	description?: string;
	nodes: WorkflowNode[];
	connections: object;
	settings: object;
}

/** The workflows that `npm start` creates, in the order in which to try them. */
export const exampleFiles = [
	'list-audit-events.json',
	'new-audit-events.json',
	'push-to-data-pool.json',
];

export async function readExample(file: string): Promise<Workflow> {
	return JSON.parse(await readFile(join(packageRoot, 'examples', file), 'utf8')) as Workflow;
}

/** The workflow with credentials in its Celonis nodes: OAuth2 if there is a client, else the key. */
export function withCredentials(workflow: Workflow, credentials: CredentialReferences): Workflow {
	const { celonisOAuth2Api, celonisApi } = credentials;
	const authentication = celonisOAuth2Api ? 'oAuth2' : 'key';
	const selected: WorkflowNode['credentials'] = celonisOAuth2Api
		? { celonisOAuth2Api }
		: { celonisApi: celonisApi! };
	const nodes = workflow.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-celonis.')
			? { ...node, parameters: { ...node.parameters, authentication }, credentials: selected }
			: node,
	);
	return { ...workflow, nodes };
}

/**
 * Creates the example workflows that no earlier start has created. Returns their names, in the order in
 * which to try them. n8n lists the last one first, so it is created last.
 */
export async function provideWorkflows(
	api: RestClient,
	team: Team,
	credentials: CredentialReferences,
	state: DemoState,
): Promise<string[]> {
	const names: string[] = [];
	for (const file of [...exampleFiles].reverse()) {
		const example = await readExample(file);
		const name = team.name ? `${example.name} (${team.name})` : example.name;
		names.unshift(name);
		if (state.workflows[name]) continue;
		const workflow = { ...withCredentials(example, credentials), name };
		const { id } = await api.post<{ id: string }>('/rest/workflows', workflow);
		state.workflows[name] = { id };
	}
	return names;
}
