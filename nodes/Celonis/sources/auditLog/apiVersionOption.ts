import type { INodeProperties } from 'n8n-workflow';

/** Which version of the Audit Log API to read. */
export const apiVersionOption: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	options: [
		{ name: 'V1', value: 'v1', description: 'For teams that do not have version 2 yet' },
		{ name: 'V2', value: 'v2', description: 'Larger pages that stay stable while they are read' },
	],
	default: 'v2',
	description: 'Version of the Celonis Audit Log API to use',
};
