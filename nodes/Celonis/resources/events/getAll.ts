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
import { createWindowProperties, getWindow } from '../../parameters/window';
import { readEvents } from '../../reading/readEvents';
import type { LogEvent } from '../../records/eventId';
import { openEventLog } from '../../sources/openEventLog';
import type { Source } from '../../sources/source';
import { createListPresenter, type ListPresenter } from '../listPresenter';
import { MAX_AGENT_ITEMS } from '../listResult';
import type { Operation, PerItem } from '../operation';
import { createEventItems } from './eventItems';
import { toListResult } from './eventResult';

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

/** What the input items of an execution share. */
interface SharedByItems {
	readonly directories: MemberDirectoryCache;
	readonly presenter: ListPresenter;
}

/** Get Many of a log: the events that each input item requests. */
export function createGetAll(source: Source): Operation<PerItem> {
	return (context) => {
		const shared: SharedByItems = {
			directories: createMemberDirectoryCache(context),
			presenter: createListPresenter(context),
		};
		return async (itemIndex) => await getAll(context, source, shared, itemIndex);
	};
}

async function getAll(
	context: IExecuteFunctions,
	source: Source,
	{ directories, presenter }: SharedByItems,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameters = new ParameterReader(context, itemIndex);
	const options = parameters.getCollection(createEventOptions(source));
	const limit = presenter.restrictLimit(getLimit(parameters));
	const window = getWindow(parameters);
	const { filters, ...filter } = source.getEventFilter(parameters);
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
	const made = createEventItems({ ...output, members }, filter.matches, limit);
	const hasLazyIds = filters !== '' || output.eventIdPath === null;
	const log = { ...opened, hasLazyIds, project: made.project };
	const { matches, counts } = countMatches(made.matches);
	const items: IDataObject[] = [];
	const times: number[] = [];
	const readOptions = { direction, concurrency, limit, matches };
	for await (const events of readEvents(log, window, readOptions)) {
		const unreadable = describeUnreadable(events);
		if (unreadable !== undefined) context.logger.warn(`Celonis: ${unreadable}`);
		for (const event of events) {
			items.push(made.toItem(event));
			if (times.length < MAX_AGENT_ITEMS) times.push(event.problem ? NaN : event.timestampMs);
		}
	}
	const { team } = log;
	const { fields = [] } = output;
	const requested = { source, team, window, direction, limit, fields, filters };
	return presenter.present(itemIndex, toListResult({ ...requested, ...counts, items, times }));
}

/** The same filter, which counts the events that it is asked about, and those that pass. */
function countMatches(matches: (event: LogEvent) => boolean) {
	const counts = { read: 0, passed: 0 };
	return {
		counts,
		matches: (event: LogEvent) => {
			counts.read++;
			const isMatch = matches(event);
			if (isMatch) counts.passed++;
			return isMatch;
		},
	};
}
