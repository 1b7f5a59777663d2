import type { JsonObject } from '../../records/json';
import type { Column } from './columns';
import { formatCsvLine } from './csv';
import { isNullish, formatValue } from './values';

/** Something about one row that can't be pushed. */
export class RowError extends Error {
	constructor(
		/** Position of the row, from 0. */
		readonly row: number,
		message: string,
		readonly hint: string,
	) {
		super(message);
	}
}

/** Rows that are ready to be pushed: checked, and each key once. */
export interface Table {
	readonly columns: readonly Column[];
	readonly rows: number;
	/** CSV texts with a header each, none of them longer than asked for by more than a row. */
	chunks(largestBytes: number): Iterable<string>;
}

/** What a text column can hold at the most, in bytes. */
export const MAX_TEXT_BYTES = 65_000;
const LENGTHS = [2000, 8000, 32_000, MAX_TEXT_BYTES];

/**
 * Makes a table of rows. Of rows with the same keys the last one counts. Every value has to fit its
 * column, and every row has to have its keys: else nothing of it can be pushed.
 */
export function buildTable(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	keys: readonly string[],
): Table {
	const longest = new Map<string, number>();
	for (const [index, row] of rows.entries()) {
		for (const key of keys) requireKey(row, key, index);
		for (const column of columns) {
			const bytes = checkedLength(row[column.name], column, index);
			longest.set(column.name, Math.max(longest.get(column.name) ?? 0, bytes));
		}
	}
	const counted = keys.length === 0 ? rows : lastOfEach(rows, keys, columns);
	return {
		columns: columns.map((column) =>
			column.type === 'STRING'
				? { ...column, length: column.length ?? roomFor(longest.get(column.name) ?? 0) }
				: column,
		),
		rows: counted.length,
		chunks: (largestBytes) => chunksOf(counted, columns, largestBytes),
	};
}

function* chunksOf(
	rows: readonly JsonObject[],
	columns: readonly Column[],
	largestBytes: number,
): Generator<string> {
	const header = formatCsvLine(columns.map(({ name }) => name));
	let lines = [header];
	let bytes = Buffer.byteLength(header);
	for (const row of rows) {
		const line = formatCsvLine(columns.map(({ name, type }) => fieldOf(row[name], type)));
		const length = Buffer.byteLength(line);
		if (lines.length > 1 && bytes + length > largestBytes) {
			const chunk = lines.join('');
			// Nothing of a chunk is held here while it is under way.
			lines = [header];
			bytes = Buffer.byteLength(header);
			yield chunk;
		}
		lines.push(line);
		bytes += length;
	}
	yield lines.join('');
}

function fieldOf(value: unknown, type: Column['type']): string | undefined {
	return isNullish(value) ? undefined : formatValue(value, type);
}

function requireKey(row: JsonObject, key: string, index: number): void {
	const value = row[key];
	if (!isNullish(value) && value !== '') return;
	throw new RowError(
		index,
		`The key '${key}' has no value`,
		"Every item needs a value for each of the 'Keys': rows are found again by them. Nothing was pushed.",
	);
}

/** How many bytes the value takes in its column; an error where it does not fit. */
function checkedLength(value: unknown, { name, type, length }: Column, index: number): number {
	if (isNullish(value)) return 0;
	const text = formatValue(value, type);
	if (text === undefined) {
		throw new RowError(
			index,
			`The value of '${name}' is no ${type}`,
			`It is ${shortened(value)}. Change the column's type under 'Columns', or the value. Nothing was pushed.`,
		);
	}
	const bytes = type === 'STRING' ? Buffer.byteLength(text) : 0;
	const most = Math.min(length ?? MAX_TEXT_BYTES, MAX_TEXT_BYTES);
	if (bytes <= most) return bytes;
	throw new RowError(
		index,
		`The value of '${name}' is longer than ${most} bytes`,
		`It has ${bytes}. Leave the column out, shorten the value, or give the column more length. Nothing was pushed.`,
	);
}

function shortened(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function lastOfEach(
	rows: readonly JsonObject[],
	keys: readonly string[],
	columns: readonly Column[],
): JsonObject[] {
	const types = keys.map((key) => columns.find(({ name }) => name === key)?.type ?? 'STRING');
	const byKey = new Map<string, JsonObject>();
	for (const row of rows) {
		const key = JSON.stringify(keys.map((name, place) => formatValue(row[name], types[place]!)));
		byKey.set(key, row);
	}
	return [...byKey.values()];
}

/** Lengths come in few steps, so that the table's column is seldom too short for a later push. */
function roomFor(bytes: number): number {
	return LENGTHS.find((length) => bytes <= length) ?? MAX_TEXT_BYTES;
}
