import type { Authentication } from '../../http/connection';
import { getAuthentication } from '../../parameters/authentication';
import { isUnset, type ParameterReader } from '../../parameters/parameterReader';
import { getTimeoutMs } from '../../parameters/timeout';
import { isJsonObject } from '../../records/json';
import { trimText } from '../../records/text';
import type { Column } from './columns';
import { COLUMN_TYPES } from './columnTypes';
import { MODES, type Mode } from './jobRequest';
import { parsePoolId } from './poolAddress';
import { LONG_TEXTS, MAX_TEXT_BYTES, type LongText } from './table';

export const DEFAULT_LONG_TEXT: LongText = 'truncate';
export const DEFAULT_KEYS = 'eventId';
export const DEFAULT_JOB_TIMEOUT_SECONDS = 600;
export const DEFAULT_CHUNK_MEGABYTES = 8;
export const MAX_CHUNK_MEGABYTES = 500;

const BYTES_PER_MEGABYTE = 1e6;

/** Parameters of Push Rows. */
export interface PushParameters {
	readonly authentication: Authentication;
	readonly timeoutMs: number;
	readonly jobTimeoutMs: number;
	readonly chunkBytes: number;
	readonly longText: LongText;
	readonly poolId: string;
	readonly tableName: string;
	readonly mode: Mode;
	readonly keys: readonly string[];
	/** `undefined`: the columns are inferred from the items. */
	readonly columns: readonly Column[] | undefined;
}

/** Gets the parameters, which are the same for all items. */
export function getPushParameters(parameters: ParameterReader): PushParameters {
	const options = parameters.getCollection('options');
	const columns = parameters.getChoice('Columns', 'columns', ['fromItems', 'given'], 'fromItems');
	return {
		authentication: getAuthentication(parameters),
		timeoutMs: getTimeoutMs(options),
		jobTimeoutMs:
			1000 *
			options.getPositiveNumber('Job Timeout', 'jobTimeout', {
				default: DEFAULT_JOB_TIMEOUT_SECONDS,
			}),
		chunkBytes:
			BYTES_PER_MEGABYTE *
			options.getInteger('Chunk Size', 'chunkSize', {
				default: DEFAULT_CHUNK_MEGABYTES,
				max: MAX_CHUNK_MEGABYTES,
			}),
		longText: options.getChoice('Long Text', 'longText', LONG_TEXTS, DEFAULT_LONG_TEXT),
		poolId: getPoolId(parameters),
		tableName: parameters.getRequiredText('Table Name', 'tableName'),
		mode: parameters.getChoice('Mode', 'mode', MODES, 'upsert'),
		keys: parameters.getList('Keys', 'keys', DEFAULT_KEYS),
		columns: columns === 'given' ? getColumnDefinitions(parameters) : undefined,
	};
}

/** Throws an error if a column is defined twice, or if there is no column, or none for a key. */
export function requireValidColumns(
	parameters: ParameterReader,
	settings: PushParameters,
	columns: readonly Column[],
): void {
	const displayName = settings.columns ? 'Column Definitions' : 'Columns';
	const upperCaseNames = new Set<string>();
	const duplicate = columns.find(({ name }) => {
		const isKnown = upperCaseNames.has(name.toUpperCase());
		upperCaseNames.add(name.toUpperCase());
		return isKnown;
	});
	if (duplicate) {
		const hint = 'Names of columns are case-insensitive.';
		parameters.fail(displayName, duplicate.name, { mismatch: 'appears twice', hint });
	}
	if (columns.length === 0) {
		const hint = 'At least one column is required.';
		parameters.fail(displayName, undefined, { mismatch: 'must not be empty', hint });
	}
	const names = new Set(columns.map(({ name }) => name));
	const unknownKey = settings.keys.find((key) => !names.has(key));
	if (unknownKey !== undefined) {
		const hint = 'Change the keys or the columns.';
		parameters.fail('Keys', unknownKey, { mismatch: 'is not a column', hint });
	}
}

function getColumnDefinitions(parameters: ParameterReader): Column[] {
	const entries = parameters.getValue('givenColumns.column', []) as unknown[];
	return entries.map((entry) => {
		const { name, type, length } = isJsonObject(entry) ? entry : {};
		const columnName = trimText(name);
		const columnType = COLUMN_TYPES.find((each) => each === type);
		if (columnName === undefined || columnType === undefined) {
			return parameters.fail(
				'Column Definitions',
				{ name, type },
				{ mismatch: 'is not a column', hint: 'Enter a name and a type for each column.' },
			);
		}
		// The editor keeps the length of a column whose type was changed.
		const hasLength = columnType === 'STRING' && length !== 0 && !isUnset(length);
		return {
			name: columnName,
			type: columnType,
			length: hasLength ? getLength(parameters.withValues(entry)) : undefined,
		};
	});
}

function getLength(column: ParameterReader): number {
	return column.getInteger('Length', 'length', { default: 0, max: MAX_TEXT_BYTES });
}

/** The ID, from a value of the resource locator, or from text as expressions give it. */
function getPoolId(parameters: ParameterReader): string {
	const displayName = 'Data Pool';
	const located = parameters.getValue('dataPoolId', '');
	const value = isJsonObject(located) ? (located.value ?? '') : located;
	const text = parameters
		.withValues({ dataPoolId: value })
		.getRequiredText(displayName, 'dataPoolId');
	const hint = "Enter its ID, or the address of its page, which contains '/pools/' and the ID.";
	return (
		parsePoolId(text) ??
		parameters.fail(displayName, text, { mismatch: 'is not a data pool ID', hint })
	);
}
