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
