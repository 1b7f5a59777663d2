import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { compileFilters } from '../audit/filters/filters';
import type { AuditEvent } from '../audit/identity';
import type { Output } from '../audit/output';
import { readConcurrency } from '../parameters/concurrency';
import { readFilters } from '../parameters/filters';
import { readMoment } from '../parameters/moment';
import { requirePositive, requireWholeNumber } from '../parameters/numbers';
import { readOutput, type OutputOptions } from '../parameters/output';
import type { ApiVersion, Authentication } from '../transport/auditLog';

/** What the user set on the trigger. */
export interface TriggerSettings {
	readonly authentication: Authentication;
	readonly apiVersion: ApiVersion;
	readonly timeoutMs: number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
	readonly output: Output;
	/** Whether there are filters, and whether an event passes them. */
	readonly hasFilters: boolean;
	readonly wants: (event: AuditEvent) => boolean;
	/** Epoch milliseconds; `undefined`: start with what happens from now on. */
	readonly startMs?: number;
	readonly lookbackMs: number;
	readonly maxEvents: number;
	/** Whether to deliver the last batch once more after n8n was started. */
	readonly repeatLastBatch: boolean;
}

interface Options extends OutputOptions {
	readonly apiVersion?: ApiVersion;
	readonly concurrency?: number;
	readonly lookback?: number;
	readonly maxEventsPerPoll?: number;
	readonly repeatLastBatch?: boolean;
	readonly timeout?: number;
}

/** Reads the parameters; one that can't be used is an error that names it. */
export function readSettings(context: IPollFunctions): TriggerSettings {
	const options = context.getNodeParameter('options', {}) as Options;
	const lookbackMinutes = requirePositive(context, 'Lookback', options.lookback ?? 10);
	return {
		authentication: context.getNodeParameter('authentication') as Authentication,
		apiVersion: options.apiVersion ?? 'v2',
		timeoutMs: requirePositive(context, 'Timeout', options.timeout ?? 60) * 1000,
		concurrency: readConcurrency(context, options),
		output: readOutput(context, options),
		...readWants(context),
		startMs: readStart(context),
		lookbackMs: Math.round(lookbackMinutes * 60_000),
		maxEvents: requireWholeNumber(
			context,
			'Max Events per Poll',
			options.maxEventsPerPoll ?? 10_000,
		),
		repeatLastBatch: options.repeatLastBatch === true,
	};
}

function readWants(context: IPollFunctions): Pick<TriggerSettings, 'wants' | 'hasFilters'> {
	const filters = readFilters(context, context.getNodeParameter('filters', {}));
	return { wants: compileFilters(filters), hasFilters: Object.values(filters).some(Boolean) };
}

function readStart(context: IPollFunctions): number | undefined {
	if (context.getNodeParameter('startFrom', 'now') !== 'date') return undefined;
	const startMs = readMoment(context, 'Start Date', context.getNodeParameter('startDate', ''));
	if (startMs !== undefined) return startMs;
	throw new NodeOperationError(context.getNode(), "'Start Date' is empty", {
		description: "Set the date from which to deliver events, or set 'Start From' to 'Now'.",
	});
}
