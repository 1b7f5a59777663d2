import { getOwn, hasOwn, isJsonObject, type JsonObject } from '../records/json';

/** The path of a field: its name, or the names of the objects around it and its name. */
export type FieldPath = readonly string[];

/** Parses `actor.email` as the field `email` in the object `actor`. */
export function parseFieldPath(text: string): FieldPath {
	return text.split('.').map((name) => name.trim());
}

/**
 * A new object with the chosen fields, each at its path, in the order of the paths. Missing fields are
 * left out. If one path contains another, the whole is kept. A field whose name contains dots, such
 * as `a.b`, is found too.
 */
export function pickFields(from: JsonObject, paths: readonly FieldPath[]): Record<string, unknown> {
	const picked: Record<string, unknown> = {};
	for (const path of paths) pick(from, path, picked);
	return picked;
}

function pick(from: unknown, path: FieldPath, into: Record<string, unknown>): void {
	if (!isJsonObject(from)) return;
	const dottedName = path.join('.');
	if (hasOwn(from, dottedName)) return define(into, dottedName, from[dottedName]);
	const [name = '', ...rest] = path;
	const inner = getOwn(from, name);
	if (rest.length === 0 || !isJsonObject(inner)) return;

	const existing = getOwn(into, name);
	if (existing === inner) return;
	const picked: Record<string, unknown> = isJsonObject(existing) ? existing : {};
	pick(inner, rest, picked);
	if (Object.keys(picked).length > 0) define(into, name, picked);
}

/** Defines a field. Assignment would set the prototype if the field is named `__proto__`. */
function define(into: Record<string, unknown>, name: string, value: unknown): void {
	Object.defineProperty(into, name, {
		value,
		enumerable: true,
		writable: true,
		configurable: true,
	});
}
