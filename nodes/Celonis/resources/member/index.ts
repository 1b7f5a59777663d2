import { getMany, operationProperty } from '../../parameters/operation';
import type { Resource } from '../resource';
import { getAll, getAllProperties } from './getAll';

/** Who belongs to the team. */
export const member: Resource = {
	name: 'Member',
	value: 'member',
	properties: [
		operationProperty('member', [getMany('members', 'members of the team')]),
		...getAllProperties,
	],
	operations: { getAll },
};
