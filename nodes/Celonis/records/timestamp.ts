import { DateTime } from 'luxon';

const YEAR_MONTH_DAY =
	/\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;
const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?/;
const ZONE = /Z|[+-](?:[01]\d|2[0-3]):[0-5]\d/;

/**
 * The usual format, which `Date.parse` parses without guessing, and many times faster than Luxon. It
 * has only days that exist in every year: `Date.parse` takes 30 February for 2 March.
 */
const FAST_FORMAT = new RegExp(`^${YEAR_MONTH_DAY.source}T${TIME.source}(?:${ZONE.source})$`);

/**
 * Epoch milliseconds of an audit log timestamp, or `undefined` if it is not a date and time.
 *
 * Celonis sends `2025-02-02T14:52:10.903Z`. A missing fraction, an offset and a missing time zone
 * (read as UTC) are accepted too. Fractions are truncated to milliseconds.
 */
export function parseTimestamp(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	if (FAST_FORMAT.test(value)) return Date.parse(value);
	if (!value.includes('T')) return undefined;
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** ISO 8601 in UTC with milliseconds, the format that the Audit Log API accepts and sends. */
export function formatTimestamp(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
