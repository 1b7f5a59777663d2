import type { INodeProperties } from 'n8n-workflow';
import { allowExpression } from '../../parameters/collection';
import { createOptionsProperty } from '../../parameters/options';
import { timeoutOption } from '../../parameters/timeout';
import { agentPushNotice } from './agentPush';
import { columnDefinitions } from './columnDefinitions';
import {
	DEFAULT_CHUNK_MEGABYTES,
	DEFAULT_JOB_TIMEOUT_SECONDS,
	DEFAULT_KEYS,
	DEFAULT_LONG_TEXT,
	MAX_CHUNK_MEGABYTES,
} from './pushDefaults';
import { POOL_ADDRESS } from './poolAddress';
import { TRUNCATION_MARK } from './truncate';

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
		{
			displayName: 'Long Text',
			name: 'longText',
			type: 'options',
			options: [
				{
					name: 'Stop With an Error',
					value: 'error',
					description: 'Push nothing, and name the item',
				},
				{
					name: 'Truncate',
					value: 'truncate',
					description: `Shorten the text to the length of its column, with '${TRUNCATION_MARK}' at the end, and show a warning`,
				},
			],
			default: DEFAULT_LONG_TEXT,
			description: 'What to do with text that is longer than its column. Keys are never truncated.',
		},
		timeoutOption,
	],
	displayOptions,
);

/** Parameters of Data Pool → Push Rows. */
export const pushProperties: INodeProperties[] = [
	agentPushNotice,
	{
		displayName: 'Data Pool',
		name: 'dataPoolId',
		type: 'resourceLocator',
		required: true,
		displayOptions,
		default: { mode: 'id', value: '' },
		description: 'Data pool to write to',
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5f0c7a52-4b1e-4f0a-9d3c-2c1f3e6a7b10',
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://your-team.eu-1.celonis.cloud/integration/ui/pools/5f0c7a52-…',
				hint: 'Address of a page of the data pool, from the address bar of the browser',
				extractValue: { type: 'regex', regex: POOL_ADDRESS.source },
			},
		],
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
	...allowExpression(columnDefinitions),
	...allowExpression(pushOptionsProperty),
];
