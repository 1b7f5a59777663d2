import { createGetManyOption, createOperationProperty } from '../../parameters/operation';
import type { Resource } from '../resource';
import { getAll, getAllProperties } from './getAll';

/** The members of the team. */
export const member: Resource = {
	name: 'Member',
	description: 'The users of the team, with their roles and groups',
	value: 'member',
	properties: [
		createOperationProperty('member', 'members', [
			createGetManyOption(
				'members',
				'members of the team: users with their roles, groups, status and last login',
			),
		]),
		...getAllProperties,
	],
	operations: { getAll },
};
