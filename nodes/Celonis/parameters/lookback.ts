import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

const DEFAULT_LOOKBACK_MINUTES = 10;

/** A year. */
const MAX_LOOKBACK_MINUTES = 365 * 24 * 60;

/** How late an event may appear in the log and still be delivered. */
export const lookbackOption: INodeProperties = {
	displayName: 'Lookback (Minutes)',
	name: 'lookback',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_LOOKBACK_MINUTES },
	default: DEFAULT_LOOKBACK_MINUTES,
	description:
		'How many minutes after its timestamp an event may appear in the log and still be delivered. The log of these minutes is read again: all of it at each poll, or parts of it if it is large.',
};

/** Gets the option 'Lookback', in milliseconds. */
export function getLookbackMs(options: ParameterReader): number {
	const parameter = {
		default: DEFAULT_LOOKBACK_MINUTES,
		max: MAX_LOOKBACK_MINUTES,
	};
	const minutes = options.getPositiveNumber('Lookback (Minutes)', 'lookback', parameter);
	return Math.round(minutes * 60_000);
}
