import type { Table } from './table';
import { DATE_FORMAT, DATE_TIME_FORMAT } from './values';

/** What becomes of the rows that are in the table already. */
export const MODES = ['upsert', 'replace'] as const;
export type Mode = (typeof MODES)[number];

/** The description of a job, with the names that Celonis has for it. */
export function buildJobRequest(
	{ columns }: Table,
	target: { poolId: string; tableName: string; mode: Mode; keys: readonly string[] },
): object {
	const { poolId, tableName, mode, keys } = target;
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
