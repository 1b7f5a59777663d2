import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { moveDescriptionToMessage, toNodeError } from './errors/nodeError';
import { authenticationProperty, credentials } from './parameters/authentication';
import { RESOURCES, resolveOperation } from './resources';
import { isAgentTool } from './resources/agentTool';
import type { AllItems, PerItem } from './resources/operation';

/** Reads the logs, members and permissions of a Celonis team and pushes rows to it; also a tool for AI agents. */
export class Celonis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Celonis',
		name: 'celonis',
		icon: { light: 'file:../../icons/celonis.svg', dark: 'file:../../icons/celonis.dark.svg' },
		group: ['input'],
		version: 1,
		// n8n's lint demands the text itself: these are the actions of the operations.
		subtitle:
			'={{ ({ "auditEvent getAll": "Get many audit events", "dataPool push": "Push rows to data pool", "loginEvent getAll": "Get many login events", "member getAll": "Get many members", "permission getAll": "Get many permissions", "auditEvent getStatus": "Get status of audit log", "loginEvent getStatus": "Get status of login history" })[$parameter["resource"] + " " + $parameter["operation"]] }}',
		description:
			'Read the audit log (who changed what), sign-ins (login history), members (users) and permissions of a Celonis team, and push rows to a data pool',
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
				options: RESOURCES.map(({ name, value, description }) => ({ name, value, description })),
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

/** An operation on all input items succeeds or fails for all of them. */
async function executeOnce(
	context: IExecuteFunctions,
	operation: AllItems,
): Promise<INodeExecutionData[]> {
	try {
		return await operation.run();
	} catch (error) {
		const json = buildErrorJson(context, error);
		return context.getInputData().map((_, item) => ({ json: { ...json }, pairedItem: { item } }));
	}
}

/**
 * The JSON of an error item if the workflow continues on errors; otherwise throws the error. n8n sends
 * an item to the error output only if its JSON has no other fields than `error`, `message` and
 * `details`. It adds the fields of the input item, whose `message` therefore stays. An AI agent gets
 * the message of an error and nothing else, so that all is in it.
 */
function buildErrorJson(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex?: number,
): IDataObject {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (isAgentTool(context)) moveDescriptionToMessage(nodeError);
	if (!context.continueOnFail()) throw nodeError;
	const { message, description } = nodeError;
	return { error: message, ...(description ? { details: description } : {}) };
}
