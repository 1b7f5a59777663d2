import type { JsonObject } from '../../records/json';
import type { ColumnType } from './columnTypes';
import { inferType } from './values';

/** A column of a table. */
export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	/** Maximum length of text, in bytes. By default, the longest value determines it. */
	readonly length?: number;
}

/**
 * Infers the columns of rows, in the order in which their fields first appear. The type of a column is
 * the type of all its values: FLOAT for integers mixed with other numbers, STRING for any other mix
 * and for a column without values.
 */
export function inferColumns(rows: readonly JsonObject[]): Column[] {
	const types = new Map<string, ColumnType | undefined>();
	for (const row of rows) {
		for (const [name, value] of Object.entries(row)) {
			types.set(name, unifyTypes(types.get(name), inferType(value)));
		}
	}
	return [...types].map(([name, type = 'STRING']) => ({ name, type }));
}

function unifyTypes(a: ColumnType | undefined, b: ColumnType | undefined): ColumnType | undefined {
	if (a === undefined || b === undefined || a === b) return a ?? b;
	const areNumbers = [a, b].every((type) => type === 'INTEGER' || type === 'FLOAT');
	return areNumbers ? 'FLOAT' : 'STRING';
}
