/** A document of either schema. */
export type Document = Record<string, unknown>;

/** Stands for a missing attribute. */
export const ABSENT = Symbol('absent');

/** A copy of a document with another value at a path. */
export function change(
	node: Document,
	[name = '', ...rest]: readonly string[],
	value: unknown,
): Document {
	const changed = { ...node };
	if (rest.length > 0) changed[name] = change((node[name] ?? {}) as Document, rest, value);
	else if (value === ABSENT) delete changed[name];
	else changed[name] = value;
	return changed;
}
