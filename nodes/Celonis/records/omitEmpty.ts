import { isNullish } from './text';

/** A copy without empty fields: undefined, null, `''`, and lists and objects without content. */
export function omitEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
	if (isNullish(value) || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}
