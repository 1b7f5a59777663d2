import { parseJson } from '../../../http/parseJson';
import { isJsonObject, type JsonObject } from '../../../records/json';

/** A text that is nested deeper stays text: others could not process the value. */
const MAX_DEPTH = 100;

/** The list or object that a JSON text describes; `undefined` for any other text. */
export function parseJsonText(text: string): JsonObject | readonly unknown[] | undefined {
	const trimmed = text.trim();
	if (!/^[{[]/.test(trimmed) || isDeep(trimmed)) return undefined;
	try {
		return parseJson(trimmed) as JsonObject | readonly unknown[];
	} catch {
		return undefined;
	}
}

/** An object, or the object that a JSON text describes; `undefined` for any other value. */
export function toJsonObject(value: unknown): JsonObject | undefined {
	const object = typeof value === 'string' ? parseJsonText(value) : value;
	return isJsonObject(object) ? object : undefined;
}

/** Brackets in strings count too: texts with so many are rare, and nothing is lost. */
function isDeep(text: string): boolean {
	let depth = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === '{' || char === '[') depth++;
		else if (char === '}' || char === ']') depth--;
		if (depth > MAX_DEPTH) return true;
	}
	return false;
}
