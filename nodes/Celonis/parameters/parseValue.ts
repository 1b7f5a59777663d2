import { isJsonObject, type JsonObject } from '../records/json';
import { isBlank, trimText } from '../records/text';

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
 * The texts of a list: the list itself, the same as JSON text, or a text with commas or line breaks
 * between the entries. Numbers count as text, and empty entries do not count. Models of AI agents
 * also write lists as Python does. An entry that is no text is an `InvalidEntry`.
 */
export function parseList(value: unknown): Array<string | InvalidEntry> {
	const parsed = typeof value === 'string' ? (parseListText(value) ?? value) : value;
	const entries: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	return entries.flatMap((entry): Array<string | InvalidEntry> => {
		if (typeof entry === 'number' || typeof entry === 'bigint') return [String(entry)];
		return typeof entry === 'string' ? splitList(entry) : [new InvalidEntry(entry)];
	});
}

/** An entry of a list that is no text. */
export class InvalidEntry {
	constructor(readonly value: unknown) {}
}

const PYTHON_LIST = /^\[\s*'[^'"\\]*'\s*(?:,\s*'[^'"\\]*'\s*)*\]$/;

function parseListText(text: string): unknown[] | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('[')) return undefined;
	const parsed = parseJson(PYTHON_LIST.test(trimmed) ? trimmed.replace(/'/g, '"') : trimmed);
	return Array.isArray(parsed) ? parsed : undefined;
}

/**
 * The object that a value is, also as JSON text; empty if the value is null, undefined or blank, and
 * `undefined` for any other value.
 */
export function parseObject(value: unknown): JsonObject | undefined {
	if (isBlank(value)) return {};
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	return isJsonObject(parsed) ? parsed : undefined;
}

/** A parsed JSON text; `undefined` if it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The entries of a text with commas or line breaks between them. Empty entries do not count. */
function splitList(text: string): string[] {
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
