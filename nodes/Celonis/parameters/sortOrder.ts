import type { INodeProperties } from 'n8n-workflow';
import type { Direction } from '../reading/slicingOptions';
import type { ParameterReader } from './parameterReader';

/** Which events come first. */
export const sortOrderOption: INodeProperties = {
	displayName: 'Sort Order',
	name: 'sortOrder',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
	description: "Order of the events, and the end of the time window that 'Limit' counts from",
};

/** Gets the option 'Sort Order'. */
export function getDirection(options: ParameterReader): Direction {
	const sortOrder = options.getChoice('Sort Order', 'sortOrder', ['desc', 'asc'], 'desc');
	return sortOrder === 'asc' ? 'oldestFirst' : 'newestFirst';
}
