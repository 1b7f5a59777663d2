import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import {
	concurrencyOption,
	enrichActorOption,
	fieldsOption,
	createOptionsProperty,
	outputOption,
	timeoutOption,
} from '../../parameters/options';
import { limitProperties } from '../../descriptions/limit';
import { inApi } from '../../errors/celonisError';
import type { LogEvent } from '../../records/eventId';
import { formatEvent, type OutputSettings } from '../../output/items';
import { getConcurrency } from '../../parameters/concurrency';
import { getLimit } from '../../parameters/limit';
import { getOutputSettings, type OutputOptions } from '../../parameters/output';
import { getTimeoutMs } from '../../parameters/timeout';
import { getWindow } from '../../parameters/window';
import { readAll } from '../../reading/readAll';
import { readEnd } from '../../reading/readEnd';
import { openEventLog } from '../../sources/openSource';
import type { Source } from '../../sources/source';
import {
	createMemberDirectoryCache,
	type MemberDirectoryCache,
} from '../../members/directoryCache';
import type { ConnectionOptions, Authentication } from '../../http/connection';
import type { Operation } from '../operation';

/** Parameters of Get Many of a log, besides those of all operations. */
export function createGetAllProperties(source: Source, resource: string): INodeProperties[] {
	const shown = { resource: [resource], operation: ['getAll'] };
	return [
		...limitProperties(shown),
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			displayOptions: { show: shown },
			default: '={{ $now.minus({ hours: 24 }) }}',
			description:
				"Start of the time window, itself included. Read in the workflow's time zone. Empty means 24 hours ago.",
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			displayOptions: { show: shown },
			default: '',
			description:
				"End of the time window, itself left out. Read in the workflow's time zone. Empty means now.",
		},
		{ ...source.filters, displayOptions: { show: shown } },
		createOptionsProperty(
			[
				...source.ownOptions,
				concurrencyOption,
				enrichActorOption,
				fieldsOption,
				outputOption,
				sortOrderOption,
				timeoutOption,
			],
			{ show: shown },
		),
	];
}

const sortOrderOption: INodeProperties = {
	displayName: 'Sort Order',
	name: 'sortOrder',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
	description: "The order of the events, and which end of the window 'Limit' counts from",
};

type Options = IDataObject &
	OutputOptions & {
		readonly concurrency?: number;
		readonly sortOrder?: 'asc' | 'desc';
		readonly timeout?: number;
	};

/** Get Many of a log: the events that each input item asks for. */
export function createGetAll(source: Source): Operation {
	return (context) => {
		const team = createMemberDirectoryCache(context);
		return async (itemIndex) =>
			await inApi(source.api, async () => await getAll(context, source, team, itemIndex));
	};
}

async function getAll(
	context: IExecuteFunctions,
	source: Source,
	team: MemberDirectoryCache,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const options = context.getNodeParameter('options', itemIndex, {}) as Options;
	const limit = getLimit(context, itemIndex);
	const window = getWindow(context, itemIndex);
	const filters = context.getNodeParameter('filters', itemIndex, {});
	const { matches } = source.getEventFilter(context, filters, itemIndex);
	const { isEnriched, ...chosen } = getOutputSettings(context, source.formats, options, itemIndex);
	const concurrency = getConcurrency(context, options, itemIndex);
	const end = options.sortOrder === 'asc' ? 'oldest' : 'newest';
	const way: ConnectionOptions = {
		authentication: context.getNodeParameter('authentication', itemIndex) as Authentication,
		concurrency,
		timeoutMs: getTimeoutMs(context, options, itemIndex),
	};

	const output: OutputSettings = isEnriched ? { ...chosen, members: await team.get(way) } : chosen;
	const log = await openEventLog(context, source, way, options);
	const pairedItem = { item: itemIndex };
	const toItem = (event: LogEvent): INodeExecutionData => ({
		json: formatEvent(event, output) as IDataObject,
		pairedItem,
	});
	if (limit !== Infinity) return (await readEnd(log, window, { end, limit, matches })).map(toItem);
	const make = (events: LogEvent[]) => events.filter(matches).map(toItem);
	return await readAll(log, window, { concurrency, end, make });
}
