import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Does what one input item asks for. */
export type Work = (itemIndex: number) => Promise<INodeExecutionData[]>;

/** An operation of the node, to be begun once for an execution. */
export type Operation = (context: IExecuteFunctions) => Work;
