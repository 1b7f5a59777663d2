import type { INodeProperties } from 'n8n-workflow';
import {
	concurrencyOption,
	enrichActorOption,
	fieldsOption,
	createOptionsProperty,
	outputOption,
	timeoutOption,
} from '../parameters/options';
import { SOURCES } from '../sources';
import type { Source } from '../sources/source';

const sources = Object.entries<Source>(SOURCES);

/** Parameters of the trigger, besides those that n8n adds for polling. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: sources.map(([value, { title, description }]) => ({
			name: title,
			value,
			description,
		})),
		default: 'auditLog',
		description: 'Which log of Celonis starts the workflow',
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'Date',
				value: 'date',
				description: 'Deliver what the log holds since a date first, oldest first',
			},
			{
				name: 'Now',
				value: 'now',
				description: 'Deliver what happens after the workflow was activated',
			},
		],
		default: 'now',
		description:
			'Which events to deliver first. Only counts when the node starts for the first time.',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		displayOptions: { show: { startFrom: ['date'] } },
		default: '',
		required: true,
		description: "Deliver events from this moment on. Read in the workflow's time zone.",
	},
	...sources.map(([name, { filters }]) => ({
		...filters,
		displayOptions: { show: { source: [name] } },
	})),
	createOptionsProperty([
		...sources.flatMap(([name, { ownOptions }]) =>
			ownOptions.map((option) => ({
				...option,
				displayOptions: { show: { '/source': [name] } },
			})),
		),
		concurrencyOption,
		enrichActorOption,
		fieldsOption,
		{
			displayName: 'Lookback',
			name: 'lookback',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description:
				'How many minutes after its timestamp an event may show up in the log and still be delivered. What happened in these minutes is read again: all of it at each poll, or parts of it where it is a lot.',
		},
		{
			displayName: 'Max Events per Poll',
			name: 'maxEventsPerPoll',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10000,
			description: 'How many events one poll may deliver. What is left comes with the next polls.',
		},
		outputOption,
		{
			displayName: 'Repeat Last Batch',
			name: 'repeatLastBatch',
			type: 'boolean',
			default: false,
			description:
				'Whether to deliver the last batch once more after each start of n8n, with the same event IDs. Without it, a crash of n8n in the instant of delivery can lose that batch. Not needed where n8n polls by its durable scheduler with durable cursors.',
		},
		timeoutOption,
	]),
];
