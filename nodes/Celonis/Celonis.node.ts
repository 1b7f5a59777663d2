import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from './errors/nodeError';
import { authenticationProperty, credentials } from './parameters/authentication';
import { RESOURCES, resolveOperation } from './resources';
import type { AllItems, PerItem } from './resources/operation';

/** Reads the logs, members and permissions of a Celonis team and pushes rows to it; also a tool for AI agents. */
export class Celonis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Celonis',
		name: 'celonis',
		icon: { light: 'file:../../icons/celonis.svg', dark: 'file:../../icons/celonis.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Read the audit log, login history, members and permissions of a Celonis team, and push rows to it',
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
		const operation = resolveOperation(this);
		const items =
			typeof operation === 'function'
				? await executePerItem(this, operation)
				: await executeOnce(this, operation);
		return [items];
	}
}

async function executePerItem(
	context: IExecuteFunctions,
	operation: PerItem,
): Promise<INodeExecutionData[]> {
	const returned: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			for (const item of await operation(itemIndex)) returned.push(item);
		} catch (error) {
			const json = buildErrorJson(context, error, itemIndex);
			returned.push({ json, pairedItem: { item: itemIndex } });
		}
	}
	return returned;
}

async function executeOnce(
	context: IExecuteFunctions,
	operation: AllItems,
): Promise<INodeExecutionData[]> {
	try {
		return await operation.run();
	} catch (error) {
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return [{ json: buildErrorJson(context, error), pairedItem }];
	}
}

/** The JSON of an error item if the workflow continues on errors; otherwise throws the error. */
function buildErrorJson(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex?: number,
): IDataObject {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	const { message, description } = nodeError;
	return { error: message, description };
}
