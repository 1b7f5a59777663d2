import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference } from '../../../scripts/n8n/credentials.mts';
import { createTeam } from '../../../scripts/n8n/simulatedTeam.mts';
import type { Team } from '../../../scripts/n8n/team.mts';
import {
	readExample,
	withCredentials,
	type Workflow,
	type WorkflowNode,
} from '../../../scripts/n8n/workflows.mts';
import type { AuditLog } from '../../celonis/log.mts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../celonis/simulator.mts';
import { createSecretAccess } from './secrets.mts';
import { startTestN8n, createTemporaryFolder, type TestN8n } from './testN8n.mts';
import { saveCredentials, saveWorkflow } from './workflows.mts';

/** What a user fills in besides the Celonis credential. */
export interface ExampleSettings {
	/** Replaces the origin in the file. */
	receiver?: string;
	/** Credentials of other nodes, by type. */
	credentials?: Record<string, CredentialReference>;
	/** Celonis OAuth2 credentials of single nodes, by the node's name. */
	nodeCredentials?: Record<string, CredentialReference>;
	/** Another team than that of the harness. */
	team?: Team;
	/** The time zone in the workflow's settings. */
	timezone?: string;
	/** The trigger's 'Start Date'. */
	startDate?: string;
	/** Runs a scheduled workflow every so many seconds. */
	everySeconds?: number;
	/** What else the user changes. */
	edit?: (workflow: Workflow) => Workflow;
}

/** One n8n with a simulated team for all example workflows. */
export interface ExampleHarness {
	readonly n8n: TestN8n;
	readonly celonis: Simulator;
	/** The only folder that n8n may read and write. */
	readonly files: string;
	/** Imports an example with these settings. Returns the workflow's id. */
	add(file: string, filledIn?: ExampleSettings): Promise<string>;
	/** Saves a credential of a built-in type. */
	credential(type: string, data: object): Promise<CredentialReference>;
	close(): Promise<void>;
}

/** With the credentials of `describeTeam`, by default those that may read the audit log only. */
export async function startExampleHarness(
	log: AuditLog,
	options: SimulatorOptions = createSecretAccess(),
	describeTeam: (celonis: Simulator) => Team = createTeam,
): Promise<ExampleHarness> {
	const files = join(await createTemporaryFolder(), 'files');
	await mkdir(files);
	const celonis = await startSimulator({ ...options, log });
	const n8n = await startTestN8n({ N8N_RESTRICT_FILE_ACCESS_TO: files });
	const credentials = await saveCredentials(n8n.api, describeTeam(celonis));
	return {
		n8n,
		celonis,
		files,
		add: async (file, settings = {}) => await add(n8n, file, { files, ...settings }),
		credential: async (type, data) => {
			const name = `${type} ${Object.keys(data).length}`;
			const { id } = await n8n.api.post<{ id: string }>('/rest/credentials', { name, type, data });
			return { id, name };
		},
		close: async () => {
			await n8n.close();
			await celonis.close();
			await rm(join(files, '..'), { recursive: true, force: true });
		},
	};

	async function add(
		{ api }: TestN8n,
		file: string,
		{ timezone, team, edit = (workflow) => workflow, ...rest }: ExampleSettings & { files: string },
	): Promise<string> {
		const own = team ? await saveCredentials(n8n.api, team) : credentials;
		const example = withCredentials(await readExample(file), own);
		const nodes = example.nodes.map((node) => fillInNode(node, rest));
		const settings = { ...example.settings, ...(timezone ? { timezone } : {}) };
		return await saveWorkflow(api, edit({ ...example, nodes, settings }));
	}
}

function fillInNode(
	node: WorkflowNode,
	{
		receiver,
		credentials = {},
		nodeCredentials = {},
		startDate,
		everySeconds,
		files,
	}: ExampleSettings & { files: string },
): WorkflowNode {
	const parameters = { ...node.parameters };
	const { url, fileName } = parameters;
	if (receiver && typeof url === 'string') {
		const { pathname, search } = new URL(url);
		parameters.url = receiver + pathname + search;
	}
	if (typeof fileName === 'string') {
		parameters.fileName = fileName.replace('/home/node/.n8n-files', files);
	}
	if (startDate && node.type.endsWith('Trigger') && 'pollTimes' in parameters) {
		Object.assign(parameters, { startFrom: 'date', startDate });
	}
	if (everySeconds !== undefined && node.type.endsWith('.scheduleTrigger')) {
		parameters.rule = { interval: [{ field: 'seconds', secondsInterval: everySeconds }] };
	}
	const own = nodeCredentials[node.name];
	if (own) return { ...node, parameters, credentials: { celonisOAuth2Api: own } };
	const type = getCredentialType(node);
	const selected = type === undefined ? undefined : credentials[type];
	return {
		...node,
		parameters,
		...(type && selected ? { credentials: { [type]: selected } } : {}),
	};
}

function getCredentialType({ type, parameters }: WorkflowNode): string | undefined {
	if (type.endsWith('.webhook')) return 'httpBasicAuth';
	if (type.endsWith('.emailSend')) return 'smtp';
	if (type.endsWith('.lmChatOpenAi')) return 'openAiApi';
	if (type.endsWith('.n8n')) return 'n8nApi';
	return parameters.genericAuthType as string | undefined;
}
