import { createGetManyOption, createOperationProperty } from '../../parameters/operation';
import type { Resource } from '../resource';
import { getAll, getAllProperties } from './getAll';

/** The permissions that are granted in the team. */
export const permission: Resource = {
	name: 'Permission',
	description: 'Which users, groups and applications may do what in the team',
	value: 'permission',
	properties: [
		createOperationProperty('permission', 'permissions', [
			createGetManyOption(
				'permissions',
				'permissions: which user, group or application may do what in the team',
			),
		]),
		...getAllProperties,
	],
	operations: { getAll },
};
