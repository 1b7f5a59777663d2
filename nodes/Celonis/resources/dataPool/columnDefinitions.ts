import type { INodeProperties } from 'n8n-workflow';
import { COLUMN_TYPES } from './columnTypes';

/** The columns of Push Rows, unless they are inferred from the items. */
export const columnDefinitions: INodeProperties = {
	displayName: 'Column Definitions',
	name: 'givenColumns',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	displayOptions: { show: { resource: ['dataPool'], operation: ['push'], columns: ['given'] } },
	placeholder: 'Add Column',
	default: {},
	options: [
		{
			displayName: 'Column',
			name: 'column',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Name of the column and of the field in the input items',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [...COLUMN_TYPES].sort().map((value) => ({ name: value, value })),
					default: 'STRING',
				},
				{
					displayName: 'Length',
					name: 'length',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: { show: { type: ['STRING'] } },
					default: 0,
					description:
						'Maximum length of text in bytes. Use 0 to derive it from the longest value.',
				},
			],
		},
	],
};
