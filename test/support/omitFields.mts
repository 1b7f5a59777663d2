/** A copy of an object without some of its fields. */
export function omitFields(
	object: Readonly<Record<string, unknown>>,
	...names: readonly string[]
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
