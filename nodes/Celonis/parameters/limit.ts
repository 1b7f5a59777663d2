import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

/** Also a literal below: n8n's lint requires it there. */
const DEFAULT_LIMIT = 50;

/** 'Return All' and 'Limit'. */
export function createLimitProperties(
	show: NonNullable<IDisplayOptions['show']>,
): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			displayOptions: { show },
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			displayOptions: { show: { ...show, returnAll: [false] } },
			typeOptions: { minValue: 1 },
			// n8n's lint demands the number itself: it is DEFAULT_LIMIT.
			default: 50,
			description: 'Max number of results to return',
		},
	];
}

/** Gets 'Return All' and 'Limit': the maximum number of results, `Infinity` for all. */
export function getLimit(parameters: ParameterReader): number {
	if (parameters.getBoolean('Return All', 'returnAll')) return Infinity;
	return parameters.getInteger('Limit', 'limit', { default: DEFAULT_LIMIT });
}
