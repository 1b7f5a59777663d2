import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createAgentAnswer } from './agentAnswer';
import { isAgentTool } from './agentTool';
import { addExecutionHint } from './executionHint';
import { describeList, MAX_AGENT_ITEMS, type ListResult } from './listResult';

/** With many input items, the first hints are enough. */
const MAX_HINTS = 10;

/** Returns what a list operation has found, and tells what is to be known about it. */
export interface ListPresenter {
	/** The limit that applies: an AI agent does not get everything. */
	restrictLimit(limit: number): number;
	/** The items. What is to be known is shown beside them; an AI agent gets it as the first item. */
	present(itemIndex: number, result: ListResult): INodeExecutionData[];
}

/** Creates the presenter of one execution. */
export function createListPresenter(context: IExecuteFunctions): ListPresenter {
	const isTool = isAgentTool(context);
	let hints = 0;
	const addHints = (itemIndex: number, messages: readonly string[]) => {
		const isOneOfMany = context.getInputData().length > 1;
		for (const message of messages) {
			if (hints++ >= MAX_HINTS) return;
			const text = isOneOfMany ? `${message} [item ${itemIndex}]` : message;
			addExecutionHint(context, 'info', text);
		}
	};
	return {
		restrictLimit: (limit) => (isTool ? Math.min(limit, MAX_AGENT_ITEMS) : limit),
		present: (itemIndex, result) => {
			const pairedItem = { item: itemIndex };
			const toItem = (json: IDataObject) => ({ json, pairedItem });
			if (isTool) return createAgentAnswer(result).map(toItem);
			addHints(itemIndex, describeList(result));
			return result.items.map(toItem);
		},
	};
}
