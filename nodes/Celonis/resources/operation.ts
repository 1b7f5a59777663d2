import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Does what one input item asks for. */
export type Work = (itemIndex: number) => Promise<INodeExecutionData[]>;

/** Does what all input items ask for together. */
export interface JointWork {
	together(): Promise<INodeExecutionData[]>;
}

/** An operation of the node, to be begun once for an execution. */
export type Operation<Kind extends Work | JointWork = Work | JointWork> = (
	context: IExecuteFunctions,
) => Kind;
