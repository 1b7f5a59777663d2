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

/** The form of the items. */
export const outputOption: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Event',
			value: 'event',
			description: 'The record with event ID, category and actor added',
		},
		{ name: 'Raw', value: 'raw', description: 'The record exactly as Celonis sent it' },
	],
	default: 'event',
	description: 'In which form to return the events',
};

/** How long one answer may take. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: 'How many seconds to wait for an answer of Celonis',
};
