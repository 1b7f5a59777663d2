import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference } from '../../../scripts/n8n/credentials.mts';
import { teamOf } from '../../../scripts/n8n/simulatedTeam.mts';
import {
	readExample,
	withCredentials,
	type WorkflowNode,
} from '../../../scripts/n8n/workflows.mts';
import type { AuditLog } from '../../celonis/log.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { secretAccess } from './secrets.mts';
import { startTestN8n, temporaryFolder, type TestN8n } from './testN8n.mts';
import { saveCredentials, saveWorkflow } from './workflows.mts';

/** What a user fills in, besides the Celonis credential. */
export interface FilledIn {
	/** Origin that takes the place of the one in the file. */
	receiver?: string;
	/** Credentials of other nodes, by type. */
	credentials?: Record<string, CredentialReference>;
	/** Of the workflow's settings. */
	timezone?: string;
	/** The trigger's 'Start From: Date'. */
	startDate?: string;
}

/** One n8n with a simulated team, for all the example workflows. */
export interface ExampleBench {
	readonly n8n: TestN8n;
	readonly celonis: Simulator;
	/** The only folder in which n8n may read and write. */
	readonly files: string;
	/** Imports an example as it is, but for what is to be filled in; gives the workflow's id. */
	add(file: string, filledIn?: FilledIn): Promise<string>;
	/** A credential of a built-in type. */
	credential(type: string, data: object): Promise<CredentialReference>;
	close(): Promise<void>;
}

export async function startExampleBench(log: AuditLog): Promise<ExampleBench> {
	const files = join(await temporaryFolder(), 'files');
	await mkdir(files);
	const celonis = await startSimulator({ ...secretAccess(), log });
	const n8n = await startTestN8n({ N8N_RESTRICT_FILE_ACCESS_TO: files });
	const credentials = await saveCredentials(n8n.api, teamOf(celonis));
	return {
		n8n,
		celonis,
		files,
		add: async (file, filledIn = {}) => await add(n8n, file, { files, ...filledIn }),
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
		{ timezone, ...rest }: FilledIn & { files: string },
	): Promise<string> {
		const example = withCredentials(await readExample(file), credentials);
		const nodes = example.nodes.map((node) => filledInNode(node, rest));
		const settings = { ...example.settings, ...(timezone ? { timezone } : {}) };
		return await saveWorkflow(api, { ...example, nodes, settings });
	}
}

function filledInNode(
	node: WorkflowNode,
	{ receiver, credentials = {}, startDate, files }: FilledIn & { files: string },
): WorkflowNode {
	const parameters = { ...node.parameters };
	const { url, fileName } = parameters;
	if (receiver && typeof url === 'string') parameters.url = receiver + new URL(url).pathname;
	if (typeof fileName === 'string') {
		parameters.fileName = fileName.replace('/home/node/.n8n-files', files);
	}
	if (startDate && node.type.endsWith('Trigger') && 'pollTimes' in parameters) {
		Object.assign(parameters, { startFrom: 'date', startDate });
	}
	const type = credentialTypeOf(node);
	const chosen = type === undefined ? undefined : credentials[type];
	return {
		...node,
		parameters,
		...(type && chosen ? { credentials: { [type]: chosen } } : {}),
	};
}

function credentialTypeOf({ type, parameters }: WorkflowNode): string | undefined {
	if (type.endsWith('.lmChatOpenAi')) return 'openAiApi';
	return parameters.genericAuthType as string | undefined;
}
