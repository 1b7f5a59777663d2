import { operationProperty } from '../../parameters/operation';
import type { Resource } from '../resource';
import { push } from './push';
import { pushProperties } from './pushProperties';

/** Data pools of the team, as a place to bring rows to. */
export const dataPool: Resource = {
	name: 'Data Pool',
	value: 'dataPool',
	properties: [
		operationProperty('dataPool', [
			{
				name: 'Push Rows',
				value: 'push',
				description: 'Put all input items into a table of a data pool',
				action: 'Push rows to a data pool',
			},
		]),
		...pushProperties,
	],
	operations: { push },
};
