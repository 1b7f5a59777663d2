import { isJsonObject, type JsonObject } from '../records/json';

/** Where a field stands: its name, or the names on the way to it. */
export type FieldPath = readonly string[];

/** Reads `actor.email` as the field `email` inside of `actor`. */
export function parseFieldPath(text: string): FieldPath {
	return text.split('.').map((name) => name.trim());
}

/**
 * A new object with the chosen fields alone, each in its place, in the order in which they were
 * asked for. What an object does not have is left out; where one path is inside of another, the
 * whole is kept. A field whose own name holds dots, such as `a.b`, is found too.
 */
export function pickFields(from: JsonObject, paths: readonly FieldPath[]): Record<string, unknown> {
	const picked: Record<string, unknown> = {};
	for (const path of paths) pick(from, path, picked);
	return picked;
}

function pick(from: unknown, path: FieldPath, into: Record<string, unknown>): void {
	if (!isJsonObject(from)) return;
	const whole = path.join('.');
	if (has(from, whole)) return define(into, whole, from[whole]);
	const [name = '', ...rest] = path;
	const inner = has(from, name) ? from[name] : undefined;
	if (rest.length === 0 || !isJsonObject(inner)) return;

	const known = has(into, name) ? into[name] : undefined;
	if (known === inner) return;
	const part: Record<string, unknown> = isJsonObject(known) ? known : {};
	pick(inner, rest, part);
	if (Object.keys(part).length > 0) define(into, name, part);
}

/** A field may be called `__proto__`: assigned, it would be no field. */
function define(into: Record<string, unknown>, name: string, value: unknown): void {
	Object.defineProperty(into, name, {
		value,
		enumerable: true,
		writable: true,
		configurable: true,
	});
}

function has(object: JsonObject, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(object, name);
}
