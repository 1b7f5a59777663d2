import { DateTime } from 'luxon';

/**
 * Epoch milliseconds of an audit log timestamp, or `undefined` when it is not a date and time.
 *
 * Celonis writes `2025-02-02T14:52:10.903Z`. A missing fraction, an offset and a missing zone
 * (read as UTC) are accepted too. Anything finer than a millisecond is cut.
 */
export function parseTimestamp(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const usual = Date.parse(value);
	// The usual form survives the round trip; the check keeps out what `Date.parse` merely guesses.
	if (!Number.isNaN(usual) && new Date(usual).toISOString() === value) return usual;
	if (!value.includes('T')) return undefined;
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** ISO 8601 in UTC with milliseconds, the form that the Audit Log API takes and sends. */
export function formatTimestamp(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
