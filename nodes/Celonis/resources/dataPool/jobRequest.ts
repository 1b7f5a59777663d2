import type { Table } from './table';
import { DATE_FORMAT, DATE_TIME_FORMAT } from './values';

/** What to do with existing rows. */
export const MODES = ['upsert', 'replace'] as const;
export type Mode = (typeof MODES)[number];

/** The table that a job writes to, and how. */
export interface JobTarget {
	readonly poolId: string;
	readonly tableName: string;
	readonly mode: Mode;
	readonly keys: readonly string[];
}

/** Builds the request that creates a job. */
export function buildJobRequest(
	{ columns }: Table,
	{ poolId, tableName, mode, keys }: JobTarget,
): object {
	return {
		targetName: tableName,
		dataPoolId: poolId,
		type: mode === 'replace' ? 'REPLACE' : 'DELTA',
		fileType: 'CSV',
		keys,
		tableSchema: {
			tableName,
			columns: columns.map(({ name, type, length }) => ({
				columnName: name,
				columnType: type,
				...(length === undefined ? {} : { fieldLength: length }),
				pkField: keys.includes(name),
			})),
		},
		csvParsingOptions: {
			charSet: 'UTF-8',
			separatorSequence: ',',
			quoteSequence: '"',
			escapeSequence: '"',
			lineEnding: '\r\n',
			decimalSeparator: '.',
			dateFormat: DATE_TIME_FORMAT,
			additionalColumnOptions: columns
				.filter(({ type }) => type === 'DATE')
				.map(({ name }) => ({ columnName: name, dateFormat: DATE_FORMAT })),
		},
	};
}
