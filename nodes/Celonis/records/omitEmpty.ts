import { isNullish } from './text';

/** A copy without empty fields: undefined, null, `''`, and lists and objects without content. */
export function omitEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const copy: Record<string, unknown> = {};
	for (const name of Object.keys(fields)) {
		const value = fields[name];
		if (!isEmpty(value)) defineField(copy, name, value);
	}
	return copy;
}

/** Sets a field of an object. Plain assignment would set the prototype if the field is `__proto__`. */
export function defineField(object: Record<string, unknown>, name: string, value: unknown): void {
	if (name !== '__proto__') object[name] = value;
	else {
		const rules = { enumerable: true, writable: true, configurable: true };
		Object.defineProperty(object, name, { value, ...rules });
	}
}

function isEmpty(value: unknown): boolean {
	if (isNullish(value) || value === '') return true;
	if (typeof value !== 'object') return false;
	return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
