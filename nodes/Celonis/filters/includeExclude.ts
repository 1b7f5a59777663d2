/**
 * What to include and what to exclude. If nothing is included, everything passes that is not
 * excluded, also a record that does not have the field.
 */
export interface IncludeExclude<T> {
	readonly include: readonly T[];
	readonly exclude: readonly T[];
}

/** Whether one of the values is included, and none is excluded. */
export function isIncluded<T>(
	{ include, exclude }: IncludeExclude<(value: T) => boolean>,
	values: readonly T[],
): boolean {
	const matchesAny = (tests: typeof include) =>
		tests.some((matches) => values.some((value) => matches(value)));
	return (include.length === 0 || matchesAny(include)) && !matchesAny(exclude);
}
