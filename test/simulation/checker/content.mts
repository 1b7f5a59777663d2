import { omitFields } from '../../support/omitFields.mts';

type Fields = Readonly<Record<string, unknown>>;

/** An ID of the record's own: Celonis does not promise that it identifies an event. */
const OWN_IDS = ['id', 'eventId'];

/** Digits that JavaScript's numbers cannot hold, as a value of a record. */
const LONG_NUMBER = /([:,[])(\d{16,})(?=[,}\]])/g;

/**
 * Parses the JSON of a record. A number that is too long for JavaScript becomes a text. What is no
 * object is delivered as a field `record`.
 */
export function parseContent(json: string): Fields {
	const value = JSON.parse(json.replace(LONG_NUMBER, '$1"$2"')) as unknown;
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Fields) : { record: value };
}

/**
 * A canonical form of a record, for comparing by meaning. It does not depend on the order of fields and
 * of lists, on how a field without content is written, on whether a number is a text, on the format of
 * the timestamp, or on an ID of the record's own.
 */
export function formatContent(record: Fields): string {
	const fields = omitFields(record, 'timestamp', ...OWN_IDS);
	return `${parseTimestamp(record)} ${describe(fields) ?? ''}`;
}

/** Numbers from here on are epoch milliseconds, smaller ones seconds. */
const MIN_EPOCH_MS = 1e11;

/**
 * The time of the event, epoch milliseconds: of a date and time, in UTC if it has no zone, of a number of
 * seconds or milliseconds, or of a list from the year to the nanosecond.
 */
export function parseTimestamp({ timestamp }: Fields): number {
	if (Array.isArray(timestamp)) {
		const [year, month, day, hour, minute, second = 0, ns = 0] = timestamp.map(Number);
		return Date.UTC(year!, month! - 1, day, hour, minute, second, ns / 1e6);
	}
	const text = String(timestamp);
	if (/^\d+(?:\.\d+)?$/.test(text)) {
		const number = Number(text);
		return Math.floor(number < MIN_EPOCH_MS ? Math.round(number * 1e6) / 1e3 : number);
	}
	const hasZone = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
	return Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`);
}

/** The text of a value; `undefined` if it has no content. */
function describe(value: unknown): string | undefined {
	if (value === null || value === undefined || value === '') return undefined;
	if (Array.isArray(value)) {
		if (value.length === 0) return undefined;
		const elements = value.map((element) => describe(element) ?? '');
		return `[${elements.sort().join(',')}]`;
	}
	if (typeof value === 'object') {
		const fields = Object.entries(value).flatMap(([name, field]) => {
			const text = describe(field);
			return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
		});
		return fields.length === 0 ? undefined : `{${fields.sort().join(',')}}`;
	}
	return typeof value === 'boolean' ? String(value) : JSON.stringify(String(value));
}
