import { canonicalJson } from './canonicalJson';
import { isJsonObject } from './json';
import { parseTimestamp } from './timestamp';

/** A record of a log: what Celonis sent, untouched, and when it happened. */
export interface LogRecord {
	readonly raw: Readonly<Record<string, unknown>>;
	/** Epoch milliseconds of the record's `timestamp`. */
	readonly timestampMs: number;
}

/** Why something in an answer can't be taken for a record. */
export type RecordProblem = 'notAnObject' | 'noTimestamp';

/**
 * Reads one element of an answer. Only two things make a record: it is an object, and its
 * `timestamp` is a date. Every other field may be missing, null, empty or of another type:
 * Celonis leaves out `message`, `ipAddress`, `port` and `diffPayload` for some events.
 */
export function parseRecord(value: unknown): LogRecord | RecordProblem {
	if (!isJsonObject(value)) return 'notAnObject';
	const timestampMs = parseTimestamp(value.timestamp);
	return timestampMs === undefined ? 'noTimestamp' : { raw: value, timestampMs };
}

/** A field's text, or `undefined` where the field is missing, null, empty or not a text. */
export function getText(record: Pick<LogRecord, 'raw'>, field: string): string | undefined {
	const value = record.raw[field];
	if (typeof value !== 'string') return undefined;
	return value.trim() || undefined;
}

/** A record as compact JSON, the fields in the order in which they came; sorted in a very deep one. */
export function stringifyRecord(raw: LogRecord['raw']): string {
	try {
		return JSON.stringify(raw);
	} catch {
		return canonicalJson(raw);
	}
}

/** Whether a field says something: it is there, and neither null nor an empty text. */
export function isGiven(value: unknown): boolean {
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}
