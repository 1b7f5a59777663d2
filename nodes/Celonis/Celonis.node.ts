import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { authenticationProperty, credentials } from './parameters/authentication';
import { toNodeError } from './errors/nodeError';
import { resolveOperation, RESOURCES } from './resources';
import type { AllItems } from './resources/operation';

/** Reads the Celonis audit log and its neighbours inside a workflow, or as a tool of an AI agent. */
export class Celonis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Celonis',
		name: 'celonis',
		icon: { light: 'file:../../icons/celonis.svg', dark: 'file:../../icons/celonis.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read the audit log, sign-ins and members of Celonis, and bring rows into it',
		defaults: { name: 'Celonis' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			authenticationProperty,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: RESOURCES.map(({ name, value }) => ({ name, value })),
				default: 'auditEvent',
			},
			...RESOURCES.flatMap(({ properties }) => properties),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const work = resolveOperation(this)(this);
		if (typeof work !== 'function') return [await allAtOnce(this, work)];
		const returned: INodeExecutionData[] = [];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			try {
				for (const item of await work(itemIndex)) returned.push(item);
			} catch (error) {
				const json = failureItem(this, error, itemIndex);
				returned.push({ json, pairedItem: { item: itemIndex } });
			}
		}
		return [returned];
	}
}

async function allAtOnce(context: IExecuteFunctions, work: AllItems) {
	try {
		return await work.run();
	} catch (error) {
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return [{ json: failureItem(context, error), pairedItem }];
	}
}

/** What an item tells of an error, where the workflow goes on; else the error is thrown. */
function failureItem(context: IExecuteFunctions, error: unknown, itemIndex?: number): IDataObject {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	const { message, description } = nodeError;
	return { error: message, description };
}
