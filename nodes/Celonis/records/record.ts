import { isJsonObject } from './json';
import { trimText } from './text';
import { parseTimestamp } from './timestamp';

/** A record of a log, as Celonis sent it, and its time. */
export interface LogRecord {
	/** What is not an object is in the field `record`. */
	readonly raw: Readonly<Record<string, unknown>>;
	/** Epoch milliseconds of the record's `timestamp`; of its reading, if that cannot be read. */
	readonly timestampMs: number;
	/** Set if the record cannot be read. */
	readonly problem?: RecordProblem;
}

/** Why a record cannot be read. */
export type RecordProblem = 'notAnObject' | 'invalidTimestamp';

/**
 * Parses one element of a response. A record is an object with a `timestamp` that is a date and time.
 * Every other field may be missing, null, empty or of another type: Celonis omits `message`,
 * `ipAddress`, `port` and `diffPayload` for some events. Anything else is a record too, with a problem:
 * if it were skipped, it would be lost silently; if it were an error, it would block all others for as
 * long as the log keeps it.
 */
export function parseRecord(value: unknown, readAtMs: number): LogRecord {
	if (!isJsonObject(value)) {
		return { raw: { record: value }, timestampMs: readAtMs, problem: 'notAnObject' };
	}
	const timestampMs = parseTimestamp(value.timestamp);
	return timestampMs === undefined
		? { raw: value, timestampMs: readAtMs, problem: 'invalidTimestamp' }
		: { raw: value, timestampMs };
}

/** The trimmed text of a field; `undefined` if the field is missing, null, blank or not text. */
export function getText(record: Pick<LogRecord, 'raw'>, field: string): string | undefined {
	return trimText(record.raw[field]);
}
