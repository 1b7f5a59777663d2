import type { IPollFunctions } from 'n8n-workflow';
import type { Authentication } from '../http/connection';
import { getAuthentication } from '../parameters/authentication';
import { getConcurrency } from '../parameters/concurrency';
import { getLookbackMs } from '../parameters/lookback';
import { getMaxEventsPerPoll } from '../parameters/maxEventsPerPoll';
import { getOutputSettings, type OutputParameters } from '../parameters/output';
import { ParameterReader } from '../parameters/parameterReader';
import { getRepeatLastBatch } from '../parameters/repeatLastBatch';
import { getStartMs } from '../parameters/startFrom';
import { getTimeoutMs } from '../parameters/timeout';
import type { EventFilter, Source, SourceOptions } from '../sources/source';
import { optionsProperty } from './description';
import { getSource } from './source';

/** What the user set on the trigger. */
export interface TriggerParameters extends EventFilter {
	readonly source: Source;
	readonly authentication: Authentication;
	readonly sourceOptions: SourceOptions;
	readonly timeoutMs: number;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	readonly output: OutputParameters;
	/** Epoch milliseconds; `undefined`: start now. */
	readonly startMs?: number;
	readonly lookbackMs: number;
	readonly maxEvents: number;
	/** Whether to deliver the last batch once more after n8n was started. */
	readonly repeatLastBatch: boolean;
}

/** Gets the parameters. A value that cannot be used is an error that names it. */
export function getTriggerParameters(context: IPollFunctions): TriggerParameters {
	const parameters = new ParameterReader(context);
	const options = parameters.getCollection(optionsProperty);
	const source = getSource(parameters);
	const lookbackMs = getLookbackMs(options);
	return {
		source,
		authentication: getAuthentication(parameters),
		sourceOptions: source.getOptions(options),
		timeoutMs: getTimeoutMs(options),
		concurrency: getConcurrency(options),
		output: getOutputSettings(parameters, options, source.formatters),
		...source.getEventFilter(parameters),
		startMs: getStartMs(parameters),
		lookbackMs,
		maxEvents: getMaxEventsPerPoll(options),
		repeatLastBatch: getRepeatLastBatch(options),
	};
}
