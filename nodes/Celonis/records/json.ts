/** A JSON object, as opposed to an array, null or a primitive value. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The name of a field without case and separators: `next_page_token` and `nextPageToken` are the same. */
export function foldFieldName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has a field of its own. Every object inherits `constructor` and others. */
export function hasOwn(object: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(object, name);
}

/** The value of an object's own field; `undefined` if it has none of this name. */
export function getOwn<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
	return hasOwn(object, name) ? object[name] : undefined;
}
