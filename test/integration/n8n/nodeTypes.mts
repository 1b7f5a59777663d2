import {
	NodeConnectionTypes,
	NodeHelpers,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { Celonis } from '../../../nodes/Celonis/Celonis.node';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node';
import { Agent } from './agentNode.mts';

/** The start of a workflow: passes on the items with which a test runs the workflow. */
class Start implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Passes its input on',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	}
}

/** The end of a branch: passes its input on. */
class End extends Start {
	override description: INodeType['description'] = {
		...new Start().description,
		displayName: 'End',
		name: 'end',
		group: ['transform'],
		inputs: [NodeConnectionTypes.Main],
	};
}

function createNodeTypes(types: Readonly<Record<string, INodeType>>): INodeTypes {
	const find = (name: string): INodeType => {
		const type = types[name];
		if (!type) throw new Error(`No node type ${name}`);
		return type;
	};
	return {
		getByName: (name): INodeType | IVersionedNodeType => find(name),
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
		getKnownTypes: () => ({}),
	};
}

/** n8n adds this parameter to every polling node when it loads it. */
function addPollTimes(trigger: INodeType): INodeType {
	trigger.description.properties = [
		{ displayName: 'Poll Times', name: 'pollTimes', type: 'fixedCollection', default: {} },
		...trigger.description.properties,
	];
	return trigger;
}

/** The tool that n8n derives from a node that can be one. */
function toTool(node: INodeType): INodeType {
	const { description } = node;
	const tool = Object.create(node) as INodeType;
	tool.description = {
		...description,
		usableAsTool: undefined,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return tool;
}

/** The nodes of this package, by their names in n8n. */
export const nodeTypes = createNodeTypes({
	'n8n-nodes-celonis.celonis': new Celonis(),
	'n8n-nodes-celonis.celonisTool': toTool(new Celonis()),
	'@n8n/n8n-nodes-langchain.agent': new Agent(),
	'n8n-nodes-celonis.celonisTrigger': addPollTimes(new CelonisTrigger()),
	'n8n-nodes-base.manualTrigger': new Start(),
	'n8n-nodes-base.noOp': new End(),
});

/** For workflows that only evaluate expressions. */
export const noNodeTypes = createNodeTypes({ credential: new Start() });
