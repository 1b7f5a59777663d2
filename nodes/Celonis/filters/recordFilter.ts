import { getText, type LogRecord } from '../records/record';

/** Whether a record passes. */
export type RecordFilter = (record: LogRecord) => boolean;

/** One test out of those that are set, to be given the cheap ones first. Without any, all pass. */
export function matchAll(tests: ReadonlyArray<RecordFilter | undefined>): RecordFilter {
	const set = tests.filter((test): test is RecordFilter => test !== undefined);
	const [only] = set;
	if (set.length === 1 && only) return only;
	return (record) => set.every((test) => test(record));
}

/** The same people, addresses and events come again and again: each is judged once. */
export function matchText(
	field: string,
	judge: (text: string | undefined) => boolean,
): RecordFilter {
	const judged = new Map<string | undefined, boolean>();
	return (record) => {
		const text = getText(record, field);
		const known = judged.get(text);
		if (known !== undefined) return known;
		if (judged.size >= MAX_CACHED) judged.clear();
		const verdict = judge(text);
		judged.set(text, verdict);
		return verdict;
	};
}

/** A log of ever new values must not fill the memory. */
const MAX_CACHED = 10_000;

/** For comparing without regard to case. */
export function toLowerCaseSet(texts: readonly string[]): ReadonlySet<string> {
	return new Set(texts.map((text) => text.toLowerCase()));
}
