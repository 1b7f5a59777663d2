import type { INodeProperties } from 'n8n-workflow';

/** The collection 'Filters' of a log. The APIs filter by time alone; the nodes do the rest. */
export function createFiltersProperty(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description:
			'Which events to keep. An event has to pass every filter; the values of one filter are alternatives. Matching is case-insensitive.',
		options,
	};
}
