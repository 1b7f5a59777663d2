import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExecutionLifecycleHooks, PollContext, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { addresses } from './addresses.mts';
import { CredentialStore } from './credentials.mts';
import { nodeTypes } from './nodeTypes.mts';

/** Changes to a node of a workflow file. `options` and the like are replaced, not merged. */
export type ParameterChanges = Readonly<Record<string, unknown>>;

/** Loads a workflow file as exported by a user, with the ids of the test credentials. */
export function loadWorkflow(name: string, parameters: ParameterChanges = {}): IWorkflowBase {
	const path = fileURLToPath(new URL(`../workflows/${name}.json`, import.meta.url));
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as IWorkflowBase;
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-celonis.')) Object.assign(node.parameters, parameters);
	}
	return workflow;
}

/** An n8n that consists of n8n-core and a store of credentials. */
export class N8nHarness {
	readonly credentials = new CredentialStore();

	/**
	 * Runs a workflow by n8n-core's own engine, from its manual trigger, with these items. The signal
	 * stops the execution.
	 */
	async run(
		workflowData: IWorkflowBase,
		items: IDataObject[] = [{}],
		stop?: AbortSignal,
	): Promise<IRun> {
		const workflow = this.#open(workflowData);
		const start = workflowData.nodes.find((node) => node.type.endsWith('manualTrigger'));
		if (!start) throw new Error('The workflow has no manual trigger');
		const input: INodeExecutionData[] = items.map((json) => ({ json }));
		const additionalData = this.#additionalData(workflowData);
		const execution = new WorkflowExecute(
			additionalData,
			'manual',
			createRunExecutionData({
				executionData: {
					contextData: {},
					metadata: {},
					waitingExecution: {},
					waitingExecutionSource: {},
					nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }],
				},
			}),
		);
		const run = execution.processRunExecutionData(workflow);
		stop?.addEventListener('abort', () => run.cancel(), { once: true });
		return await run;
	}

	/** Activates a workflow's trigger. One object serves all polls, as in n8n's in-memory engine. */
	activate(workflowData: IWorkflowBase, options: PollOptions = {}): ActiveTrigger {
		const workflow = this.#open(workflowData, options.staticData);
		return new ActiveTrigger(workflow, this.#additionalData(workflowData), options);
	}

	#open(data: IWorkflowBase, staticData?: IDataObject): Workflow {
		return new Workflow({ ...data, staticData, active: false, nodeTypes });
	}

	#additionalData(workflowData: IWorkflowBase): IWorkflowExecuteAdditionalData {
		const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
			credentialsHelper: this.credentials,
			executionId: '1',
			currentNodeExecutionIndex: 0,
			...addresses,
			variables: {},
			hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		};
		return additionalData as IWorkflowExecuteAdditionalData;
	}
}

/** How a trigger is polled. */
export interface PollOptions {
	/** What n8n has saved for the workflow. */
	readonly staticData?: IDataObject;
	readonly budgetMs?: number;
	/** Each poll works on a copy of the state, as in n8n's durable engine. */
	readonly durableCursors?: boolean;
}

/** A trigger between its activation and its deactivation. */
export class ActiveTrigger {
	readonly #workflow: Workflow;
	readonly #additionalData: IWorkflowExecuteAdditionalData;
	readonly #options: PollOptions;
	/** n8n creates one context for all polls of an activation. */
	readonly #contexts = new Map<string, PollContext>();
	#copy: IDataObject = {};

	constructor(
		workflow: Workflow,
		additionalData: IWorkflowExecuteAdditionalData,
		options: PollOptions,
	) {
		this.#workflow = workflow;
		this.#additionalData = additionalData;
		this.#options = options;
	}

	/** Polls once; `null` if nothing is delivered. */
	async poll(
		mode: WorkflowExecuteMode = 'trigger',
		activation: WorkflowActivateMode = 'activate',
	): Promise<IDataObject[] | null> {
		const context = this.#contextOf(mode, activation);
		const kept = this.#workflow.getStaticData('node', this.#node);
		this.#copy = JSON.parse(JSON.stringify(kept)) as IDataObject;
		const type = nodeTypes.getByNameAndVersion(this.#node.type);
		const output = await type.poll?.call(context);
		if (this.#options.durableCursors) Object.assign(kept, this.#copy);
		return output ? output.flat().map((item) => item.json) : null;
	}

	#contextOf(mode: WorkflowExecuteMode, activation: WorkflowActivateMode): PollContext {
		const key = `${mode} ${activation}`;
		const context = this.#contexts.get(key) ?? this.#newContext(mode, activation);
		this.#contexts.set(key, context);
		return context;
	}

	#newContext(mode: WorkflowExecuteMode, activation: WorkflowActivateMode): PollContext {
		const { budgetMs, durableCursors } = this.#options;
		return new PollContext(
			this.#workflow,
			this.#node,
			this.#additionalData,
			mode,
			activation,
			undefined,
			undefined,
			undefined,
			undefined,
			durableCursors ? () => this.#copy : undefined,
			budgetMs === undefined ? undefined : () => budgetMs,
		);
	}

	/** The state as n8n writes it to its database. */
	save(): IDataObject {
		return JSON.parse(JSON.stringify(this.#workflow.staticData)) as IDataObject;
	}

	get #node(): INode {
		const node = Object.values(this.#workflow.nodes)[0];
		if (!node) throw new Error('The workflow has no node');
		return node;
	}
}
