import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ECS_VERSION } from '../output/ecs';
import {
	getEventIdPath,
	keepsRecords,
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

const formats: INodePropertyOptions[] = [
	{
		name: 'ECS',
		value: 'ecs',
		description: `Elastic Common Schema ${ECS_VERSION}, for Elasticsearch and Elastic Security`,
	},
	{
		name: 'Event',
		value: 'event',
		description: 'The record with event ID, team, actor and, for audit events, category added',
	},
	{
		name: 'OCSF',
		value: 'ocsf',
		description: `Open Cybersecurity Schema Framework ${OCSF_VERSION}, for Amazon Security Lake and others`,
	},
	{ name: 'Raw', value: 'raw', description: 'The record exactly as Celonis sent it' },
	{
		name: 'Summary',
		value: 'summary',
		description:
			'One line that says who did what, and the same few columns for every event: for tables, CSV files, chat messages and AI agents',
	},
];

/** The parameter 'Output': the format of the items. */
export function createOutputProperty(displayOptions?: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: formats,
		default: DEFAULT_OUTPUT,
		description:
			'Format of the returned events: event, summary, ecs, ocsf or raw. For AI agents, summary is the shortest.',
		...(displayOptions && { displayOptions }),
	};
}

/** The output settings, before the team's members are fetched. */
export interface OutputParameters extends Omit<OutputSettings, 'members'> {
	/** Whether the items are the records themselves, completed in place. */
	readonly keepsRecords: boolean;
	/** Whether actors are enriched, so that the members are needed. */
	readonly isEnriched: boolean;
}

/** Gets the parameter 'Output' and the options 'Fields' and 'Enrich Actor'. */
export function getOutputSettings(
	parameters: ParameterReader,
	options: ParameterReader,
	formatters: EventFormatters,
): OutputParameters {
	const format = parameters.getChoice('Output', 'output', OUTPUT_FORMATS, DEFAULT_OUTPUT);
	const isEnriched = getEnrichActor(options);
	if (isEnriched && format === 'raw') {
		options.fail('Enrich Actor', undefined, {
			mismatch: "cannot be combined with 'Raw' output",
			hint: "Raw items are exactly as Celonis sent them. Set 'Output' to event, summary, ecs or ocsf, or 'Enrich Actor' to false.",
		});
	}
	const fields = getFieldPaths(options, format);
	return {
		format: formatters[format],
		fields,
		eventIdPath: getEventIdPath(format, fields),
		keepsRecords: keepsRecords(format, fields),
		isEnriched,
	};
}
