import type { DynamicTemplate, FieldMapping } from './mapping.mts';

/** The used part of a component template. */
export interface ComponentTemplate {
	readonly properties?: Readonly<Record<string, FieldMapping>>;
	readonly dynamicTemplates?: readonly DynamicTemplate[];
}

const KEYWORD_AND_TEXT: FieldMapping = {
	type: 'keyword',
	fields: { text: { type: 'match_only_text' } },
};
const WILDCARD_AND_TEXT: FieldMapping = { ...KEYWORD_AND_TEXT, type: 'wildcard' };

/**
 * The rules of `ecs@mappings`, in their order. Source: Elasticsearch 9, x-pack/plugin/core. A template
 * without a type of value matches objects, too.
 */
const ECS: readonly DynamicTemplate[] = [
	{ match: ['@timestamp'], mapping: { type: 'date', ignore_malformed: false } },
	{ path_match: ['message', '*.message'], mapping: { type: 'match_only_text' } },
	{
		match_mapping_type: 'string',
		path_match: ['ip', '*.ip', '*_ip'],
		mapping: { type: 'ip' },
	},
	{
		path_match: ['*.io.text', '*.message_id', '*registry.data.strings', '*url.path'],
		mapping: { type: 'wildcard' },
	},
	{ path_match: ['*.body.content', '*url.full', '*url.original'], mapping: WILDCARD_AND_TEXT },
	{ match: ['*command_line', '*stack_trace'], mapping: WILDCARD_AND_TEXT },
	{
		path_match: [
			...['*.title', '*.executable', '*.name', '*.working_directory', '*.full_name'],
			...['*file.path', '*file.target_path', '*os.full', 'email.subject'],
			...['vulnerability.description', 'user_agent.original'],
		],
		mapping: KEYWORD_AND_TEXT,
	},
	{
		path_match: [
			...['*.timestamp', '*_timestamp', '*.not_after', '*.not_before', '*.accessed', 'created'],
			...['*.created', '*.installed', '*.creation_date', '*.ctime', '*.mtime', 'ingested'],
			...['*.ingested', '*.start', '*.end'],
		],
		mapping: { type: 'date' },
	},
	{
		path_match: ['*.score.*', '*_score*'],
		path_unmatch: ['*.version'],
		mapping: { type: 'float' },
	},
	{ match_mapping_type: 'double', path_match: ['*.usage'], mapping: { type: 'scaled_float' } },
	{ match_mapping_type: 'long', path_match: ['*.usage'], mapping: { type: 'scaled_float' } },
	{ path_match: ['location', '*.location'], mapping: { type: 'geo_point' } },
	{ path_match: ['*structured_data', '*exports', '*imports'], mapping: { type: 'flattened' } },
	{ match_mapping_type: 'string', mapping: { type: 'keyword', ignore_above: 1024 } },
];

/** Elastic's own component templates, as far as they decide about documents. */
export const BUILT_IN: Readonly<Record<string, ComponentTemplate>> = {
	'logs@mappings': {
		properties: {
			'@timestamp': { type: 'date_nanos' },
			data_stream: {
				properties: {
					type: { type: 'constant_keyword', value: 'logs' },
					dataset: { type: 'constant_keyword' },
					namespace: { type: 'constant_keyword' },
				},
			},
		},
	},
	'logs@settings': {},
	'ecs@mappings': { dynamicTemplates: ECS },
};
