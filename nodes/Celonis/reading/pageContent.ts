import { canonicalText } from '../records/canonicalText';
import { isJsonObject } from '../records/json';
import { parseTimestamp } from '../records/timestamp';

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
