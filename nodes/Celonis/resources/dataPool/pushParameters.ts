import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { getList, throwParameterError, requireChoice } from '../../parameters/lists';
import { requirePositive, requireWholeNumber } from '../../parameters/numbers';
import { getTimeoutMs } from '../../parameters/timeout';
import { COLUMN_TYPES, type Column } from './columns';
import { MODES, type Mode } from './jobRequest';
import { MAX_TEXT_BYTES } from './table';
import type { Authentication } from '../../http/connection';

/** What the user set on Push Rows. */
export interface PushParameters {
	readonly authentication: Authentication;
	readonly timeoutMs: number;
	readonly jobTimeoutMs: number;
	readonly chunkBytes: number;
	readonly poolId: string;
	readonly tableName: string;
	readonly mode: Mode;
	readonly keys: readonly string[];
	/** None: they come from the items. */
	readonly columns: readonly Column[] | undefined;
}

/** Reads the parameters, of which there is one set for all items; an error for what can't be used. */
export function getPushParameters(context: IExecuteFunctions): PushParameters {
	const given = <T>(name: string, otherwise: T) =>
		context.getNodeParameter(name, 0, otherwise) as T;
	const chosen = <Name extends string>(
		displayName: string,
		name: string,
		names: readonly [Name, ...Name[]],
	) => requireChoice({ context, displayName }, given<unknown>(name, names[0]), names);
	const columns = chosen('Columns', 'columns', ['fromItems', 'given']);
	const options = given<IDataObject>('options', {});
	const { jobTimeout = 600, chunkSize = 8 } = options;
	return {
		authentication: given<Authentication>('authentication', 'oAuth2'),
		timeoutMs: getTimeoutMs(context, options),
		jobTimeoutMs: requirePositive(context, 'Job Timeout', jobTimeout) * 1000,
		chunkBytes: requireWholeNumber(context, 'Chunk Size', chunkSize, undefined, 500) * 1e6,
		poolId: requirePoolId(context, given('dataPoolId', '')),
		tableName: requireText(context, 'Table Name', given('tableName', '')),
		mode: chosen('Mode', 'mode', MODES),
		keys: getList({ context, displayName: 'Keys' }, given<unknown>('keys', 'eventId')),
		columns: columns === 'given' ? readColumns(context) : undefined,
	};
}

function readColumns(context: IExecuteFunctions): Column[] {
	const entries = context.getNodeParameter('givenColumns.column', 0, []) as IDataObject[];
	const place = { context, displayName: 'Given Columns' };
	return entries.map(({ name, type, length }) => {
		const known = COLUMN_TYPES.find((each) => each === type);
		if (typeof name !== 'string' || name.trim() === '' || !known) {
			return throwParameterError(
				place,
				{ name, type },
				'is no column',
				'Give each column a name and a type.',
			);
		}
		const isGiven = length !== undefined && length !== 0 && length !== '';
		return {
			name: name.trim(),
			type: known,
			length: isGiven
				? requireWholeNumber(context, 'Length', length, undefined, MAX_TEXT_BYTES)
				: undefined,
		};
	});
}

/** It becomes a part of the address, and must not be more than that. */
function requirePoolId(context: IExecuteFunctions, value: unknown): string {
	const displayName = 'Data Pool ID';
	const id = requireText(context, displayName, value);
	if (/^[\w-]+$/.test(id)) return id;
	return throwParameterError(
		{ context, displayName },
		value,
		'is no ID',
		'Take it from the address of the pool.',
	);
}

function requireText(context: IExecuteFunctions, displayName: string, value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text !== '') return text;
	return throwParameterError(
		{ context, displayName },
		value,
		'is no text',
		`Fill in '${displayName}'.`,
	);
}
