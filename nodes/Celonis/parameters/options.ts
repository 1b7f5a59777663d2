import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { ECS_VERSION } from '../output/ecs';
import { OCSF_VERSION } from '../output/ocsf';
import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from './concurrency';

/** The form of the items. */
export const outputOption: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'ECS',
			value: 'ecs',
			description: `Elastic Common Schema ${ECS_VERSION}, for Elasticsearch and Elastic Security`,
		},
		{
			name: 'Event',
			value: 'event',
			description: 'The record with event ID, category and actor added',
		},
		{
			name: 'OCSF',
			value: 'ocsf',
			description: `Open Cybersecurity Schema Framework ${OCSF_VERSION}, for Amazon Security Lake and others`,
		},
		{ name: 'Raw', value: 'raw', description: 'The record exactly as Celonis sent it' },
	],
	default: 'event',
	description: 'In which form to return the events',
};

/** Less than the whole. */
export const fieldsOption: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. timestamp, event, actor.email, eventId',
	description:
		"Fields to keep, separated by commas, named as in the chosen 'Output'; a dot leads into a field. Empty keeps all. Few fields make a readable table, and a short answer to an AI agent.",
};

/** How long one answer may take. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: 'How many seconds to wait for an answer of Celonis',
};

/** How many requests at once. */
export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many requests may be under way at once where there is much to read. Fewer are, for a while, when Celonis answers that there were too many.',
};

/** Who the people behind the ids are. */
export const enrichActorOption: INodeProperties = {
	displayName: 'Enrich Actor',
	name: 'enrichActor',
	type: 'boolean',
	default: false,
	description:
		"Whether to add name, role and groups of whoever did it, from the list of the team's members. Needs the scope 'team.user-group-info:read'; costs one more reading each time, however many events there are.",
};

/** The collection 'Options', its entries by their names, as n8n wants them. */
export function createOptionsProperty(
	options: readonly INodeProperties[],
	displayOptions?: IDisplayOptions,
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
		...(displayOptions && { displayOptions }),
	};
}
