import { getOwn, type JsonObject } from '../../../records/json';
import { toText } from '../../../records/text';

/** The text or number of the first key that has one. */
export function getFirstText(message: JsonObject, keys: readonly string[]): string | undefined {
	for (const key of keys) {
		const text = toText(getOwn(message, key));
		if (text !== undefined) return text;
	}
	return undefined;
}

/** The texts and numbers of a value that may be a list. */
export function parseTexts(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries.flatMap((entry) => toText(entry) ?? []);
}
