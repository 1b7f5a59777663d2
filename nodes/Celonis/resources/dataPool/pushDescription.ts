import type { INodeProperties } from 'n8n-workflow';
import { allowExpression } from '../../parameters/collection';
import { createOptionsProperty } from '../../parameters/options';
import { timeoutOption } from '../../parameters/timeout';
import { COLUMN_TYPES } from './columnTypes';
import {
	DEFAULT_CHUNK_MEGABYTES,
	DEFAULT_JOB_TIMEOUT_SECONDS,
	DEFAULT_KEYS,
	MAX_CHUNK_MEGABYTES,
} from './pushDefaults';

const show = { resource: ['dataPool'], operation: ['push'] };
const displayOptions = { show };

/** 'Options' of Push Rows. */
export const pushOptionsProperty = createOptionsProperty(
	[
		{
			displayName: 'Chunk Size (MB)',
			name: 'chunkSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_CHUNK_MEGABYTES },
			default: DEFAULT_CHUNK_MEGABYTES,
			description: 'Megabytes of rows to send in one request',
		},
		{
			displayName: 'Job Timeout (Seconds)',
			name: 'jobTimeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_JOB_TIMEOUT_SECONDS,
			description: 'Seconds to wait until Celonis has written the rows to the table',
		},
		timeoutOption,
	],
	displayOptions,
);

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
		description: "ID of the data pool, from the URL of its page: '…/integration/ui/pools/ID'",
	},
	{
		displayName: 'Table Name',
		name: 'tableName',
		type: 'string',
		required: true,
		displayOptions,
		default: '',
		placeholder: 'e.g. AUDIT_EVENTS',
		description: 'Table to write to. Created if it does not exist.',
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
				description: 'Delete all existing rows and replace them with the input items',
			},
		],
		default: 'upsert',
		description: 'What to do with existing rows',
	},
	{
		displayName: 'All existing rows are deleted and replaced by the input items.',
		name: 'replaceNotice',
		type: 'notice',
		displayOptions: { show: { ...show, mode: ['replace'] } },
		default: '',
	},
	{
		displayName: 'Keys',
		name: 'keys',
		type: 'string',
		displayOptions,
		default: DEFAULT_KEYS,
		description:
			'Columns that identify a row, separated by commas. Of input items with the same keys, the last one is used. Without keys, rows are added again at every push.',
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
				description: 'All fields of the input items, with the types of their values',
			},
			{
				name: 'Define Below',
				value: 'given',
				description: 'Only the columns below: the table has the same columns at every push',
			},
		],
		default: 'fromItems',
		description: 'Columns of the table. Nested values become JSON text.',
	},
	{
		displayName: 'Column Definitions',
		name: 'givenColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { ...show, columns: ['given'] } },
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
						default: 0,
						description:
							'Maximum length of text in bytes. Use 0 to derive it from the longest value.',
					},
				],
			},
		],
	},
	...allowExpression(pushOptionsProperty),
];
