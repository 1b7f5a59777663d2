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
	optionsOf,
	outputOption,
	timeoutOption,
} from '../../parameters/options';
import { limitProperties } from '../../descriptions/limit';
import { inApi } from '../../errors/celonisError';
import type { LogEvent } from '../../records/eventId';
import { formatEvent, type Output } from '../../output/items';
import { readConcurrency } from '../../parameters/concurrency';
import { readLimit } from '../../parameters/limit';
import { readOutput, type OutputOptions } from '../../parameters/output';
import { readTimeout } from '../../parameters/timeout';
import { readWindowParameters } from '../../parameters/window';
import { readAll } from '../../reading/readAll';
import { readEnd } from '../../reading/readEnd';
import { openSource } from '../../sources/openSource';
import type { Source } from '../../sources/source';
import { createTeam, type Team } from '../../members/directoryCache';
import type { ApiOptions, Authentication } from '../../http/connection';
import type { Operation } from '../operation';

/** Parameters of Get Many of a log, besides those of all operations. */
export function getAllProperties(source: Source, resource: string): INodeProperties[] {
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
		{ ...source.filtersProperty, displayOptions: { show: shown } },
		optionsOf(
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
export function getAllOf(source: Source): Operation {
	return (context) => {
		const team = createTeam(context);
		return async (itemIndex) =>
			await inApi(source.api, async () => await getAll(context, source, team, itemIndex));
	};
}

async function getAll(
	context: IExecuteFunctions,
	source: Source,
	team: Team,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const options = context.getNodeParameter('options', itemIndex, {}) as Options;
	const limit = readLimit(context, itemIndex);
	const window = readWindowParameters(context, itemIndex);
	const filters = context.getNodeParameter('filters', itemIndex, {});
	const { wants } = source.readFilters(context, filters, itemIndex);
	const { isEnriched, ...chosen } = readOutput(context, source.formats, options, itemIndex);
	const concurrency = readConcurrency(context, options, itemIndex);
	const end = options.sortOrder === 'asc' ? 'oldest' : 'newest';
	const way: ApiOptions = {
		authentication: context.getNodeParameter('authentication', itemIndex) as Authentication,
		concurrency,
		timeoutMs: readTimeout(context, options, itemIndex),
	};

	const output: Output = isEnriched ? { ...chosen, members: await team.actors(way) } : chosen;
	const log = await openSource(context, source, way, options);
	const pairedItem = { item: itemIndex };
	const toItem = (event: LogEvent): INodeExecutionData => ({
		json: formatEvent(event, output) as IDataObject,
		pairedItem,
	});
	if (limit !== Infinity) return (await readEnd(log, window, { end, limit, wants })).map(toItem);
	const make = (events: LogEvent[]) => events.filter(wants).map(toItem);
	return await readAll(log, window, { concurrency, end, make });
}
