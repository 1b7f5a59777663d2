import type { INodePropertyOptions } from 'n8n-workflow';
import { createFiltersProperty } from '../../../parameters/filters';
import { LOGIN_TYPE_NAMES, LOGIN_TYPES, type LoginType } from '../loginTypes';

/** Displayed as they are in the log, because users search for these names. */
const types: INodePropertyOptions[] = LOGIN_TYPE_NAMES.map((name) => {
	const { failureReason, method }: LoginType = LOGIN_TYPES[name];
	return { name, value: name, description: failureReason ?? method };
});

/** The parameter 'Filters' of the login history. */
export const loginFiltersProperty = createFiltersProperty([
	{
		displayName: 'Actors',
		name: 'actors',
		type: 'string',
		default: '',
		placeholder: 'e.g. *@example.com, !svc-*@example.com',
		description:
			'E-mail addresses of users who signed in or tried to, separated by commas, such as *@example.com. Use * for any characters and ? for one character; prefix with ! to exclude.',
	},
	{
		displayName: 'Event Types',
		name: 'types',
		type: 'multiOptions',
		allowArbitraryValues: true,
		options: types,
		default: [],
		description:
			'Types of login events, such as LOGIN_SSO, BAD_CREDENTIALS. Use an expression to enter a type that is not on the list.',
	},
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'Failure', value: 'failure' },
			{ name: 'Success', value: 'success' },
		],
		default: 'failure',
		description: 'Whether the sign-in or sign-out succeeded: any, failure or success',
	},
]);
