import { DateTime } from 'luxon';

const YEAR_MONTH_DAY =
	/\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;
const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?/;
const ZONE = /Z|[+-](?:[01]\d|2[0-3]):[0-5]\d/;

/**
 * The usual form, of which `Date.parse` guesses nothing and which it reads many times faster than
 * Luxon. Days that no year lacks: it would take a thirtieth of February for the second of March.
 */
const USUAL = new RegExp(`^${YEAR_MONTH_DAY.source}T${TIME.source}(?:${ZONE.source})$`);

/**
 * Epoch milliseconds of an audit log timestamp, or `undefined` when it is not a date and time.
 *
 * Celonis writes `2025-02-02T14:52:10.903Z`. A missing fraction, an offset and a missing zone
 * (read as UTC) are accepted too. Anything finer than a millisecond is cut.
 */
export function parseTimestamp(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	if (USUAL.test(value)) return Date.parse(value);
	if (!value.includes('T')) return undefined;
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** ISO 8601 in UTC with milliseconds, the form that the Audit Log API takes and sends. */
export function formatTimestamp(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
