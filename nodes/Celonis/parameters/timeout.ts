import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

const DEFAULT_TIMEOUT_SECONDS = 60;

/** How long one response may take. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_SECONDS,
	description: 'Seconds to wait for a response',
};

/** Gets the option 'Timeout', in milliseconds. */
export function getTimeoutMs(options: ParameterReader): number {
	const parameter = { default: DEFAULT_TIMEOUT_SECONDS };
	return options.getPositiveNumber('Timeout (Seconds)', 'timeout', parameter) * 1000;
}
