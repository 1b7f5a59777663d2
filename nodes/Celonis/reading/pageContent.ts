import { canonicalText } from '../records/canonicalText';
import { isJsonObject, type JsonObject } from '../records/json';
import { parseTimestamp } from '../records/timestamp';
import { parseCount } from './parseListing';

/** What identifies the content of a page well enough: its length and the records at its ends. */
export function describeContent(records: readonly unknown[]): string {
	if (records.length === 0) return '0';
	const ends = [records[0], records[records.length - 1]];
	return `${records.length} ${ends.map(describeRecord).join(' ')}`;
}

/** What a record means. Nobody promises that it is sent in the same form each time. */
export function describeRecord(record: unknown): string {
	if (!isJsonObject(record)) return canonicalText(record);
	const timestampMs = parseTimestamp(record.timestamp);
	return canonicalText(timestampMs === undefined ? record : { ...record, timestamp: timestampMs });
}

/** A page of a numbered listing, as it was received. */
interface ReceivedPage {
	readonly records: readonly unknown[];
	readonly fields: JsonObject;
}

/**
 * Whether two pages are the same one, rather than two with identical records or one that was moved by
 * records that are new, which would be counted.
 */
export function isSamePage(a: ReceivedPage, b: ReceivedPage): boolean {
	const { length } = a.records;
	if (length === 0 || length !== b.records.length) return false;
	if (parseCount(a.fields.totalCount) !== parseCount(b.fields.totalCount)) return false;
	if (describeContent(a.records) !== describeContent(b.records)) return false;
	const texts = a.records.map(describeRecord);
	// No page follows one that is short.
	const isShort = length === 1 || length < (parseCount(a.fields.pageSize) ?? 0);
	const isVaried = texts.some((text) => text !== texts[0]);
	return (isShort || isVaried) && texts.every((text, i) => text === describeRecord(b.records[i]));
}
