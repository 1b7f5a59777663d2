import { tryToParseDateTime } from 'n8n-workflow';
import { trimText } from '../records/text';

/** A value of `true` or `false`, also as text in any case; `undefined` for any other value. */
export function parseBoolean(value: unknown): boolean | undefined {
	const normalized = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (normalized === true || normalized === 'true') return true;
	return normalized === false || normalized === 'false' ? false : undefined;
}

/** A number greater than 0, also as text; `undefined` for any other value. */
export function parsePositiveNumber(value: unknown): number | undefined {
	const number = trimText(value) === undefined ? value : Number(value);
	return typeof number === 'number' && number > 0 && number < Infinity ? number : undefined;
}

/**
 * Epoch milliseconds of a date and time; `undefined` if the value is none. The date picker gives text
 * without a time zone, an expression may give a Luxon or a JavaScript date. A value without a time
 * zone is read in `timezone`.
 */
export function parseDateTime(value: unknown, timezone: string): number | undefined {
	try {
		const dateTime = tryToParseDateTime(value, timezone);
		return dateTime.isValid ? dateTime.toMillis() : undefined;
	} catch {
		return undefined;
	}
}

/** The entries of a text with commas or line breaks between them. Empty entries do not count. */
export function splitList(text: string): string[] {
	return text.split(/[,\n]/).flatMap((entry) => trimText(entry) ?? []);
}

/** The one of some names that a value is, matched case-insensitively. */
export function matchName<Name extends string>(
	value: unknown,
	names: readonly Name[],
): Name | undefined {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	return names.find((name) => name.toLowerCase() === text);
}
