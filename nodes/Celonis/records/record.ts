import { canonicalJson } from './canonicalJson';
import { isJsonObject } from './json';
import { trimText } from './text';
import { parseTimestamp } from './timestamp';

/** A record of a log, as Celonis sent it, and its time. */
export interface LogRecord {
	readonly raw: Readonly<Record<string, unknown>>;
	/** Epoch milliseconds of the record's `timestamp`. */
	readonly timestampMs: number;
}

/** Why an element of a response is not a record. */
export type RecordProblem = 'notAnObject' | 'invalidTimestamp';

/**
 * Parses one element of a response. A record is an object with a `timestamp` that is a date and time.
 * Every other field may be missing, null, empty or of another type: Celonis omits `message`,
 * `ipAddress`, `port` and `diffPayload` for some events.
 */
export function parseRecord(value: unknown): LogRecord | RecordProblem {
	if (!isJsonObject(value)) return 'notAnObject';
	const timestampMs = parseTimestamp(value.timestamp);
	return timestampMs === undefined ? 'invalidTimestamp' : { raw: value, timestampMs };
}

/** The trimmed text of a field; `undefined` if the field is missing, null, blank or not text. */
export function getText(record: Pick<LogRecord, 'raw'>, field: string): string | undefined {
	return trimText(record.raw[field]);
}

/** A record as compact JSON. Fields keep their order, except in a record that is too deep for it. */
export function stringifyRecord(raw: LogRecord['raw']): string {
	try {
		return JSON.stringify(raw);
	} catch {
		return canonicalJson(raw);
	}
}
