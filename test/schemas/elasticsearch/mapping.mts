/** The used part of a field of a mapping. */
export interface FieldMapping {
	/** Missing if the field is an object. */
	readonly type?: string;
	readonly ignore_above?: number;
	readonly ignore_malformed?: boolean;
	readonly index?: boolean;
	readonly doc_values?: boolean;
	/** Of a flattened field. */
	readonly depth_limit?: number;
	/** Of a constant keyword. */
	readonly value?: string;
	readonly properties?: Readonly<Record<string, FieldMapping>>;
	/** Further ways in which the same value is indexed. */
	readonly fields?: Readonly<Record<string, FieldMapping>>;
}

/** The kinds of JSON values that dynamic mapping distinguishes. */
export type JsonType = 'string' | 'long' | 'double' | 'boolean' | 'object';

/** How fields are mapped that have no mapping yet. */
export interface DynamicTemplate {
	readonly match_mapping_type?: JsonType;
	/** Patterns of the name, and of the whole path; `*` stands for any text, with dots. */
	readonly match?: readonly string[];
	readonly path_match?: readonly string[];
	readonly path_unmatch?: readonly string[];
	readonly mapping: FieldMapping;
}

/** The mapping and the settings of an index that decide whether it accepts a document. */
export interface IndexDefinition {
	readonly properties: Readonly<Record<string, FieldMapping>>;
	readonly dynamicTemplates: readonly DynamicTemplate[];
	readonly ignoreMalformed: boolean;
	readonly maxFields: number;
	readonly ignoreDynamicBeyondLimit: boolean;
}

/** Finds the mapping of a new field; the first template that matches decides. */
export function findDynamicMapping(
	templates: readonly DynamicTemplate[],
	path: string,
	type: JsonType,
): FieldMapping {
	const name = path.slice(path.lastIndexOf('.') + 1);
	const found = templates.find(
		(template) =>
			(template.match_mapping_type === undefined || template.match_mapping_type === type) &&
			(template.match === undefined || matchesAny(template.match, name)) &&
			(template.path_match === undefined || matchesAny(template.path_match, path)) &&
			!(template.path_unmatch !== undefined && matchesAny(template.path_unmatch, path)),
	);
	return found?.mapping ?? DEFAULTS[type];
}

const DEFAULTS: Readonly<Record<JsonType, FieldMapping>> = {
	string: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
	long: { type: 'long' },
	double: { type: 'float' },
	boolean: { type: 'boolean' },
	object: { properties: {} },
};

const expressions = new Map<string, RegExp>();

function matchesAny(patterns: readonly string[], text: string): boolean {
	return patterns.some((pattern) => {
		let expression = expressions.get(pattern);
		if (expression === undefined) {
			const escaped = pattern.split('*').map((part) => part.replace(/[.@]/g, '\\$&'));
			expression = new RegExp(`^${escaped.join('.*')}$`, 's');
			expressions.set(pattern, expression);
		}
		return expression.test(text);
	});
}
