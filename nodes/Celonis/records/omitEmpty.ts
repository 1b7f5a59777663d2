/** A copy without what says nothing: undefined, null, `''`, and lists and objects without content. */
export function omitEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => saysSomething(value)));
}

/** Whether a value is there, and not empty. */
function saysSomething(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
