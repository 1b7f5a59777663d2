/**
 * What to take and what to leave out. Where nothing is to be taken, everything is that is not left
 * out: then also a record that does not have the field, since nothing says that it is left out.
 */
export interface Choice<T> {
	readonly take: readonly T[];
	readonly leave: readonly T[];
}

/** Whether one of some values is to be taken, and none left out. */
export function passes<T>(
	{ take, leave }: Choice<(value: T) => boolean>,
	values: readonly T[],
): boolean {
	const fitsOne = (tests: typeof take) => tests.some((fits) => values.some((it) => fits(it)));
	return (take.length === 0 || fitsOne(take)) && !fitsOne(leave);
}
