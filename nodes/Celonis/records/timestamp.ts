import { DateTime } from 'luxon';
import { formatDecimal, trimTrailingZeros } from './decimal';

const YEAR_MONTH_DAY =
	/\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;
const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?/;
const ZONE = /Z|[+-](?:[01]\d|2[0-3]):[0-5]\d/;

/**
 * The usual format, which `Date.parse` parses without guessing, and many times faster than Luxon. It
 * has only days that exist in every year: `Date.parse` takes 30 February for 2 March.
 */
const FAST_FORMAT = new RegExp(`^${YEAR_MONTH_DAY.source}T${TIME.source}(?:${ZONE.source})$`);

/** No date and time is longer. */
const MAX_LENGTH = 100;

/** A blank in place of `T`, as databases write it. */
const BLANK_FORMAT = /^(\d{4}-\d{2}-\d{2}) +(\d{2}:\d{2}.*?) *(?:UTC|GMT)?$/;

/** Digits, and perhaps a fraction. */
const EPOCH_FORMAT = /^(\d{9,15})(?:[.,](\d{1,20}))?$/;

/** Larger numbers are epoch milliseconds, smaller ones seconds. */
const MIN_EPOCH_MS = 1e11;

/** Smaller numbers are no time at which Celonis existed: a timestamp of 0 stands for a missing one. */
const MIN_EPOCH_S = 1e8;

/** A moment, more precise than JavaScript's. */
interface Moment {
	/** Epoch milliseconds. */
	readonly ms: number;
	/** The digits that follow the milliseconds. */
	readonly subMsDigits: string;
}

/**
 * Epoch milliseconds of a record's timestamp, or `undefined` if it is not a date and time. Fractions are
 * truncated to milliseconds.
 *
 * Celonis sends `2025-02-02T14:52:10.903Z`. The other forms are those of Spring services, by their
 * configuration: ISO 8601 with an offset or without a zone (read as UTC), also with a blank in place of
 * `T`; epoch seconds and milliseconds, as a number or as text; and the list of year, month, day, hour,
 * minute, second and nanosecond.
 */
export function parseTimestamp(value: unknown): number | undefined {
	return parseIsoTimestamp(value) ?? parseMoment(value)?.ms;
}

/** Epoch milliseconds of a date and time in ISO 8601, or `undefined` if it is none. */
export function parseIsoTimestamp(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	if (FAST_FORMAT.test(value)) return Date.parse(value);
	if (value.length > MAX_LENGTH || !value.includes('T')) return undefined;
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/**
 * The digits of a timestamp's fraction that follow the milliseconds, without the zeros at the end:
 * `1` of `14:52:10.903100Z`. Usually none.
 */
export function getSubMillisecondDigits(timestamp: unknown): string {
	// `2025-02-02T14:52:10.903Z`
	const isUsual = typeof timestamp === 'string' && timestamp.length === 24 && timestamp[23] === 'Z';
	if (isUsual && timestamp[19] === '.') return '';
	const digits =
		parseMoment(timestamp)?.subMsDigits ??
		(typeof timestamp === 'string' ? /[.,]\d{3}(\d+)/.exec(timestamp)?.[1] : undefined);
	return trimTrailingZeros(digits ?? '');
}

/** A moment in another form than ISO 8601. */
function parseMoment(value: unknown): Moment | undefined {
	if (Array.isArray(value)) return parseDateList(value);
	const text = typeof value === 'number' ? formatDecimal(value) : value;
	if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
	return parseEpoch(text.trim()) ?? parseBlankFormat(text.trim());
}

function parseEpoch(text: string): Moment | undefined {
	const [, integer, fraction = ''] = EPOCH_FORMAT.exec(text) ?? [];
	if (integer === undefined || Number(integer) < MIN_EPOCH_S) return undefined;
	if (Number(integer) >= MIN_EPOCH_MS) return { ms: Number(integer), subMsDigits: fraction };
	const ms = Number(integer) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
	return { ms, subMsDigits: fraction.slice(3) };
}

function parseBlankFormat(text: string): Moment | undefined {
	const [, date, time] = BLANK_FORMAT.exec(text) ?? [];
	if (date === undefined || time === undefined) return undefined;
	const iso = `${date}T${time}`;
	const ms = parseIsoTimestamp(iso);
	return ms === undefined ? undefined : { ms, subMsDigits: getSubMillisecondDigits(iso) };
}

/** `[2025,2,2,14,52,10,903000000]`: seconds and nanoseconds are left out if they are zero. */
function parseDateList(list: readonly unknown[]): Moment | undefined {
	if (list.length < 5 || list.length > 7 || !list.every(Number.isSafeInteger)) return undefined;
	const [year, month, day, hour, minute, second = 0, nanosecond = 0] = list as number[];
	const nanoseconds = String(nanosecond).padStart(9, '0');
	const millisecond = Number(nanoseconds.slice(0, 3));
	const parts = { year, month, day, hour, minute, second, millisecond };
	const parsed = DateTime.fromObject(parts, { zone: 'utc' });
	const isValid = parsed.isValid && nanoseconds.length === 9 && nanosecond >= 0;
	return isValid ? { ms: parsed.toMillis(), subMsDigits: nanoseconds.slice(3) } : undefined;
}

/** ISO 8601 in UTC with milliseconds, the format that the Audit Log API accepts and sends. */
export function formatTimestamp(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
