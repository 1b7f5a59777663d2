import type { Resource } from '../resource';
import { getAll, getAllProperties } from './getAll';

/** Who belongs to the team. */
export const member: Resource = {
	name: 'Member',
	value: 'member',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['member'] } },
			options: [
				{
					name: 'Get Many',
					value: 'getAll',
					description: 'Retrieve a list of members of the team',
					action: 'Get many members',
				},
			],
			default: 'getAll',
		},
		...getAllProperties,
	],
	operations: { getAll },
};
