import type { INodePropertyOptions } from 'n8n-workflow';
import { createFiltersProperty } from '../../../parameters/filters';
import { CATEGORIES, EVENT_NAMES, getCategory } from '../catalogue';
import { PRESETS, type PresetRow } from './presets';

const categories: INodePropertyOptions[] = CATEGORIES.map((name) => ({ name, value: name }));

/** Labelled as the log writes them: that is what people search for. */
const eventTypes: INodePropertyOptions[] = EVENT_NAMES.map((name) => ({
	name,
	value: name,
	description: getCategory(name),
}));

const presets: INodePropertyOptions[] = Object.entries<PresetRow>(PRESETS).map(
	([value, { title, description }]) => ({ name: title, value, description }),
);

/** Which audit events to keep. */
export const filtersProperty = createFiltersProperty([
	{
		displayName: 'Actors',
		name: 'actors',
		type: 'string',
		default: '',
		placeholder: 'e.g. *@example.com, !svc-*@example.com',
		description:
			'Who did it: IDs or e-mail addresses, separated by commas. * stands for any characters, ? for one; an exclamation mark in front leaves somebody out.',
	},
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'multiOptions',
		options: categories,
		default: [],
		description:
			"Categories as items show them. 'Other' holds the events that are not on Celonis' list.",
	},
	{
		displayName: 'Event Patterns',
		name: 'eventPatterns',
		type: 'string',
		default: '',
		placeholder: 'e.g. OAUTH_CLIENT_*, *_DELETED',
		description:
			'Names of events, also new ones that are not listed yet, separated by commas. * stands for any characters, ? for one; an exclamation mark in front leaves events out.',
	},
	{
		displayName: 'Event Types',
		name: 'eventTypes',
		type: 'multiOptions',
		hint: "Not on the list? Use 'Event Patterns'",
		allowArbitraryValues: true,
		options: eventTypes,
		default: [],
		description:
			"Names of events. Type to search the list. A name that is not on it goes under 'Event Patterns', or into an expression.",
	},
	{
		displayName: 'Exclude System Events',
		name: 'excludeSystem',
		type: 'boolean',
		default: true,
		description:
			'Whether to leave out what Celonis itself did, as opposed to people and applications',
	},
	{
		displayName: 'IP Addresses',
		name: 'ipAddresses',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.0/24, 2001:db8::/32, !10.0.0.0/8',
		description:
			'IPv4 or IPv6 addresses and CIDR blocks, separated by commas. An exclamation mark in front leaves a block out. Celonis records addresses only where a team has switched that on.',
	},
	{
		displayName: 'Presets',
		name: 'preset',
		type: 'multiOptions',
		options: presets,
		default: [],
		description: 'Lists of events that security teams ask for first',
	},
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'string',
		default: '',
		placeholder: 'e.g. ADMIN, ANALYST',
		description:
			'Roles of whoever did it, separated by commas. * stands for any characters, ? for one; an exclamation mark in front leaves a role out.',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-to-cash',
		description: 'Text that stands somewhere in the record, whatever the field',
	},
]);
