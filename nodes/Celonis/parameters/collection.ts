import type { INodeProperties } from 'n8n-workflow';

/**
 * A collection that an expression may give as a whole. Before the node runs, n8n replaces such an
 * expression by an empty collection, and nobody is told, unless a hidden parameter of the same name
 * follows.
 */
export function allowExpression(collection: INodeProperties): INodeProperties[] {
	const { displayName, name, displayOptions } = collection;
	return [collection, { displayName, name, type: 'hidden', default: {}, displayOptions }];
}
