import { DateTime, type DurationLikeObject } from 'luxon';
import { getOwn } from '../records/json';
import { trimText } from '../records/text';
import { parseTimestamp } from '../records/timestamp';
import { resolveLocalTime, toLocalTime } from './zonedTime';

/** Which end of a time window a date is. */
export type Bound = 'start' | 'end';

/** How a date is read. */
export interface DateContext {
	/** The time zone of dates without one. */
	readonly timezone: string;
	readonly bound: Bound;
	/** Epoch milliseconds of `now`. */
	readonly nowMs: number;
}

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** The date math of Elasticsearch and Grafana has the one-letter units. `M` is months, `m` minutes. */
const UNITS: Readonly<Record<string, Unit>> = {
	...{ s: 'second', sec: 'second', secs: 'second', second: 'second', seconds: 'second' },
	...{ m: 'minute', min: 'minute', mins: 'minute', minute: 'minute', minutes: 'minute' },
	...{ h: 'hour', hr: 'hour', hrs: 'hour', hour: 'hour', hours: 'hour' },
	...{ d: 'day', day: 'day', days: 'day', w: 'week', week: 'week', weeks: 'week' },
	...{ M: 'month', month: 'month', months: 'month', y: 'year', year: 'year', years: 'year' },
};

const DAY_OFFSETS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

const RELATIVE =
	/^(now|today|yesterday|tomorrow)?((?:\s*[+-]\s*\d{1,6}\s*[a-z]+)*)(?:\s*\/\s*([a-z]+))?$/i;
const STEP = /([+-])\s*(\d+)\s*([a-z]+)/gi;
const AGO = /^(\d{1,6})\s*([a-z]+)\s+ago$/i;

const PERIODS: ReadonlyArray<readonly [RegExp, Unit]> = [
	[/^\d{4}-\d{2}-\d{2}$/, 'day'],
	[/^\d{8}$/, 'day'],
	[/^\d{4}-\d{2}$/, 'month'],
	[/^\d{4}-?W\d{2}$/i, 'week'],
	[/^\d{4}-?W\d{2}-?\d$/i, 'day'],
];
const ISO = /^((?:\d{4}|[+-]\d{6})(?:-\d{2}-\d{2}|\d{4}|-W\d{2}-\d))(?:T|\s+)(\d{2}.*)$/i;
const OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
/** `Mon Jun 01 2026 08:00:00 GMT+0200 (Central European Summer Time)`. */
const JAVASCRIPT_DATE = /^[a-z]{3} [a-z]{3} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4}/i;
const EPOCH = /^\d{9,15}(?:\.\d+)?$/;
const MAX_LENGTH = 100;

/**
 * Epoch milliseconds of a date; `undefined` if the value is none. Dates are ISO 8601, with a blank in
 * place of `T` too, RFC 2822, epoch seconds or milliseconds, Luxon's or JavaScript's dates, and
 * relative ones: `now`, `now-24h`, `now-7d/d`, `7 days ago`, `today`, `yesterday`.
 *
 * A date without a time is a whole day: the start of a window is the day's beginning, and the end of a
 * window is the day's end. The same is true of `2026-01`, a month, and of `today`. In the hour that a
 * clock change repeats, the start is the first reading, and the end the second one.
 */
export function parseDateTime(value: unknown, context: DateContext): number | undefined {
	if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : undefined;
	if (isDate(value)) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
	if (typeof value === 'number') return parseTimestamp(value);
	const text = trimText(value);
	if (text === undefined || text.length > MAX_LENGTH) return undefined;
	if (EPOCH.test(text)) return parseTimestamp(text);
	return parsePeriod(text, context) ?? parseIso(text, context) ?? parseOther(text, context);
}

/** Dates of another JavaScript realm, such as that of expressions, are no instances of `Date`. */
function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

/** A date without a time. */
function parsePeriod(text: string, context: DateContext): number | undefined {
	const unit = PERIODS.find(([form]) => form.test(text))?.[1];
	if (unit === undefined) return undefined;
	const parsed = DateTime.fromISO(text.toUpperCase(), { zone: 'utc' });
	return parsed.isValid ? getPeriodBound(parsed, unit, context) : undefined;
}

function parseIso(text: string, context: DateContext): number | undefined {
	const [, date, timeWithNote] = ISO.exec(text) ?? [];
	if (date === undefined || timeWithNote === undefined) return undefined;
	// RFC 9557 adds the name of the time zone to an offset that says the same.
	const time = timeWithNote
		.replace(/(Z|[+-]\d{2}:\d{2})\[.*\]$/i, '$1')
		.replace(/\s*(?:UTC|GMT)$/i, 'Z');
	if (time.includes('[')) return undefined;
	const parsed = DateTime.fromISO(`${date}T${time.replace(/\s+/g, '')}`.toUpperCase(), {
		zone: 'utc',
	});
	if (!parsed.isValid) return undefined;
	return OFFSET.test(time) ? parsed.toMillis() : resolve(parsed, context);
}

function parseOther(text: string, context: DateContext): number | undefined {
	if (JAVASCRIPT_DATE.test(text)) return Date.parse(text.replace(/\s*\(.*\)$/, ''));
	const standard = [DateTime.fromRFC2822(text), DateTime.fromHTTP(text)];
	const parsed = standard.find(({ isValid }) => isValid);
	return parsed ? parsed.toMillis() : parseRelative(text, context);
}

function parseRelative(text: string, context: DateContext): number | undefined {
	const ago = AGO.exec(text);
	const match = RELATIVE.exec(ago ? `now-${ago[1]}${ago[2]}` : text);
	if (!match || text.startsWith('/')) return undefined;
	const [, base = 'now', steps = '', rounding] = match;
	const days = DAY_OFFSETS[base.toLowerCase()];
	let moment = DateTime.fromMillis(context.nowMs, { zone: context.timezone });
	if (days !== undefined) moment = moment.startOf('day').plus({ days });
	for (const [, sign = '', amount = '', name = ''] of steps.matchAll(STEP)) {
		const unit = getUnit(name);
		if (unit === undefined) return undefined;
		const step: DurationLikeObject = { [unit]: Number(amount) };
		moment = sign === '-' ? moment.minus(step) : moment.plus(step);
	}
	const unit = rounding === undefined ? undefined : getUnit(rounding);
	if ((rounding !== undefined && unit === undefined) || !moment.isValid) return undefined;
	const period = unit ?? (days === undefined || isFinerThanDay(steps) ? undefined : 'day');
	if (period === undefined) return moment.toMillis();
	const local = toLocalTime(moment.toMillis(), context.timezone);
	return getPeriodBound(DateTime.fromMillis(local, { zone: 'utc' }), period, context);
}

/** Upper and lower case only differ for `M` and `m`. */
function getUnit(name: string): Unit | undefined {
	return getOwn(UNITS, name) ?? getOwn(UNITS, name.toLowerCase());
}

/** `today+8h` is a moment, and `today-7d` is a day. */
function isFinerThanDay(steps: string): boolean {
	return [...steps.matchAll(STEP)].some(([, , , name = '']) =>
		['second', 'minute', 'hour'].includes(getUnit(name) ?? ''),
	);
}

/** The beginning or the end of a period that contains a local time, which UTC shows. */
function getPeriodBound(local: DateTime, unit: Unit, { timezone, bound }: DateContext): number {
	const start = local.startOf(unit);
	const edge = bound === 'start' ? start : start.plus({ [unit]: 1 });
	return resolveLocalTime(edge.toMillis(), timezone, 'first');
}

function resolve(local: DateTime, { timezone, bound }: DateContext): number {
	return resolveLocalTime(local.toMillis(), timezone, bound === 'start' ? 'first' : 'second');
}
