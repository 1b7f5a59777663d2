import { stringifyJson } from '../../records/stringifyJson';
import { isNullish } from '../../records/text';
import { parseIsoTimestamp } from '../../records/timestamp';
import type { ColumnType } from './columnTypes';

/** The formats of DATE and DATETIME values, as the job request states them. Times are in UTC. */
export const DATE_FORMAT = 'yyyy-MM-dd';
export const DATE_TIME_FORMAT = 'yyyy-MM-dd HH:mm:ss.SSS';

const ISO_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** The formats have four digits for the year. */
const MIN_DATE_MS = Date.UTC(1000, 0, 1);
const END_DATE_MS = Date.UTC(10_000, 0, 1);

/** Infers the type of a column from a value; `undefined` if the value is null in the table. */
export function inferType(cell: unknown): ColumnType | undefined {
	const value = toJsonValue(cell);
	if (isNullCell(value)) return undefined;
	if (typeof value === 'boolean') return 'BOOLEAN';
	if (typeof value === 'number') return Number.isSafeInteger(value) ? 'INTEGER' : 'FLOAT';
	return parseEpochMs(value) === undefined ? 'STRING' : 'DATETIME';
}

/** Whether a value is null in the table. Empty text is not. */
export function isNullCell(value: unknown): boolean {
	return isNullish(toJsonValue(value)) || Number.isNaN(value);
}

/** Formats a value for a column of this type; `undefined` if the value does not fit. */
export function formatValue(cell: unknown, type: ColumnType): string | undefined {
	const value = toJsonValue(cell);
	switch (type) {
		case 'STRING':
			return typeof value === 'object' ? (stringifyJson(value) ?? '') : String(value);
		case 'INTEGER':
			return isNumber(value) && /^[+-]?\d+$/.test(String(value)) ? String(value) : undefined;
		case 'FLOAT':
			return isNumber(value) ? String(Number(value)) : undefined;
		case 'BOOLEAN':
			return /^(true|false)$/i.test(String(value)) ? String(value).toLowerCase() : undefined;
		case 'DATETIME':
			return formatIso(value)?.slice(0, 23).replace('T', ' ');
		case 'DATE':
			return isDate(value) ? value : formatIso(value)?.slice(0, 10);
		case 'TIME':
			return isTime(value) ? value : undefined;
	}
}

/** Whether a value is a number, or text of one. `Number()` also accepts blanks, dates and arrays. */
function isNumber(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '' && Number.isFinite(Number(value));
	return typeof value === 'number' && Number.isFinite(value);
}

/** The JSON value of an object such as a `Date` or a `DateTime`; null if it is an invalid one. */
function toJsonValue(value: unknown): unknown {
	const isConvertible = typeof value === 'object' && value !== null && 'toJSON' in value;
	return isConvertible && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

function formatIso(value: unknown): string | undefined {
	const epochMs = parseEpochMs(value);
	return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}

/** Epoch milliseconds of ISO 8601 text with a time zone. */
function parseEpochMs(value: unknown): number | undefined {
	if (typeof value !== 'string' || !ISO_DATE_TIME.test(value)) return undefined;
	const epochMs = parseIsoTimestamp(value);
	const isInRange = epochMs !== undefined && epochMs >= MIN_DATE_MS && epochMs < END_DATE_MS;
	return isInRange ? epochMs : undefined;
}

function isDate(value: unknown): value is string {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
	const epochMs = Date.parse(`${value}T00:00:00Z`);
	return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(value);
}

function isTime(value: unknown): value is string {
	return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value);
}
