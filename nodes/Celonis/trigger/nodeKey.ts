import type { IPollFunctions } from 'n8n-workflow';

/** Identifies a node in a process of n8n. */
export function getNodeKey(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
}
