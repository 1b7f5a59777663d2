import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

/** Whether a crash of n8n repeats a batch instead of losing it. */
export const repeatLastBatchOption: INodeProperties = {
	displayName: 'Repeat Last Batch',
	name: 'repeatLastBatch',
	type: 'boolean',
	default: false,
	description:
		'Whether to deliver the last batch once more after each start of n8n, with the same event IDs. Without it, a crash of n8n at the moment of delivery can lose that batch. Not needed if n8n polls with durable cursors.',
};

/** Gets the option 'Repeat Last Batch'. */
export function getRepeatLastBatch(options: ParameterReader): boolean {
	return options.getBoolean('Repeat Last Batch', 'repeatLastBatch');
}
