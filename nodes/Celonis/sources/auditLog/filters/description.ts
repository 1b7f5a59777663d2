import type { INodePropertyOptions } from 'n8n-workflow';
import { createFiltersProperty } from '../../../parameters/filters';
import { CATEGORIES, EVENT_NAMES, getCategory } from '../catalogue';
import { PRESETS, type PresetDefinition } from './presets';

const categories: INodePropertyOptions[] = CATEGORIES.map((name) => ({ name, value: name }));

/** Displayed as they are in the log, because users search for these names. */
const eventTypes: INodePropertyOptions[] = EVENT_NAMES.map((name) => ({
	name,
	value: name,
	description: getCategory(name),
}));

const presets: INodePropertyOptions[] = Object.entries<PresetDefinition>(PRESETS).map(
	([value, { displayName, description }]) => ({ name: displayName, value, description }),
);

/** The parameter 'Filters' of the audit log. */
export const filtersProperty = createFiltersProperty([
	{
		displayName: 'Actor Roles',
		name: 'roles',
		type: 'string',
		default: '',
		placeholder: 'e.g. ADMIN, ANALYST',
		description:
			'Roles of the actors, separated by commas, such as ADMIN, ANALYST. Use * for any characters and ? for one character; prefix with ! to exclude.',
	},
	{
		displayName: 'Actors',
		name: 'actors',
		type: 'string',
		default: '',
		placeholder: 'e.g. *@example.com, !svc-*@example.com',
		description:
			'Who did it: e-mail addresses or IDs of actors, separated by commas, such as *@example.com. Use * for any characters and ? for one character; prefix with ! to exclude.',
	},
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'multiOptions',
		options: categories,
		default: [],
		description:
			"Categories of events, such as Studio, Data Integration. 'Other' contains the events that Celonis does not document.",
	},
	{
		displayName: 'Event Patterns',
		name: 'eventPatterns',
		type: 'string',
		default: '',
		placeholder: 'e.g. OAUTH_CLIENT_*, *_DELETED',
		description:
			'Names of events, including new ones that are not listed yet, separated by commas, such as OAUTH_CLIENT_*, *_DELETED. Use * for any characters and ? for one character; prefix with ! to exclude.',
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
			"Names of events, such as PERMISSIONS_UPDATE, GROUP_CREATED. Type to search the list. For a name that is not on it, use 'Event Patterns' or an expression.",
	},
	{
		displayName: 'Exclude System Events',
		name: 'excludeSystem',
		type: 'boolean',
		default: true,
		description:
			'Whether to exclude events whose actor is Celonis itself, not a user or an application',
	},
	{
		displayName: 'Granted Permissions',
		name: 'grantedPermissions',
		type: 'string',
		default: '',
		placeholder: 'e.g. ADMIN, *WRITE*',
		description:
			'Permissions that the event gave to somebody who did not have them before, separated by commas, such as ADMIN, *WRITE*. Use * for any characters and ? for one character; prefix with ! to exclude.',
	},
	{
		displayName: 'IP Addresses',
		name: 'ipAddresses',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.0/24, 2001:db8::/32, !10.0.0.0/8',
		description:
			'IPv4 or IPv6 addresses and CIDR blocks, separated by commas, such as 203.0.113.7, 10.0.0.0/8; prefix with ! to exclude. Celonis records addresses only if a team has turned this on.',
	},
	{
		displayName: 'Presets',
		name: 'preset',
		type: 'multiOptions',
		options: presets,
		default: [],
		description: `Curated event lists for security teams: ${Object.keys(PRESETS).join(', ')}`,
	},
	{
		displayName: 'Targets',
		name: 'targets',
		type: 'string',
		default: '',
		placeholder: 'e.g. bob@example.com, Order to Cash',
		description:
			'Users, groups, applications and objects that the event is about, separated by commas: names, e-mail addresses or IDs, such as bob@example.com, Order to Cash. Use * for any characters and ? for one character; prefix with ! to exclude.',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-to-cash',
		description: 'Text found anywhere in the record, such as the name of a package',
	},
]);
