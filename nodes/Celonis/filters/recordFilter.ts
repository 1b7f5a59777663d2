import { getText, type LogRecord } from '../records/record';

/** Whether a record passes a filter. */
export type RecordFilter = (record: LogRecord) => boolean;

/** Combines the filters that are set; pass the cheap ones first. Without any, all records pass. */
export function matchAll(filters: ReadonlyArray<RecordFilter | undefined>): RecordFilter {
	const set = filters.filter((filter): filter is RecordFilter => filter !== undefined);
	const [only] = set;
	if (set.length === 1 && only) return only;
	return (record) => set.every((matches) => matches(record));
}

/** Tests the text of a field. Users, addresses and events recur, so each text is tested once. */
export function matchField(
	field: string,
	test: (text: string | undefined) => boolean,
): RecordFilter {
	const results = new Map<string | undefined, boolean>();
	return (record) => {
		const text = getText(record, field);
		if (text !== undefined && text.length > MAX_CACHED_LENGTH) return test(text);
		const cached = results.get(text);
		if (cached !== undefined) return cached;
		if (results.size >= MAX_CACHED) results.clear();
		const result = test(text);
		results.set(text, result);
		return result;
	};
}

/** A log with ever new values must not fill the memory. */
const MAX_CACHED = 10_000;
const MAX_CACHED_LENGTH = 200;

/** A set for case-insensitive comparison. */
export function toLowerCaseSet(texts: readonly string[]): ReadonlySet<string> {
	return new Set(texts.map((text) => text.toLowerCase()));
}
