/**
 * What to take and what to leave out. Where nothing is to be taken, everything is that is not left
 * out: then also a record that does not have the field, since nothing says that it is left out.
 */
export interface IncludeExclude<T> {
	readonly include: readonly T[];
	readonly exclude: readonly T[];
}

/** Whether one of some values is to be taken, and none left out. */
export function isIncluded<T>(
	{ include, exclude }: IncludeExclude<(value: T) => boolean>,
	values: readonly T[],
): boolean {
	const fitsOne = (tests: typeof include) => tests.some((fits) => values.some((it) => fits(it)));
	return (include.length === 0 || fitsOne(include)) && !fitsOne(exclude);
}
