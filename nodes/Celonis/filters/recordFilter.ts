import { memoizeByText } from '../records/memoize';
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
	const testText = memoizeByText(test);
	return (record) => {
		const text = getText(record, field);
		return text === undefined ? test(undefined) : testText(text);
	};
}

/** A set for case-insensitive comparison. */
export function toLowerCaseSet(texts: readonly string[]): ReadonlySet<string> {
	return new Set(texts.map((text) => text.toLowerCase()));
}
