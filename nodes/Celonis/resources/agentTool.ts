import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent calls the node as a tool. n8n derives a node type of its own for that, whose name
 * ends with `Tool`; some versions run it in a context that says so itself.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	if (context.getNode().type.endsWith('Tool')) return true;
	return typeof context.isToolExecution === 'function' && context.isToolExecution();
}
