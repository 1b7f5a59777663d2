import { createObject, defineField } from '../records/buildObject';
import { getOwn, isJsonObject } from '../records/json';
import { isEmpty } from '../records/omitEmpty';
import { stringifyJson } from '../records/stringifyJson';

/** Converts a value to the type of its field; `undefined` if that is not possible. */
export type FieldType = (value: unknown) => unknown;

export const objectField: FieldType = (value) => (isJsonObject(value) ? value : undefined);

export const booleanField: FieldType = (value) => {
	if (typeof value === 'boolean') return value;
	return value === 'true' || value === 'false' ? value === 'true' : undefined;
};

/**
 * The fields of a record, each with the same JSON type in all documents: stores such as Elasticsearch
 * reject a document whose field had another type before. A field of `types` keeps its type; a value of
 * another type becomes text in a field of its own, such as `messageText`. Any other field is text, JSON
 * text if need be. A field whose name is `reserved` for something else is renamed likewise.
 */
export function buildRecordFields(
	raw: Readonly<Record<string, unknown>>,
	types: Readonly<Record<string, FieldType>>,
	reserved: readonly string[] = [],
): Record<string, unknown> {
	const fields = createObject();
	for (const name of Object.keys(raw)) {
		const value = raw[name];
		if (isEmpty(value)) continue;
		const type = reserved.includes(name) ? undefined : getOwn(types, name);
		const typed = type?.(value);
		const isRenamed = type !== undefined || reserved.includes(name);
		if (typed !== undefined) defineField(fields, name, typed);
		else defineField(fields, isRenamed ? `${name}Text` : name, toFieldText(value));
	}
	return fields;
}

function toFieldText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : stringifyJson(value);
}
