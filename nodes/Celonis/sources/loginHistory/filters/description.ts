import type { INodePropertyOptions } from 'n8n-workflow';
import { createFiltersProperty } from '../../../parameters/filters';
import { LOGIN_TYPE_NAMES, LOGIN_TYPES, type LoginType } from '../types';

/** Labelled as the log writes them: that is what people search for. */
const types: INodePropertyOptions[] = LOGIN_TYPE_NAMES.map((name) => {
	const { refusal, way }: LoginType = LOGIN_TYPES[name];
	return { name, value: name, description: refusal ?? way };
});

/** Which login events to keep. */
export const loginFiltersProperty = createFiltersProperty([
	{
		displayName: 'Actors',
		name: 'actors',
		type: 'string',
		default: '',
		placeholder: 'e.g. *@example.com, !svc-*@example.com',
		description:
			'Who signed in or tried to: e-mail addresses, separated by commas. * stands for any characters, ? for one; an exclamation mark in front leaves somebody out.',
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
		default: 'any',
		description: 'How it ended',
	},
	{
		displayName: 'Types',
		name: 'types',
		type: 'multiOptions',
		allowArbitraryValues: true,
		options: types,
		default: [],
		description: 'Types of login events. A type that is not on the list goes into an expression.',
	},
]);
