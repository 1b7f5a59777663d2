import { createObject, defineField } from '../records/buildObject';
import { getOwn, hasOwn, isJsonObject, type JsonObject } from '../records/json';
import { isNullish } from '../records/text';

/** The path of a field: its name, or the names of the objects around it and its name. */
export type FieldPath = readonly string[];

/** Parses `actor.email` as the field `email` in the object `actor`. */
export function parseFieldPath(text: string): FieldPath {
	return text.split('.').map((name) => name.trim());
}

/**
 * A new object with the chosen fields, each at its path, in the order of the paths. A missing field is
 * null, so that all items have the same fields. If one path contains another, the whole is kept. A
 * field whose name contains dots, such as `a.b`, is found too.
 */
export function pickFields(from: JsonObject, paths: readonly FieldPath[]): Record<string, unknown> {
	const picked = createObject();
	for (const path of paths) pick(from, path, picked);
	return picked;
}

/** The paths at which none of the objects has a value. */
export function findEmptyFields(
	objects: readonly JsonObject[],
	paths: readonly FieldPath[],
): FieldPath[] {
	return paths.filter((path) => objects.every((object) => isNullish(getField(object, path))));
}

function getField(from: unknown, path: FieldPath): unknown {
	if (!isJsonObject(from)) return undefined;
	const dottedName = path.join('.');
	if (path.length <= 1 || hasOwn(from, dottedName)) return getOwn(from, dottedName);
	return getField(getOwn(from, path[0] ?? ''), path.slice(1));
}

function pick(from: unknown, path: FieldPath, into: Record<string, unknown>): void {
	const fields = isJsonObject(from) ? from : {};
	const dottedName = path.join('.');
	if (hasOwn(fields, dottedName)) return defineField(into, dottedName, fields[dottedName]);
	const [name = '', ...rest] = path;
	const existing = getOwn(into, name);
	if (rest.length === 0) {
		if (existing === undefined) defineField(into, name, null);
		return;
	}
	const inner = getOwn(fields, name);
	const isWhole = existing !== undefined && (existing === inner || !isJsonObject(existing));
	if (isWhole) return;
	const picked: Record<string, unknown> = isJsonObject(existing) ? existing : createObject();
	pick(inner, rest, picked);
	defineField(into, name, picked);
}
