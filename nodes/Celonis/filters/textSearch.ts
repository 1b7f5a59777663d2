import { stringifyRecord, type LogRecord } from '../records/record';

/** Characters that JSON itself is made of, or writes in another way. */
const PART_OF_JSON = /["\\{}[\],:\p{Cc}]/u;

/** Names of fields recur, values do not: only of the former is it remembered whether they match. */
const MAX_CACHED_NAMES = 10_000;

/**
 * Whether a text stands somewhere in a record as Celonis sent it, in a name or a value, whatever the
 * field and the depth; upper and lower case are the same. A text with characters of JSON is looked
 * for in the record's compact JSON too, so that `"status":"FAILED"` finds what it says.
 */
export function createTextSearch(text: string): (raw: LogRecord['raw']) => boolean {
	const wanted = text.toLowerCase();
	return PART_OF_JSON.test(wanted) ? searchJson(wanted) : searchFields(wanted);
}

/** A quote or a line break inside of a value is escaped in JSON. */
function searchJson(wanted: string): (raw: LogRecord['raw']) => boolean {
	const escaped = JSON.stringify(wanted).slice(1, -1);
	return (raw) => {
		const json = stringifyRecord(raw).toLowerCase();
		return json.includes(wanted) || json.includes(escaped);
	};
}

/** Finds the same without writing the JSON, which would take longer than reading it did. */
function searchFields(wanted: string): (raw: LogRecord['raw']) => boolean {
	const names = new Map<string, boolean>();
	const isInName = (name: string): boolean => {
		const known = names.get(name);
		if (known !== undefined) return known;
		if (names.size >= MAX_CACHED_NAMES) names.clear();
		const isFound = name.toLowerCase().includes(wanted);
		names.set(name, isFound);
		return isFound;
	};

	return (raw) => {
		const rest: unknown[] = [raw];
		while (rest.length > 0) {
			const value = rest.pop();
			if (typeof value === 'string') {
				if (value.toLowerCase().includes(wanted)) return true;
			} else if (Array.isArray(value)) {
				for (const entry of value) rest.push(entry);
			} else if (typeof value === 'object' && value !== null) {
				const object = value as Record<string, unknown>;
				for (const name of Object.keys(object)) {
					if (isInName(name)) return true;
					rest.push(object[name]);
				}
			} else if (String(value).includes(wanted)) return true;
		}
		return false;
	};
}
