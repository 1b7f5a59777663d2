import { getMany, operationProperty } from '../../parameters/operation';
import { APIS } from '../../errors/apis';
import type { Source } from '../../sources/source';
import type { Resource } from '../resource';
import { createGetAll, createGetAllProperties } from './getAll';

/** The events of a log as a resource of the node. */
export function createEventResource(source: Source, value: string): Resource {
	return {
		name: source.event,
		value,
		properties: [
			operationProperty(value, [getMany(APIS[source.api].entries)]),
			...createGetAllProperties(source, value),
		],
		operations: { getAll: createGetAll(source) },
	};
}
