import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Executes an operation for one input item. */
export type PerItem = (itemIndex: number) => Promise<INodeExecutionData[]>;

/** Executes an operation once for all input items. */
export interface AllItems {
	run(): Promise<INodeExecutionData[]>;
}

/** An operation of the node. It is called once per execution of the node. */
export type Operation<Mode extends PerItem | AllItems = PerItem | AllItems> = (
	context: IExecuteFunctions,
) => Mode;
