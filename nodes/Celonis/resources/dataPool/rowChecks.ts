import { getOwn, type JsonObject } from '../../records/json';
import { showValue } from '../../records/showValue';
import type { Column } from './columns';
import { RowError } from './rowError';
import { formatValue, isNullCell } from './values';

/** Throws an error if a row has no value for a key. */
export function requireKey(row: JsonObject, key: string, index: number): void {
	const value = getOwn(row, key);
	if (!isNullCell(value) && value !== '') return;
	throw new RowError(
		index,
		`The key '${key}' has no value`,
		"Every item needs a value for each of the 'Keys', which identify rows. Nothing was pushed.",
	);
}

/** Throws an error if a row would be empty: it has no field, or none of the columns. */
export function requireField(row: JsonObject, columns: readonly Column[], index: number): void {
	if (columns.some(({ name }) => getOwn(row, name) !== undefined)) return;
	const isEmpty = Object.keys(row).length === 0;
	throw new RowError(
		index,
		isEmpty ? 'The item has no fields' : 'The item has none of the columns',
		isEmpty
			? 'It would be an empty row. Filter such items out, or extract the content of files before this node. Nothing was pushed.'
			: `It would be an empty row. Its fields are: ${showValue(Object.keys(row))}. Change the columns, or filter such items out. Nothing was pushed.`,
	);
}

/** The length of the value in its column, in bytes: 0 if it is no text. */
export function measureValue(value: unknown, { name, type }: Column, index: number): number {
	if (isNullCell(value)) return 0;
	const text = formatValue(value, type);
	if (text !== undefined) return type === 'STRING' ? Buffer.byteLength(text) : 0;
	throw new RowError(
		index,
		`The value of '${name}' is not of the type ${type}`,
		`It is ${showValue(value)}. Change the column's type under 'Columns', or the value. Nothing was pushed.`,
	);
}

/** The error for a value that is longer than its column. */
export function createLengthError(
	index: number,
	name: string,
	bytes: number,
	maxBytes: number,
	isKey: boolean,
): RowError {
	const remedy = isKey
		? 'It is a key, and keys are not truncated: rows could become the same. Choose other keys, or shorten the value.'
		: "Remove the column, shorten the value, increase the column's length, or set 'Long Text' under Options to 'Truncate'.";
	return new RowError(
		index,
		`The value of '${name}' is longer than ${maxBytes} bytes`,
		`It has ${bytes} bytes. ${remedy} Nothing was pushed.`,
	);
}
