import type { INodeProperties } from 'n8n-workflow';
import { APIS } from '../../faults/apis';
import type { Source } from '../../sources/source';
import type { Resource } from '../resource';
import { getAllOf, getAllProperties } from './getAll';

/** The events of a log as a resource of the node. */
export function eventsOf(source: Source, value: string): Resource {
	const { event: name } = source;
	const { entries } = APIS[source.api];
	const operationProperty: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				description: `Retrieve a list of ${entries}`,
				action: `Get many ${entries}`,
			},
		],
		default: 'getAll',
	};
	return {
		name,
		value,
		properties: [operationProperty, ...getAllProperties(source, value)],
		operations: { getAll: getAllOf(source) },
	};
}
