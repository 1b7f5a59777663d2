import type { INodeProperties } from 'n8n-workflow';
import { ECS_VERSION } from '../output/ecs';
import {
	OUTPUT_FORMATS,
	type EventFormatters,
	type OutputFormat,
	type OutputSettings,
} from '../output/items';
import { OCSF_VERSION } from '../output/ocsf';
import { getEnrichActor } from './enrichActor';
import { getFieldPaths } from './fields';
import type { ParameterReader } from './parameterReader';

const DEFAULT_OUTPUT: OutputFormat = 'event';

/** The format of the items. */
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
	default: DEFAULT_OUTPUT,
	description: 'Format of the returned events',
};

/** The output settings, before the team's members are fetched. */
export interface OutputParameters extends Omit<OutputSettings, 'members'> {
	/** Whether actors are enriched, so that the members are needed. */
	readonly isEnriched: boolean;
}

/** Gets the options 'Output', 'Fields' and 'Enrich Actor'. */
export function getOutputSettings(
	options: ParameterReader,
	formats: EventFormatters,
): OutputParameters {
	const format = options.getChoice('Output', 'output', OUTPUT_FORMATS, DEFAULT_OUTPUT);
	const isEnriched = getEnrichActor(options);
	if (isEnriched && format === 'raw') {
		options.fail('Enrich Actor', undefined, {
			mismatch: "cannot be combined with 'Raw' output",
			hint: "Raw items are exactly as Celonis sent them. Set 'Output' to event, ecs or ocsf, or 'Enrich Actor' to false.",
		});
	}
	return { format: formats[format], fields: getFieldPaths(options, format), isEnriched };
}
