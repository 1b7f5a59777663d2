import type { Authentication } from '../../http/connection';
import { getAuthentication } from '../../parameters/authentication';
import type { Expectation } from '../../parameters/parameterError';
import type { ParameterReader } from '../../parameters/parameterReader';
import { matchName, parseJson } from '../../parameters/parseValue';
import { getTimeoutMs } from '../../parameters/timeout';
import { hasOwn, isJsonObject } from '../../records/json';
import { isBlank, trimText } from '../../records/text';
import type { Column } from './columns';
import { COLUMN_TYPES } from './columnTypes';
import { MODES, type Mode } from './jobRequest';
import {
	DEFAULT_CHUNK_MEGABYTES,
	DEFAULT_JOB_TIMEOUT_SECONDS,
	DEFAULT_KEYS,
	DEFAULT_LONG_TEXT,
	MAX_CHUNK_MEGABYTES,
} from './pushDefaults';
import { pushOptionsProperty } from './pushDescription';
import { parsePoolId } from './poolAddress';
import { LONG_TEXTS, MAX_TEXT_BYTES, type LongText } from './table';

const BYTES_PER_MEGABYTE = 1e6;
const EXAMPLE_POOL_ID = '5f0c7a52-4b1e-4f0a-9d3c-2c1f3e6a7b10';

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
	const options = parameters.getCollection(pushOptionsProperty);
	const columns = parameters.getChoice('Columns', 'columns', ['fromItems', 'given'], 'fromItems');
	return {
		authentication: getAuthentication(parameters),
		timeoutMs: getTimeoutMs(options),
		jobTimeoutMs:
			1000 *
			options.getPositiveNumber('Job Timeout (Seconds)', 'jobTimeout', {
				default: DEFAULT_JOB_TIMEOUT_SECONDS,
			}),
		chunkBytes:
			BYTES_PER_MEGABYTE *
			options.getInteger('Chunk Size (MB)', 'chunkSize', {
				default: DEFAULT_CHUNK_MEGABYTES,
				max: MAX_CHUNK_MEGABYTES,
			}),
		longText: options.getChoice('Long Text', 'longText', LONG_TEXTS, DEFAULT_LONG_TEXT),
		poolId: getPoolId(parameters),
		tableName: parameters.getRequiredText('Table Name', 'tableName', 'AUDIT_EVENTS'),
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
		const hint = 'Names of columns are case-insensitive: rename or remove one of the two.';
		parameters.fail(displayName, duplicate.name, { mismatch: 'appears twice', hint });
	}
	if (columns.length === 0) {
		const hint = 'At least one column is required, such as eventId.';
		parameters.fail(displayName, undefined, { mismatch: 'must not be empty', hint });
	}
	const names = new Set(columns.map(({ name }) => name));
	const unknownKey = settings.keys.find((key) => !names.has(key));
	if (unknownKey !== undefined) {
		const hint = `Write keys that are columns, such as ${columns[0]?.name}.`;
		parameters.fail('Keys', unknownKey, { mismatch: 'is not a column', hint });
	}
}

const COLUMN: Expectation = {
	mismatch: 'is not a column',
	hint: `Write a name and a type for each column, such as [{ "name": "event", "type": "STRING" }]. The types are: ${COLUMN_TYPES.join(', ')}.`,
};

/** n8n gives an object with a list; an expression may also give the list itself, and either as JSON text. */
function getColumnDefinitions(parameters: ParameterReader): Column[] {
	const displayName = 'Column Definitions';
	const value = parameters.getValue('givenColumns', {});
	const entries = parseDefinitions(value);
	if (!Array.isArray(entries)) return parameters.fail(displayName, value, COLUMN);
	return entries.map((entry: unknown) => {
		const fields = isJsonObject(entry) ? entry : {};
		const name = trimText(fields.name);
		const type = matchName(fields.type, COLUMN_TYPES);
		if (name === undefined || type === undefined) {
			return parameters.fail(displayName, entry, COLUMN);
		}
		// The editor keeps the length of a column whose type was changed.
		const length = type === 'STRING' ? getLength(parameters.withValues(fields)) : undefined;
		return { name, type, length };
	});
}

function parseDefinitions(value: unknown): unknown {
	if (isBlank(value)) return [];
	if (typeof value === 'string') return parseDefinitions(parseJson(value) ?? NaN);
	if (!isJsonObject(value)) return value;
	const isEmpty = Object.keys(value).length === 0;
	return isEmpty ? [] : hasOwn(value, 'column') ? parseDefinitions(value.column) : value;
}

/** 0 stands for no length of its own. */
function getLength(column: ParameterReader): number | undefined {
	const value = column.getValue('length');
	if (isBlank(value) || String(value).trim() === '0') return undefined;
	return column.getInteger('Length', 'length', { default: 200, max: MAX_TEXT_BYTES });
}

/** The ID, from a value of the resource locator, or from text as expressions give it. */
function getPoolId(parameters: ParameterReader): string {
	const displayName = 'Data Pool';
	const located = parameters.getValue('dataPoolId', '');
	const value = isJsonObject(located) ? (located.value ?? '') : located;
	const text = parameters
		.withValues({ dataPoolId: value })
		.getRequiredText(displayName, 'dataPoolId', EXAMPLE_POOL_ID);
	const hint = `Enter its ID, such as ${EXAMPLE_POOL_ID}, or the address of its page, which contains '/pools/' and the ID.`;
	return (
		parsePoolId(text) ??
		parameters.fail(displayName, text, { mismatch: 'is not a data pool ID', hint })
	);
}
