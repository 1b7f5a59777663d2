import { APIS } from '../../errors/apis';
import { createGetManyOption, createOperationProperty } from '../../parameters/operation';
import type { Source } from '../../sources/source';
import type { Resource } from '../resource';
import { createGetAll, createGetAllProperties } from './getAll';
import {
	createGetStatus,
	createGetStatusOption,
	createGetStatusProperties,
} from './status/getStatus';

/** Creates the resource for the events of a log. */
export function createEventResource(source: Source): Resource {
	return {
		name: source.eventDisplayName,
		description: source.description,
		value: source.resource,
		properties: [
			createOperationProperty(source.resource, source.api, [
				createGetManyOption(APIS[source.api].entries, source.listDescription),
				createGetStatusOption(source),
			]),
			...createGetAllProperties(source),
			...createGetStatusProperties(source),
		],
		operations: { getAll: createGetAll(source), getStatus: createGetStatus(source) },
	};
}
