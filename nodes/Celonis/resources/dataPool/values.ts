import { parseTimestamp } from '../../records/timestamp';
import type { ColumnType } from './columns';

/** How DATE and DATETIME are written, as the job tells Celonis. Moments are in UTC. */
export const DATE_FORMAT = 'yyyy-MM-dd';
export const DATE_TIME_FORMAT = 'yyyy-MM-dd HH:mm:ss.SSS';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** The type that a value asks for; `undefined` where there is none. */
export function inferType(value: unknown): ColumnType | undefined {
	if (isNullish(value)) return undefined;
	if (typeof value === 'boolean') return 'BOOLEAN';
	if (typeof value === 'number') return Number.isSafeInteger(value) ? 'INTEGER' : 'FLOAT';
	return momentOf(value) === undefined ? 'STRING' : 'DATETIME';
}

/** No value at all: NULL in the table. A text without a letter is one. */
export function isNullish(value: unknown): value is null | undefined {
	return value === null || value === undefined || Number.isNaN(value);
}

/** A value as a column of this type holds it, as text; `undefined` where it does not fit. */
export function formatValue(value: unknown, type: ColumnType): string | undefined {
	switch (type) {
		case 'STRING':
			return typeof value === 'object' ? jsonOf(value) : String(value);
		case 'INTEGER':
			return isNumber(value) && /^[+-]?\d+$/.test(String(value)) ? String(value) : undefined;
		case 'FLOAT':
			return isNumber(value) ? String(Number(value)) : undefined;
		case 'BOOLEAN':
			return /^(true|false)$/i.test(String(value)) ? String(value).toLowerCase() : undefined;
		case 'DATETIME':
			return isoOf(value)?.slice(0, 23).replace('T', ' ');
		case 'DATE':
			return isDate(value) ? value : isoOf(value)?.slice(0, 10);
		case 'TIME':
			return isTime(value) ? value : undefined;
	}
}

/** A number, or a text that is one: JavaScript itself takes blanks, dates and lists for numbers too. */
function isNumber(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '' && Number.isFinite(Number(value));
	return typeof value === 'number' && Number.isFinite(value);
}

function jsonOf(value: unknown): string {
	return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function isoOf(value: unknown): string | undefined {
	const ms = momentOf(value);
	return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** A moment in epoch milliseconds: a date, or a text in ISO 8601 that says its zone. */
function momentOf(value: unknown): number | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
	const ms = typeof value === 'string' && MOMENT.test(value) ? parseTimestamp(value) : undefined;
	// The formats know four digits of a year.
	return ms !== undefined && ms >= LEAST_MS && ms < END_MS ? ms : undefined;
}

const LEAST_MS = Date.UTC(1000, 0, 1);
const END_MS = Date.UTC(10_000, 0, 1);

function isDate(value: unknown): value is string {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
	const ms = Date.parse(`${value}T00:00:00Z`);
	return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
}

function isTime(value: unknown): value is string {
	return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value);
}
