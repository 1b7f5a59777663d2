import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import type { StructuredTool } from '@langchain/core/tools';

/**
 * A node that calls its tool once, with the arguments of the input item, as n8n's agents do, and returns
 * what their model would see. n8n-core does all that lies in between.
 *
 * - `engine`: the engine runs the tool as a node (AI Agent since version 3).
 * - `call`: the agent calls the tool itself (earlier agents, MCP Server Trigger).
 */
export class Agent implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tool',
		defaults: { name: 'Agent' },
		inputs: [
			{ type: NodeConnectionTypes.Main },
			{ type: NodeConnectionTypes.AiTool, required: true },
		],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Way', name: 'way', type: 'string', default: 'engine' }],
	};

	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		const args = this.getInputData()[0]!.json;
		const tools = (await this.getInputConnectionData(
			NodeConnectionTypes.AiTool,
			0,
		)) as StructuredTool[];
		const [tool] = tools;
		const seen =
			this.getNodeParameter('way', 0) === 'engine'
				? observe(response)
				: await tool!.invoke(args).catch((error: Error) => error.message);
		if (seen === undefined) return createRequest(tool!, args);
		return [[{ json: { seen, description: tool!.description } as IDataObject }]];
	}
}

function createRequest(tool: StructuredTool, args: IDataObject): EngineRequest {
	const nodeName = String(tool.metadata?.sourceNodeName);
	const metadata = { itemIndex: 0 };
	const action = {
		nodeName,
		input: args,
		type: NodeConnectionTypes.AiTool,
		id: 'call_1',
		metadata,
	};
	return { actions: [{ actionType: 'ExecutionNodeAction', ...action }], metadata: {} };
}

/** As n8n's agents tell their model: the JSON of the items, otherwise the message of the error. */
function observe(response?: EngineResponse): string | undefined {
	const [result] = response?.actionResponses ?? [];
	if (!result) return undefined;
	const items = result.data.data?.ai_tool?.[0]?.map(({ json }) => json) ?? [];
	if (items.length > 0) return JSON.stringify(items);
	return result.data.error ? JSON.stringify({ error: result.data.error.message }) : '""';
}
