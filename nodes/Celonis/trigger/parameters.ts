import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../records/json';
import { getConcurrency } from '../parameters/concurrency';
import { getDateTime } from '../parameters/dateTime';
import { requirePositive, requireWholeNumber } from '../parameters/numbers';
import { requireChoice } from '../parameters/lists';
import { getOutputSettings, type OutputParameters, type OutputOptions } from '../parameters/output';
import { getTimeoutMs } from '../parameters/timeout';
import { SOURCES, type SourceName } from '../sources';
import type { Source, EventFilter } from '../sources/source';
import type { Authentication } from '../http/connection';

/** What the user set on the trigger. */
export interface TriggerParameters extends EventFilter {
	readonly source: Source;
	readonly sourceName: SourceName;
	readonly authentication: Authentication;
	/** Those that the source has of its own are among them. */
	readonly options: JsonObject;
	readonly timeoutMs: number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
	readonly output: OutputParameters;
	/** Epoch milliseconds; `undefined`: start with what happens from now on. */
	readonly startMs?: number;
	readonly lookbackMs: number;
	readonly maxEvents: number;
	/** Whether to deliver the last batch once more after n8n was started. */
	readonly repeatLastBatch: boolean;
}

type Options = JsonObject &
	OutputOptions & {
		readonly concurrency?: number;
		readonly lookback?: number;
		readonly maxEventsPerPoll?: number;
		readonly repeatLastBatch?: boolean;
		readonly timeout?: number;
	};

/** Reads the parameters; one that can't be used is an error that names it. */
export function getTriggerParameters(context: IPollFunctions): TriggerParameters {
	const options = context.getNodeParameter('options', {}) as Options;
	const sourceName = getSourceName(context);
	const source = SOURCES[sourceName];
	const lookbackMinutes = requirePositive(context, 'Lookback', options.lookback ?? 10);
	return {
		source,
		sourceName,
		authentication: context.getNodeParameter('authentication') as Authentication,
		options,
		timeoutMs: getTimeoutMs(context, options),
		concurrency: getConcurrency(context, options),
		output: getOutputSettings(context, source.formats, options),
		...source.getEventFilter(context, context.getNodeParameter('filters', {})),
		startMs: getStartMs(context),
		lookbackMs: Math.round(lookbackMinutes * 60_000),
		maxEvents: requireWholeNumber(
			context,
			'Max Events per Poll',
			options.maxEventsPerPoll ?? 10_000,
		),
		repeatLastBatch: options.repeatLastBatch === true,
	};
}

function getSourceName(context: IPollFunctions): SourceName {
	const value = context.getNodeParameter('source', 'auditLog');
	return requireChoice(
		{ context, displayName: 'Source' },
		value,
		Object.keys(SOURCES) as SourceName[],
	);
}

function getStartMs(context: IPollFunctions): number | undefined {
	if (context.getNodeParameter('startFrom', 'now') !== 'date') return undefined;
	const startMs = getDateTime(context, 'Start Date', context.getNodeParameter('startDate', ''));
	if (startMs !== undefined) return startMs;
	throw new NodeOperationError(context.getNode(), "'Start Date' is empty", {
		description: "Set the date from which to deliver events, or set 'Start From' to 'Now'.",
	});
}
