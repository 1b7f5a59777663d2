import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isAgentTool } from '../agentTool';

const REMEDY =
	"Use n8n's 'Call n8n Workflow Tool' instead, with a workflow that pushes rows: there, a person decides where and how the agent writes.";

/** Shown in the tool, where Push Rows can be chosen too. */
export const agentPushNotice: INodeProperties = {
	displayName: `An AI agent cannot push rows with this tool. ${REMEDY}`,
	name: 'agentPushNotice',
	type: 'notice',
	displayOptions: { show: { resource: ['dataPool'], operation: ['push'], '@tool': [true] } },
	default: '',
};

/**
 * Throws an error if an AI agent calls Push Rows as a tool. What a model has filled in could end up in
 * any parameter, even in the resource, the operation and the mode, which deletes all rows; and the rows
 * themselves would be what n8n hands a tool as its input.
 */
export function refuseAgentPush(context: IExecuteFunctions): void {
	if (!isAgentTool(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		`An AI agent cannot push rows with this tool. Nothing was pushed. ${REMEDY}`,
		{ failure: { cause: 'configuration-invalid' } },
	);
}
