import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

const DEFAULT_CONCURRENCY = 8;
const MAX_CONCURRENCY = 16;

/** How many requests may be sent in parallel. */
export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'Maximum number of parallel requests. The node starts with a few and sends more as long as that is faster. It sends fewer after Celonis has returned 429 (too many requests).',
};

/** Gets the option 'Concurrency'. */
export function getConcurrency(options: ParameterReader): number {
	return options.getInteger('Concurrency', 'concurrency', {
		default: DEFAULT_CONCURRENCY,
		max: MAX_CONCURRENCY,
	});
}
