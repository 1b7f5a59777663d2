import { isJsonObject } from './json';
import { toText } from './text';

/** The names in a value that may be a list of texts or of named objects, or one text with commas. */
export function parseNameList(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(getName) : (toText(value)?.split(',') ?? []);
	return names.flatMap((name) => toText(name) ?? []);
}

function getName(value: unknown): unknown {
	return isJsonObject(value) ? value.name : value;
}
