import { isObject, type Fields } from '../fields.mts';
import {
	findDynamicMapping,
	type FieldMapping,
	type IndexDefinition,
	type JsonType,
} from './mapping.mts';
import { judgeValue } from './values.mts';

/** What an index says to a document. */
export interface Parsed {
	/** Why the document is refused as a whole. */
	readonly refusal?: string;
	/** Paths of the values that are stored but cannot be searched. */
	readonly ignored: readonly string[];
}

interface Draft {
	readonly ignored: string[];
	/** Mappings of new fields; kept if the document is accepted. */
	readonly added: Map<string, FieldMapping>;
}

class Refusal extends Error {}

/**
 * The mapping of an index that grows with its documents, as Elasticsearch's does: explicit fields, then
 * dynamic templates, then the defaults. Refuses what Elasticsearch refuses.
 */
export class MappedIndex {
	readonly #definition: IndexDefinition;
	/** All fields by path: objects, and fields with values. */
	readonly #fields = new Map<string, FieldMapping>();
	#count = 0;

	constructor(definition: IndexDefinition) {
		this.#definition = definition;
		this.#addAll('', definition.properties);
	}

	/** The number of fields as the limit counts them: objects and multi-fields too. */
	get fieldCount(): number {
		return this.#count;
	}

	/** The fields that have values, with their types. */
	get types(): ReadonlyMap<string, string> {
		const leaves = [...this.#fields].filter(([, { type }]) => type !== undefined);
		return new Map(leaves.map(([path, { type = '' }]) => [path, type]));
	}

	parse(document: Fields): Parsed {
		const draft: Draft = { ignored: [], added: new Map() };
		try {
			this.#parseObject('', document, draft);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { refusal: error.message, ignored: [] };
		}
		for (const [path, field] of draft.added) this.#add(path, field);
		return { ignored: draft.ignored };
	}

	#parseObject(parent: string, fields: Fields, draft: Draft): void {
		for (const [name, value] of Object.entries(fields)) {
			if (name.split('.').some((part) => part.trim() === '')) {
				throw new Refusal(`field name cannot contain only whitespace: ['${name}']`);
			}
			this.#parse(parent === '' ? name : `${parent}.${name}`, value, draft);
		}
	}

	#parse(path: string, value: unknown, draft: Draft): void {
		if (value === null || value === undefined) return;
		if (Array.isArray(value)) {
			if (path === '@timestamp' && value.length !== 1) {
				throw new Refusal('data stream timestamp field [@timestamp] encountered multiple values');
			}
			return value.forEach((element) => this.#parse(path, element, draft));
		}
		const field = this.#getField(path, draft) ?? this.#addDynamic(path, value, draft);
		if (field === undefined) return void draft.ignored.push(path);
		if (field.type === undefined) {
			if (isObject(value)) return this.#parseObject(path, value, draft);
			throw new Refusal(
				`object mapping for [${path}] tried to parse field [${path}] as object, but found a concrete value`,
			);
		}
		this.#judge(path, field, value, draft);
	}

	#judge(path: string, field: FieldMapping, value: unknown, draft: Draft): void {
		for (const each of [field, ...Object.values(field.fields ?? {})]) {
			const verdict = judgeValue(each, value);
			const { ignore_malformed: forgives = this.#definition.ignoreMalformed } = each;
			if (verdict.status === 'ignored' || (verdict.status === 'malformed' && forgives)) {
				draft.ignored.push(path);
			} else if (verdict.status !== 'indexed') {
				throw new Refusal(
					`failed to parse field [${path}] of type [${each.type}]: ${verdict.reason}`,
				);
			}
		}
	}

	#getField(path: string, draft: Draft): FieldMapping | undefined {
		return this.#fields.get(path) ?? draft.added.get(path);
	}

	/** Maps a new field; `undefined` if it is one too many and is only stored. */
	#addDynamic(path: string, value: unknown, draft: Draft): FieldMapping | undefined {
		const { dynamicTemplates, maxFields, ignoreDynamicBeyondLimit } = this.#definition;
		const field = findDynamicMapping(dynamicTemplates, path, getJsonType(value));
		const added = [...draft.added.values(), field];
		if (this.#count + added.reduce((total, each) => total + countFields(each), 0) > maxFields) {
			if (ignoreDynamicBeyondLimit) return undefined;
			throw new Refusal(`Limit of total fields [${maxFields}] has been exceeded`);
		}
		draft.added.set(path, field);
		return field;
	}

	#addAll(parent: string, fields: Readonly<Record<string, FieldMapping>>): void {
		for (const [name, field] of Object.entries(fields)) {
			const path = parent === '' ? name : `${parent}.${name}`;
			this.#add(path, field);
			this.#addAll(path, field.properties ?? {});
		}
	}

	#add(path: string, field: FieldMapping): void {
		this.#fields.set(path, field);
		this.#count += countFields(field);
	}
}

function countFields({ fields = {} }: FieldMapping): number {
	return 1 + Object.keys(fields).length;
}

function getJsonType(value: unknown): JsonType {
	if (typeof value === 'string') return 'string';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
	return 'object';
}
