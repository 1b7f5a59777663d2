import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Does what one input item asks for. */
export type PerItem = (itemIndex: number) => Promise<INodeExecutionData[]>;

/** Does what all input items ask for together. */
export interface AllItems {
	run(): Promise<INodeExecutionData[]>;
}

/** An operation of the node, to be begun once for an execution. */
export type Operation<Kind extends PerItem | AllItems = PerItem | AllItems> = (
	context: IExecuteFunctions,
) => Kind;
