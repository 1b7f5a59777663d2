import type { INodeProperties } from 'n8n-workflow';
import { isBlank } from '../records/text';
import type { ParameterReader } from './parameterReader';
import { parseBoolean } from './parseValue';
import { showInput } from './showInput';

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

/** The filters that are set, with their values, such as `Actors "*@example.com", Text "orders"`. */
export function describeFilters(property: INodeProperties, filters: ParameterReader): string {
	const options = (property.options ?? []) as INodeProperties[];
	return options
		.flatMap(({ name, displayName, type }) => {
			const value = filters.getValue(name);
			const isOff = type === 'boolean' && parseBoolean(value) === false;
			const isUnset = isBlank(value) || isOff || isEmptyList(value);
			return isUnset ? [] : [`${displayName} ${showInput(value)}`];
		})
		.join(', ');
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
