import type { INodeProperties } from 'n8n-workflow';

/** An operation, as the editor offers it. */
export interface OfferedOperation {
	readonly name: string;
	readonly value: string;
	readonly description: string;
	/** How it is called where n8n lists what nodes can do. */
	readonly action: string;
}

/** The choice of a resource's operation; the first of them unless another is chosen. */
export function operationProperty(
	resource: string,
	operations: readonly [OfferedOperation, ...OfferedOperation[]],
): INodeProperties {
	const [{ value: first }] = operations;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map((operation) => ({ ...operation })),
		default: first,
	};
}

/** Get Many, of these things. */
export function getMany(things: string, ofWhat = things): OfferedOperation {
	return {
		name: 'Get Many',
		value: 'getAll',
		description: `Retrieve a list of ${ofWhat}`,
		action: `Get many ${things}`,
	};
}
