import type { INodeProperties } from 'n8n-workflow';
import { ECS_VERSION } from '../audit/formats/ecs';
import { OCSF_VERSION } from '../audit/formats/ocsfClasses';
import { DEFAULT_CONCURRENCY, MOST_CONCURRENCY } from '../parameters/concurrency';

/** Which version of the Audit Log API to read. */
export const apiVersionOption: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	options: [
		{ name: 'V1', value: 'v1', description: 'For teams that do not have version 2 yet' },
		{ name: 'V2', value: 'v2', description: 'Larger pages that stay stable while they are read' },
	],
	default: 'v2',
	description: 'Version of the Celonis Audit Log API to use',
};

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
	typeOptions: { minValue: 1, maxValue: MOST_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many requests may be under way at once where there is much to read. Fewer are, for a while, when Celonis answers that there were too many.',
};
