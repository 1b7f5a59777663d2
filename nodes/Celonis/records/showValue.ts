import { stringifyJson } from './stringifyJson';

/** A value as JSON for an error text: one that is too long is shortened. */
export function showValue(value: unknown, maxLength = 100): string {
	const text = toJson(value) ?? String(value);
	return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}

function toJson(value: unknown): string | undefined {
	try {
		return stringifyJson(value);
	} catch {
		return undefined;
	}
}
