import { getOwn, type JsonObject } from '../../records/json';
import type { Column } from './columns';
import { formatCsvLine } from './csv';
import { createLengthError, measureValue, requireField, requireKey } from './rowChecks';
import { truncateText } from './truncate';
import { formatValue, isNullCell } from './values';

/** A table to push: its rows are validated, and their keys are unique. */
export interface Table {
	readonly columns: readonly Column[];
	readonly rowCount: number;
	/** Number of truncated values by column, of rows that are kept or not. */
	readonly truncatedValues: ReadonlyMap<string, number>;
	/** Creates CSV texts, each with a header. Only a chunk of one row may exceed the maximum. */
	createChunks(maxBytes: number): Iterable<string>;
}

/** Maximum length of a text column, in bytes. */
export const MAX_TEXT_BYTES = 65_000;

/** A few lengths for all columns, so that the table rarely has too short a column for later rows. */
const COLUMN_LENGTHS = [2000, 8000, 32_000, MAX_TEXT_BYTES];

/** What to do with text that is longer than its column. */
export const LONG_TEXTS = ['truncate', 'error'] as const;
export type LongText = (typeof LONG_TEXTS)[number];

/**
 * Builds a table from rows. Of rows with the same keys, the last one is kept. Every row needs a field,
 * and a value for each key, and every value has to fit its column; otherwise the first invalid row is
 * an error. Text that is too long may be truncated, unless it is a key.
 */
export function buildTable(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	keys: readonly string[],
	longText: LongText = 'error',
): Table {
	const maxBytes = new Map<string, number>();
	const truncatedValues = new Map<string, number>();
	for (const [index, row] of rows.entries()) {
		requireField(row, columns, index);
		for (const key of keys) requireKey(row, key, index);
		for (const column of columns) {
			const { name } = column;
			const bytes = measureValue(getOwn(row, name), column, index);
			const limit = getMaxBytes(column);
			if (bytes > limit) {
				if (longText === 'error' || keys.includes(name)) {
					throw createLengthError(index, name, bytes, limit, keys.includes(name));
				}
				truncatedValues.set(name, (truncatedValues.get(name) ?? 0) + 1);
			}
			maxBytes.set(name, Math.max(maxBytes.get(name) ?? 0, Math.min(bytes, limit)));
		}
	}
	const uniqueRows = keys.length === 0 ? rows : keepLastPerKey(rows, keys, columns);
	const formatRow = (row: JsonObject) =>
		columns.map((column) => {
			const cell = formatCell(getOwn(row, column.name), column.type);
			const isTruncated = cell !== undefined && truncatedValues.has(column.name);
			return isTruncated ? truncateText(cell, getMaxBytes(column)) : cell;
		});
	return {
		columns: columns.map((column) =>
			column.type === 'STRING'
				? { ...column, length: column.length ?? selectLength(maxBytes.get(column.name) ?? 0) }
				: column,
		),
		rowCount: uniqueRows.length,
		truncatedValues,
		createChunks: (maxChunkBytes) => createChunks(uniqueRows, columns, formatRow, maxChunkBytes),
	};
}

function* createChunks(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	formatRow: (row: JsonObject) => Array<string | undefined>,
	maxBytes: number,
): Generator<string> {
	const header = formatCsvLine(columns.map(({ name }) => name));
	let lines = [header];
	let bytes = Buffer.byteLength(header);
	for (const row of rows) {
		const line = formatCsvLine(formatRow(row));
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

function getMaxBytes({ length }: Column): number {
	return Math.min(length ?? MAX_TEXT_BYTES, MAX_TEXT_BYTES);
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
