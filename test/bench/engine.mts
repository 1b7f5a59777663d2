import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	IVersionedNodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { addresses } from '../integration/n8n/addresses.mts';
import { createCredentialsHelper } from './engineCredentials.mts';
import type { Installation, LogAddress } from './job.mts';

const NODES_BASE = 'n8n-nodes-base/dist/nodes';

/**
 * The engine of an installed n8n: its `n8n-core`, its nodes, its expressions, and the package under
 * test. Without n8n's database: credentials are in memory, and executions are not saved.
 */
export class Engine {
	readonly #core: typeof N8nCore;
	readonly #workflow: typeof N8nWorkflow;
	readonly #types: Readonly<Record<string, INodeType | IVersionedNodeType>>;
	readonly #credentials: N8nWorkflow.ICredentialsHelper;

	private constructor({ n8n, celonis }: Installation, log: LogAddress) {
		const require = createRequire(join(n8n, 'node_modules', 'n8n', 'package.json'));
		this.#core = require('n8n-core') as typeof N8nCore;
		this.#workflow = require('n8n-workflow') as typeof N8nWorkflow;
		const make = (path: string, name: string) => {
			const module = require(path) as Record<string, new () => INodeType>;
			const Type = module[name];
			if (!Type) throw new Error(`${path} has no ${name}`);
			return new Type();
		};
		const ofCelonis = (name: string) =>
			make(join(celonis, 'dist', 'nodes', 'Celonis', `${name}.node.js`), name);
		this.#types = {
			'n8n-nodes-celonis.celonis': ofCelonis('Celonis'),
			'n8n-nodes-celonis.celonisTrigger': addPollTimes(ofCelonis('CelonisTrigger')),
			'n8n-nodes-base.manualTrigger': make(
				`${NODES_BASE}/ManualTrigger/ManualTrigger.node.js`,
				'ManualTrigger',
			),
			'n8n-nodes-base.httpRequest': make(
				`${NODES_BASE}/HttpRequest/HttpRequest.node.js`,
				'HttpRequest',
			),
			'n8n-nodes-base.splitOut': make(
				`${NODES_BASE}/Transform/SplitOut/SplitOut.node.js`,
				'SplitOut',
			),
		};
		this.#credentials = createCredentialsHelper(require, this.#workflow, celonis, log);
	}

	static async open(installation: Installation, log: LogAddress): Promise<Engine> {
		const engine = new Engine(installation, log);
		// n8n's defaults.
		await engine.#workflow.Expression.initExpressionEngine({
			engine: 'vm',
			poolSize: 1,
			maxCodeCacheSize: 1024,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
		});
		return engine;
	}

	/**
	 * Runs a workflow as n8n runs an active one, from these items. Returns the items of its last node.
	 */
	async run(
		workflowData: IWorkflowBase,
		items: INodeExecutionData[] = [{ json: {} }],
	): Promise<readonly unknown[]> {
		const [start] = workflowData.nodes;
		const last = workflowData.nodes.at(-1);
		if (!start || !last) throw new Error('The workflow has no nodes');
		const execution = new this.#core.WorkflowExecute(
			this.#additionalData(workflowData),
			'trigger',
			this.#workflow.createRunExecutionData({
				executionData: {
					contextData: {},
					metadata: {},
					waitingExecution: {},
					waitingExecutionSource: {},
					nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
				},
			}),
		);
		const run = await execution.processRunExecutionData(this.#open(workflowData));
		return getItems(run, last.name);
	}

	/** Activates a workflow's trigger. */
	activate(workflowData: IWorkflowBase): ActiveTrigger {
		const workflow = this.#open(workflowData);
		const [node] = workflowData.nodes;
		if (!node) throw new Error('The workflow has no trigger');
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const context = new this.#core.PollContext(
			workflow,
			node,
			this.#additionalData(workflowData),
			'trigger',
			'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			() => BUDGET_MS,
		);
		return {
			poll: async () => {
				const output = await type.poll?.call(context);
				return output?.[0]?.length ?? 0;
			},
			state: () => JSON.stringify(workflow.getStaticData('node', node)),
		};
	}

	#open(data: IWorkflowBase): N8nWorkflow.Workflow {
		const find = (name: string) => {
			const type = this.#types[name];
			if (!type) throw new Error(`No node type ${name}`);
			return type;
		};
		const { getVersionedNodeType } = this.#workflow.NodeHelpers;
		const nodeTypes = {
			getByName: find,
			getByNameAndVersion: (name: string, version?: number) =>
				getVersionedNodeType(find(name), version),
			getKnownTypes: (): IDataObject => ({}),
		};
		return new this.#workflow.Workflow({ ...data, active: false, nodeTypes });
	}

	#additionalData(workflowData: IWorkflowBase): IWorkflowExecuteAdditionalData {
		const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
			credentialsHelper: this.#credentials,
			executionId: '1',
			currentNodeExecutionIndex: 0,
			...addresses,
			variables: {},
			hooks: new this.#core.ExecutionLifecycleHooks('trigger', '1', workflowData),
		};
		return additionalData as IWorkflowExecuteAdditionalData;
	}
}

/** A trigger that is polled manually. */
export interface ActiveTrigger {
	/** Returns the number of delivered events. */
	poll(): Promise<number>;
	/** The static data as n8n saves it. */
	state(): string;
}

/** The poll budget of n8n's in-memory engine. */
const BUDGET_MS = 300_000;

function getItems(run: IRun, nodeName: string): readonly unknown[] {
	const { error, runData } = run.data.resultData;
	if (error) throw error;
	return runData[nodeName]?.[0]?.data?.main?.[0] ?? [];
}

/** n8n adds this parameter to every polling node when it loads it. */
function addPollTimes(trigger: INodeType): INodeType {
	trigger.description.properties = [
		{ displayName: 'Poll Times', name: 'pollTimes', type: 'fixedCollection', default: {} },
		...trigger.description.properties,
	];
	return trigger;
}
