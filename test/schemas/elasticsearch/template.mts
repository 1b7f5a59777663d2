import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { isObject } from '../fields.mts';
import { BUILT_IN, type ComponentTemplate } from './builtIn.mts';
import type { FieldMapping, IndexDefinition } from './mapping.mts';

/** The used part of `PUT _index_template`. */
export interface IndexTemplate {
	readonly index_patterns: readonly string[];
	readonly priority: number;
	readonly data_stream: object;
	readonly composed_of: readonly string[];
	readonly ignore_missing_component_templates: readonly string[];
	readonly template: {
		readonly settings: { readonly index: IndexSettings };
		readonly mappings: {
			readonly date_detection: boolean;
			readonly properties: Readonly<Record<string, FieldMapping>>;
		};
	};
}

interface IndexSettings {
	readonly default_pipeline: string;
	readonly mapping: {
		readonly ignore_malformed: boolean;
		readonly total_fields: {
			readonly limit: number;
			readonly ignore_dynamic_beyond_limit: boolean;
		};
	};
}

/** A processor of an ingest pipeline: its name and its settings. */
export type Processor = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The used part of `PUT _ingest/pipeline`. */
export interface Pipeline {
	readonly processors: readonly Processor[];
}

const folder = join(packageRoot, 'siem', 'elasticsearch');

export function loadIndexTemplate(): IndexTemplate {
	return JSON.parse(readFileSync(join(folder, 'index-template.json'), 'utf8')) as IndexTemplate;
}

export function loadPipeline(): Pipeline {
	return JSON.parse(readFileSync(join(folder, 'ingest-pipeline.json'), 'utf8')) as Pipeline;
}

/** Whether a template is for this data stream. */
export function isFor(template: IndexTemplate, dataStream: string): boolean {
	return template.index_patterns.some((pattern) => {
		const [start = '', end = ''] = pattern.split('*');
		return dataStream.startsWith(start) && dataStream.endsWith(end);
	});
}

/** Merges a template with its components, the template last. A component must exist or be optional. */
export function composeIndex(template: IndexTemplate): IndexDefinition {
	const { composed_of: names, ignore_missing_component_templates: optional } = template;
	const components = names.flatMap((name): ComponentTemplate[] => {
		const component = BUILT_IN[name];
		if (component) return [component];
		if (optional.includes(name)) return [];
		throw new Error(`component templates [${name}] that do not exist`);
	});
	const { settings, mappings } = template.template;
	const { ignore_malformed, total_fields } = settings.index.mapping;
	const all = [...components.map(({ properties = {} }) => properties), mappings.properties];
	return {
		properties: all.reduce(mergeProperties, {}),
		dynamicTemplates: components.flatMap(({ dynamicTemplates = [] }) => dynamicTemplates),
		ignoreMalformed: ignore_malformed,
		maxFields: total_fields.limit,
		ignoreDynamicBeyondLimit: total_fields.ignore_dynamic_beyond_limit,
	};
}

type Properties = Readonly<Record<string, FieldMapping>>;

/** Objects are merged; of other fields, the later one counts. */
function mergeProperties(earlier: Properties, later: Properties): Properties {
	const merged: Record<string, FieldMapping> = { ...earlier };
	for (const [name, field] of Object.entries(later)) {
		const other = merged[name];
		const areObjects = isObject(other?.properties) && isObject(field.properties);
		merged[name] = areObjects
			? { properties: mergeProperties(other.properties, field.properties) }
			: field;
	}
	return merged;
}
