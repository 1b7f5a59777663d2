import { isIP } from 'node:net';
import { DateTime } from 'luxon';
import { isObject } from './fields.mts';

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

export const isText = (value: unknown) => typeof value === 'string' && value !== '';
export const isFields = (value: unknown) => isObject(value) && Object.keys(value).length > 0;

/** What the values of a type of field must be. */
export interface FieldType {
	description: string;
	holds: (value: unknown) => boolean;
}

const TEXT: FieldType = { description: 'a text that is not empty', holds: isText };
const WHOLE_NUMBER: FieldType = { description: 'a whole number', holds: Number.isSafeInteger };
const NUMBER: FieldType = { description: 'a number', holds: Number.isFinite };
const OBJECT: FieldType = { description: 'an object that is not empty', holds: isFields };

/** The types of fields, by Elasticsearch's names. */
export const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map([
	['boolean', { description: 'true or false', holds: (value) => typeof value === 'boolean' }],
	['constant_keyword', TEXT],
	['date', { description: 'an ISO 8601 time with a zone', holds: isDate }],
	['double', NUMBER],
	['flattened', OBJECT],
	['float', NUMBER],
	['geo_point', { description: 'a point with lat and lon', holds: isPoint }],
	['integer', WHOLE_NUMBER],
	[
		'ip',
		{ description: 'an IP address', holds: (value) => isText(value) && isIP(String(value)) > 0 },
	],
	['keyword', TEXT],
	['long', WHOLE_NUMBER],
	['match_only_text', TEXT],
	['nested', OBJECT],
	['object', OBJECT],
	['scaled_float', NUMBER],
	['text', TEXT],
	['unsigned_long', WHOLE_NUMBER],
	['wildcard', TEXT],
]);

function isDate(value: unknown): boolean {
	return typeof value === 'string' && ISO_8601.test(value) && DateTime.fromISO(value).isValid;
}

function isPoint(value: unknown): boolean {
	if (!isObject(value)) return false;
	const { lat, lon, ...rest } = value;
	const within = (n: unknown, limit: number) => Number.isFinite(n) && Math.abs(Number(n)) <= limit;
	return Object.keys(rest).length === 0 && within(lat, 90) && within(lon, 180);
}
