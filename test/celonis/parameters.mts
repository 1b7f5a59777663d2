import type { Behaviour, DateForm } from './behaviour.mts';
import type { LogWindow } from './log.mts';

/** A query parameter that the API rejects; the message says why. */
export class BadParameter extends Error {}

const MINUTE_MS = 60_000;

/** The forms of which a server may accept only some. */
const DATE_FORMS: Readonly<Record<DateForm, RegExp>> = {
	iso: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
	isoSeconds: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
	seconds: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
	offset: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+00:00$/,
	epochMs: /^\d{12,15}$/,
};

/** The documented form, with or without milliseconds, or the sibling APIs' form without a zone. */
const DEFAULT_FORMS: readonly DateForm[] = ['iso', 'isoSeconds', 'seconds'];

export function parseWindow(query: URLSearchParams, behaviour: Behaviour): LogWindow {
	const { dateForm = DEFAULT_FORMS, utcOffsetMinutes } = behaviour;
	const forms = typeof dateForm === 'string' ? [dateForm] : dateForm;
	const from = parseDateTime(query, 'from', forms, utcOffsetMinutes);
	const to = parseDateTime(query, 'to', forms, utcOffsetMinutes);
	const isReversed = from !== undefined && to !== undefined && from > to;
	if (isReversed && behaviour.reversedWindow === 'refused') {
		throw new BadParameter("Parameter 'from' is after 'to'.");
	}
	return { from, to, fromBound: behaviour.fromBound, toBound: behaviour.toBound };
}

/** Refuses parameters that an endpoint does not have, where unknown ones are refused. */
export function checkNames(
	query: URLSearchParams,
	known: readonly string[],
	{ unknownParameters }: Behaviour,
): void {
	if (unknownParameters === 'ignored') return;
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	if (unknown !== undefined) throw new BadParameter(`Parameter '${unknown}' is unknown.`);
}

/** A whole number written in plain digits. */
export function parseWholeNumber(
	query: URLSearchParams,
	name: string,
	range: { min: number; max: number; otherwise: number },
): number {
	const text = getSingle(query, name);
	if (text === undefined) return Math.min(range.otherwise, range.max);
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (!(value >= range.min && value <= range.max)) {
		throw new BadParameter(
			`Parameter '${name}' must be a number from ${range.min} to ${range.max}.`,
		);
	}
	return value;
}

export function getSingle(query: URLSearchParams, name: string): string | undefined {
	const values = query.getAll(name);
	if (values.length > 1) throw new BadParameter(`Parameter '${name}' is given more than once.`);
	return values[0];
}

function parseDateTime(
	query: URLSearchParams,
	name: string,
	forms: readonly DateForm[],
	utcOffsetMinutes: number,
): number | undefined {
	const text = getSingle(query, name);
	if (text === undefined) return undefined;
	const form = forms.find((each) => DATE_FORMS[each].test(text));
	if (form === 'epochMs') return Number(text);
	const ms = form === undefined ? NaN : Date.parse(form === 'seconds' ? `${text}Z` : text);
	// `Date.parse` accepts the 30th of February: only a date that formats back to the same text is valid.
	if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, 19))) {
		throw new BadParameter(`Failed to convert value of parameter '${name}' to a date-time.`);
	}
	return form === 'seconds' ? ms - utcOffsetMinutes * MINUTE_MS : ms;
}
