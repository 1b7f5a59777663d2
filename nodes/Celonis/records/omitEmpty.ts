import { createObject, defineField } from './buildObject';
import { isNullish } from './text';

/** A copy without the fields that are empty. */
export function omitEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const copy = createObject();
	for (const name of Object.keys(fields)) {
		const value = fields[name];
		if (!isEmpty(value)) defineField(copy, name, value);
	}
	return copy;
}

/** Whether a value is empty: undefined, null, `''`, or a list or an object without content. */
export function isEmpty(value: unknown): boolean {
	if (isNullish(value) || value === '') return true;
	if (typeof value !== 'object') return false;
	return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
