import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { ConnectionOptions } from '../../http/connection';
import {
	createMemberDirectoryCache,
	type MemberDirectoryCache,
} from '../../members/directoryCache';
import { formatEvent, type OutputSettings } from '../../output/items';
import { describeUnreadable } from '../../output/unreadable';
import { getAuthentication } from '../../parameters/authentication';
import { allowExpression } from '../../parameters/collection';
import { concurrencyOption, getConcurrency } from '../../parameters/concurrency';
import { enrichActorOption } from '../../parameters/enrichActor';
import { fieldsOption } from '../../parameters/fields';
import { createLimitProperties, getLimit } from '../../parameters/limit';
import { createOptionsProperty } from '../../parameters/options';
import { createOutputProperty, getOutputSettings } from '../../parameters/output';
import { ParameterReader } from '../../parameters/parameterReader';
import { getDirection, sortOrderOption } from '../../parameters/sortOrder';
import { getTimeoutMs, timeoutOption } from '../../parameters/timeout';
import { addResultHints } from './resultHints';
import { createWindowProperties, getWindow } from '../../parameters/window';
import { readEvents } from '../../reading/readEvents';
import type { LogEvent } from '../../records/eventId';
import { openEventLog } from '../../sources/openEventLog';
import type { Source } from '../../sources/source';
import type { Operation, PerItem } from '../operation';

/** Parameters of Get Many of a log. */
export function createGetAllProperties(source: Source): INodeProperties[] {
	const show = createShow(source);
	return [
		...createLimitProperties(show),
		...createWindowProperties(show),
		createOutputProperty({ show }),
		...allowExpression({ ...source.filtersProperty, displayOptions: { show } }),
		...allowExpression(createEventOptions(source)),
	];
}

function createEventOptions(source: Source): INodeProperties {
	return createOptionsProperty(
		[
			...source.optionProperties,
			concurrencyOption,
			enrichActorOption,
			fieldsOption,
			sortOrderOption,
			timeoutOption,
		],
		{ show: createShow(source) },
	);
}

function createShow(source: Source) {
	return { resource: [source.resource], operation: ['getAll'] };
}

/** Get Many of a log: the events that each input item requests. */
export function createGetAll(source: Source): Operation<PerItem> {
	return (context) => {
		const directories = createMemberDirectoryCache(context);
		return async (itemIndex) => await getAll(context, source, directories, itemIndex);
	};
}

async function getAll(
	context: IExecuteFunctions,
	source: Source,
	directories: MemberDirectoryCache,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameters = new ParameterReader(context, itemIndex);
	const options = parameters.getCollection(createEventOptions(source));
	const limit = getLimit(parameters);
	const window = getWindow(parameters);
	const { matches, hasFilters } = source.getEventFilter(parameters);
	const { isEnriched, ...output } = getOutputSettings(parameters, options, source.formatters);
	const concurrency = getConcurrency(options);
	const direction = getDirection(options);
	const sourceOptions = source.getOptions(options);
	const connectionOptions: ConnectionOptions = {
		itemIndex,
		authentication: getAuthentication(parameters),
		concurrency,
		timeoutMs: getTimeoutMs(options),
	};

	const members = isEnriched ? await directories.get(connectionOptions) : undefined;
	const opened = await openEventLog(context, source, connectionOptions, sourceOptions);
	const log = { ...opened, hasLazyIds: hasFilters || output.omitsEventId };
	const settings: OutputSettings = { ...output, members };
	const items: INodeExecutionData[] = [];
	const readOptions = { direction, concurrency, limit, matches };
	for await (const events of readEvents(log, window, readOptions)) {
		const unreadable = describeUnreadable(events);
		if (unreadable !== undefined) context.logger.warn(`Celonis: ${unreadable}`);
		for (const item of formatItems(events, settings, itemIndex)) items.push(item);
	}
	const { team } = log;
	const fields = settings.fields ?? [];
	const json = items.map((item) => item.json);
	addResultHints(context, { source, team, window, hasFilters, limit, fields, items: json });
	return items;
}

function formatItems(
	events: readonly LogEvent[],
	settings: OutputSettings,
	itemIndex: number,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	return events.map((event) => ({
		json: formatEvent(event, settings) as IDataObject,
		pairedItem,
	}));
}
