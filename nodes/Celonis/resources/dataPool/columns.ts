import type { JsonObject } from '../../records/json';
import { inferType } from './values';

/** Types of columns in a data pool. */
export const COLUMN_TYPES = [
	'STRING',
	'INTEGER',
	'FLOAT',
	'BOOLEAN',
	'DATE',
	'DATETIME',
	'TIME',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A column of the table. */
export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	/** How long a text may be, in bytes; as long as it takes where it is not given. */
	readonly length?: number;
}

/**
 * The columns that rows make, in the order in which their fields first come up. A column is of the
 * one type that all its values have; whole numbers and others together are FLOAT, everything else
 * is STRING, and so is a column without a value.
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

function unifyTypes(one: ColumnType | undefined, other: ColumnType | undefined) {
	if (one === undefined || other === undefined || one === other) return one ?? other;
	const areNumbers = [one, other].every((type) => type === 'INTEGER' || type === 'FLOAT');
	return areNumbers ? 'FLOAT' : 'STRING';
}
