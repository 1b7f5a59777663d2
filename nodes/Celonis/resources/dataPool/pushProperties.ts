import type { INodeProperties } from 'n8n-workflow';
import { createOptionsProperty, timeoutOption } from '../../parameters/options';
import { COLUMN_TYPES } from './columns';

const shown = { resource: ['dataPool'], operation: ['push'] };
const displayOptions = { show: shown };

/** Parameters of Data Pool → Push Rows. */
export const pushProperties: INodeProperties[] = [
	{
		displayName: 'Data Pool ID',
		name: 'dataPoolId',
		type: 'string',
		required: true,
		displayOptions,
		default: '',
		placeholder: 'e.g. 5f0c7a52-4b1e-4f0a-9d3c-2c1f3e6a7b10',
		description: "ID of the data pool, from the address of its page: '…/integration/ui/pools/ID'",
	},
	{
		displayName: 'Table Name',
		name: 'tableName',
		type: 'string',
		required: true,
		displayOptions,
		default: '',
		placeholder: 'e.g. AUDIT_EVENTS',
		description: 'Table that the rows come into; it is made if there is none',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		displayOptions,
		options: [
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
			},
			{
				name: 'Replace Table',
				value: 'replace',
				description: 'Replace the whole table by the rows: what was in it is gone',
			},
		],
		default: 'upsert',
		description: 'What becomes of the rows that are in the table already',
	},
	{
		displayName:
			'The table is replaced: rows that are in it and not among the input items are gone.',
		name: 'replaceNotice',
		type: 'notice',
		displayOptions: { show: { ...shown, mode: ['replace'] } },
		default: '',
	},
	{
		displayName: 'Keys',
		name: 'keys',
		type: 'string',
		displayOptions,
		default: 'eventId',
		description:
			'Columns that tell rows apart, separated by commas. Of input items with the same keys the last one counts. Without keys the rows are added anew each time.',
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'options',
		displayOptions,
		options: [
			{
				name: 'From Items',
				value: 'fromItems',
				description: 'Every field of the items, with the type of its values',
			},
			{
				name: 'Given',
				value: 'given',
				description: 'The columns below, and nothing else: the table stays the same at every push',
			},
		],
		default: 'fromItems',
		description: 'Which columns the table has. Nested values become JSON text.',
	},
	{
		displayName: 'Given Columns',
		name: 'givenColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { ...shown, columns: ['given'] } },
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
						description: 'Name of the column, and of the field of the items',
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
						default: 0,
						description: 'How many bytes a text may have; 0 for as many as it takes',
					},
				],
			},
		],
	},
	createOptionsProperty(
		[
			{
				displayName: 'Chunk Size',
				name: 'chunkSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 500 },
				default: 8,
				description: 'How many megabytes of rows to send at once',
			},
			{
				displayName: 'Job Timeout',
				name: 'jobTimeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 600,
				description: 'How many seconds to wait until Celonis has put the rows into the table',
			},
			timeoutOption,
		],
		displayOptions,
	),
];
