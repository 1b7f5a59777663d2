import { foldText } from './foldText';
import { stringifyJson } from '../records/stringifyJson';
import type { LogRecord } from '../records/record';

/** Characters of the JSON syntax, or that JSON escapes. */
const JSON_SYNTAX = /["\\{}[\],:\p{Cc}]/u;

/** Results are cached for names of fields only: names recur, values do not. */
const MAX_CACHED_NAMES = 10_000;
const MAX_CACHED_LENGTH = 200;

/**
 * Searches a record for text in any name or value, at any depth, case-insensitively. Text with
 * characters of the JSON syntax is searched for in the record's compact JSON, so that
 * `"status":"FAILED"` finds that field.
 */
export function createTextSearch(text: string): (raw: LogRecord['raw']) => boolean {
	const searchText = foldText(text);
	return JSON_SYNTAX.test(searchText) ? searchJson(searchText) : searchFields(searchText);
}

/** Searches for the escaped text too: JSON escapes quotes and line breaks in values. */
function searchJson(searchText: string): (raw: LogRecord['raw']) => boolean {
	const escaped = JSON.stringify(searchText).slice(1, -1);
	return (raw) => {
		const json = foldText(stringifyJson(raw));
		return json.includes(searchText) || json.includes(escaped);
	};
}

/** Finds the same without writing JSON, which would take longer than parsing it did. */
function searchFields(searchText: string): (raw: LogRecord['raw']) => boolean {
	const names = new Map<string, boolean>();
	const isInName = (name: string): boolean => {
		if (name.length > MAX_CACHED_LENGTH) return foldText(name).includes(searchText);
		const cached = names.get(name);
		if (cached !== undefined) return cached;
		if (names.size >= MAX_CACHED_NAMES) names.clear();
		const isFound = foldText(name).includes(searchText);
		names.set(name, isFound);
		return isFound;
	};

	return (raw) => {
		const pending: unknown[] = [raw];
		while (pending.length > 0) {
			const value = pending.pop();
			if (typeof value === 'string') {
				if (foldText(value).includes(searchText)) return true;
			} else if (Array.isArray(value)) {
				for (const entry of value) pending.push(entry);
			} else if (typeof value === 'object' && value !== null) {
				const object = value as Record<string, unknown>;
				for (const name of Object.keys(object)) {
					if (isInName(name)) return true;
					pending.push(object[name]);
				}
			} else if (String(value).includes(searchText)) return true;
		}
		return false;
	};
}
