import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { compileFilters } from '../../audit/filters/filters';
import type { AuditEvent } from '../../audit/identity';
import { formatEvent } from '../../audit/output';
import { filtersProperty } from '../../descriptions/filters';
import {
	apiVersionOption,
	concurrencyOption,
	fieldsOption,
	outputOption,
	timeoutOption,
} from '../../descriptions/options';
import { readConcurrency } from '../../parameters/concurrency';
import { readFilters } from '../../parameters/filters';
import { requirePositive, requireWholeNumber } from '../../parameters/numbers';
import { readOutput, type OutputOptions } from '../../parameters/output';
import { readWindowParameters } from '../../parameters/window';
import { readEnd } from '../../reading/readEnd';
import { readAll } from '../../reading/readAll';
import { openAuditLog, type ApiVersion, type Authentication } from '../../transport/auditLog';

const showForGetAll = { show: { resource: ['auditEvent'], operation: ['getAll'] } };

/** Parameters of Audit Event → Get Many. */
export const getAllProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: showForGetAll,
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { ...showForGetAll.show, returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		displayOptions: showForGetAll,
		default: '={{ $now.minus({ hours: 24 }) }}',
		description:
			"Start of the time window, itself included. Read in the workflow's time zone. Empty means 24 hours ago.",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		displayOptions: showForGetAll,
		default: '',
		description:
			"End of the time window, itself left out. Read in the workflow's time zone. Empty means now.",
	},
	{ ...filtersProperty, displayOptions: showForGetAll },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		displayOptions: showForGetAll,
		placeholder: 'Add Option',
		default: {},
		options: [
			apiVersionOption,
			concurrencyOption,
			fieldsOption,
			outputOption,
			{
				displayName: 'Sort Order',
				name: 'sortOrder',
				type: 'options',
				options: [
					{ name: 'Newest First', value: 'desc' },
					{ name: 'Oldest First', value: 'asc' },
				],
				default: 'desc',
				description: "The order of the events, and which end of the window 'Limit' counts from",
			},
			timeoutOption,
		],
	},
];

interface Options extends OutputOptions {
	readonly apiVersion?: ApiVersion;
	readonly concurrency?: number;
	readonly sortOrder?: 'asc' | 'desc';
	readonly timeout?: number;
}

/** Reads the events that one input item asks for. */
export async function getAll(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const options = this.getNodeParameter('options', itemIndex, {}) as Options;
	const returnAll = this.getNodeParameter('returnAll', itemIndex, false) as boolean;
	const limit = returnAll
		? Infinity
		: requireWholeNumber(this, 'Limit', this.getNodeParameter('limit', itemIndex, 50), itemIndex);
	const window = readWindowParameters(this, itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {});
	const wants = compileFilters(readFilters(this, filters, itemIndex));
	const output = readOutput(this, options, itemIndex);
	const concurrency = readConcurrency(this, options, itemIndex);
	const end = options.sortOrder === 'asc' ? 'oldest' : 'newest';

	const pages = await openAuditLog(this, {
		authentication: this.getNodeParameter('authentication', itemIndex) as Authentication,
		apiVersion: options.apiVersion ?? 'v2',
		concurrency,
		timeoutMs: requirePositive(this, 'Timeout', options.timeout ?? 60, itemIndex) * 1000,
	});
	const pairedItem = { item: itemIndex };
	const toItem = (event: AuditEvent): INodeExecutionData => ({
		json: formatEvent(event, output) as IDataObject,
		pairedItem,
	});
	if (!returnAll) return (await readEnd(pages, window, { end, limit, wants })).map(toItem);
	const make = (events: AuditEvent[]) => events.filter(wants).map(toItem);
	return await readAll(pages, window, { concurrency, end, make });
}
