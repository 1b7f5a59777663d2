import { getOwn, type JsonObject } from '../../records/json';
import { showValue } from '../../records/showValue';
import type { Column } from './columns';
import { formatCsvLine } from './csv';
import { formatValue, isNullCell } from './values';

/** Marks a `RowError`, whichever copy of this module created it. */
const ROW_ERROR = Symbol.for('n8n-nodes-celonis/RowError');

/** A row that cannot be pushed. */
export class RowError extends Error {
	readonly [ROW_ERROR] = true;

	constructor(
		/** Index of the row, from 0. */
		readonly rowIndex: number,
		message: string,
		readonly hint: string,
	) {
		super(message);
	}
}

/** Whether this is a `RowError`. `instanceof` would fail where the module is loaded twice. */
export function isRowError(error: unknown): error is RowError {
	return typeof error === 'object' && error !== null && ROW_ERROR in error;
}

/** A table to push: its rows are validated, and their keys are unique. */
export interface Table {
	readonly columns: readonly Column[];
	readonly rowCount: number;
	/** Creates CSV texts, each with a header. Only a chunk of one row may exceed the maximum. */
	createChunks(maxBytes: number): Iterable<string>;
}

/** Maximum length of a text column, in bytes. */
export const MAX_TEXT_BYTES = 65_000;

/** A few lengths for all columns, so that the table rarely has too short a column for later rows. */
const COLUMN_LENGTHS = [2000, 8000, 32_000, MAX_TEXT_BYTES];

/**
 * Builds a table from rows. Of rows with the same keys, the last one is kept. Every value has to fit
 * its column, and every row needs a value for each key; otherwise the first invalid row is an error.
 */
export function buildTable(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	keys: readonly string[],
): Table {
	const maxBytes = new Map<string, number>();
	for (const [index, row] of rows.entries()) {
		for (const key of keys) requireKey(row, key, index);
		for (const column of columns) {
			const bytes = measureValue(getOwn(row, column.name), column, index);
			maxBytes.set(column.name, Math.max(maxBytes.get(column.name) ?? 0, bytes));
		}
	}
	const uniqueRows = keys.length === 0 ? rows : keepLastPerKey(rows, keys, columns);
	return {
		columns: columns.map((column) =>
			column.type === 'STRING'
				? { ...column, length: column.length ?? selectLength(maxBytes.get(column.name) ?? 0) }
				: column,
		),
		rowCount: uniqueRows.length,
		createChunks: (maxChunkBytes) => createChunks(uniqueRows, columns, maxChunkBytes),
	};
}

function* createChunks(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	maxBytes: number,
): Generator<string> {
	const header = formatCsvLine(columns.map(({ name }) => name));
	let lines = [header];
	let bytes = Buffer.byteLength(header);
	for (const row of rows) {
		const line = formatCsvLine(
			columns.map(({ name, type }) => formatCell(getOwn(row, name), type)),
		);
		const lineBytes = Buffer.byteLength(line);
		if (lines.length > 1 && bytes + lineBytes > maxBytes) {
			const chunk = lines.join('');
			// Free the lines before the chunk is sent.
			lines = [header];
			bytes = Buffer.byteLength(header);
			yield chunk;
		}
		lines.push(line);
		bytes += lineBytes;
	}
	yield lines.join('');
}

function formatCell(value: unknown, type: Column['type']): string | undefined {
	return isNullCell(value) ? undefined : formatValue(value, type);
}

function requireKey(row: JsonObject, key: string, index: number): void {
	const value = getOwn(row, key);
	if (!isNullCell(value) && value !== '') return;
	throw new RowError(
		index,
		`The key '${key}' has no value`,
		"Every item needs a value for each of the 'Keys', which identify rows. Nothing was pushed.",
	);
}

/** The length of the value in its column, in bytes. A value that does not fit is an error. */
function measureValue(value: unknown, { name, type, length }: Column, index: number): number {
	if (isNullCell(value)) return 0;
	const text = formatValue(value, type);
	if (text === undefined) {
		throw new RowError(
			index,
			`The value of '${name}' is not of the type ${type}`,
			`It is ${showValue(value)}. Change the column's type under 'Columns', or the value. Nothing was pushed.`,
		);
	}
	const bytes = type === 'STRING' ? Buffer.byteLength(text) : 0;
	const maxBytes = Math.min(length ?? MAX_TEXT_BYTES, MAX_TEXT_BYTES);
	if (bytes <= maxBytes) return bytes;
	throw new RowError(
		index,
		`The value of '${name}' is longer than ${maxBytes} bytes`,
		`It has ${bytes} bytes. Remove the column, shorten the value, or increase the column's length. Nothing was pushed.`,
	);
}

function keepLastPerKey(
	rows: readonly JsonObject[],
	keys: readonly string[],
	columns: readonly Column[],
): JsonObject[] {
	const types = keys.map((key) => columns.find(({ name }) => name === key)?.type ?? 'STRING');
	const rowByKey = new Map<string, JsonObject>();
	for (const row of rows) {
		rowByKey.set(
			JSON.stringify(keys.map((name, i) => formatValue(getOwn(row, name), types[i]!))),
			row,
		);
	}
	return [...rowByKey.values()];
}

function selectLength(bytes: number): number {
	return COLUMN_LENGTHS.find((length) => bytes <= length) ?? MAX_TEXT_BYTES;
}
