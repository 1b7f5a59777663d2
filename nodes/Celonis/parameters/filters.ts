import type { INodeProperties } from 'n8n-workflow';

/** Which events of a log to keep. The APIs filter by time alone; the rest is done by the nodes. */
export function createFiltersProperty(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description:
			'Which events to keep. An event has to pass every filter; the values of one filter are alternatives. Upper and lower case are the same.',
		options,
	};
}
