import { createOperationProperty } from '../../parameters/operation';
import type { Resource } from '../resource';
import { push } from './push';
import { pushProperties } from './pushDescription';

/** The data pools of the team. */
export const dataPool: Resource = {
	name: 'Data Pool',
	description: 'Tables that analyses and models read: write rows to them',
	value: 'dataPool',
	properties: [
		createOperationProperty('dataPool', 'dataPush', [
			{
				name: 'Push Rows',
				value: 'push',
				description: 'Write all input items to a table of a data pool',
				action: 'Push rows to data pool',
			},
		]),
		...pushProperties,
	],
	operations: { push },
};
