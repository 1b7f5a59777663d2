import type { Behaviour } from './behaviour.mts';
import type { LogWindow } from './log.mts';

/** A query parameter that the API rejects; the message says why. */
export class BadParameter extends Error {}

/** The forms of which a server may accept only one. */
const DATE_FORMS = {
	iso: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
	seconds: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
};

/** The documented form, with or without milliseconds, or the sibling APIs' form without a zone. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3}Z|Z)?$/;

export function parseWindow(query: URLSearchParams, behaviour: Behaviour): LogWindow {
	const form = behaviour.dateForm ? DATE_FORMS[behaviour.dateForm] : DATE_TIME;
	const from = parseDateTime(query, 'from', form);
	const to = parseDateTime(query, 'to', form);
	if (from !== undefined && to !== undefined && from > to) {
		throw new BadParameter("Parameter 'from' is after 'to'.");
	}
	return { from, to, fromBound: behaviour.fromBound, toBound: behaviour.toBound };
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

function parseDateTime(query: URLSearchParams, name: string, form: RegExp): number | undefined {
	const text = getSingle(query, name);
	if (text === undefined) return undefined;
	const ms = form.test(text) ? Date.parse(text.endsWith('Z') ? text : `${text}Z`) : NaN;
	// `Date.parse` accepts the 30th of February: only a date that formats back to the same text is valid.
	if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, 19))) {
		throw new BadParameter(`Failed to convert value of parameter '${name}' to a date-time.`);
	}
	return ms;
}
