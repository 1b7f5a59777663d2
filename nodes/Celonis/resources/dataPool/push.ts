import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { inApi } from '../../faults/fault';
import { readList, refuse, requireChoice } from '../../parameters/lists';
import { requirePositive, requireWholeNumber } from '../../parameters/numbers';
import { readTimeout } from '../../parameters/timeout';
import { COLUMN_TYPES, columnsOf, type Column } from '../../rows/columns';
import { describeJob, MODES, type Mode } from '../../rows/job';
import { pushTable } from './pushTable';
import { LONGEST_TEXT, makeTable, RowProblem, type Table } from '../../rows/table';
import { credentialTypeOf, openApi, type Authentication } from '../../transport/api';
import { createPushJobs } from '../../transport/dataPush';
import { secretsOf } from '../../transport/secrets';
import { sleepUnlessCancelled } from '../../transport/sleepUnlessCancelled';
import type { JointWork, Operation } from '../operation';

export { pushProperties } from './pushProperties';

/** Push Rows: all input items become rows of one table, by one job. */
export const push: Operation<JointWork> = (context) => ({
	together: async () => {
		const settings = readSettings(context);
		const { poolId, tableName, jobTimeoutMs, chunkBytes } = settings;
		const table = tableOf(context, settings);
		const id = await inApi('dataPush', async () => {
			const send = await openApi(context, 'dataPush', settings);
			const credentialType = credentialTypeOf(settings.authentication);
			const secrets = async () => await secretsOf(context, credentialType);
			return await pushTable(
				createPushJobs(send, poolId, secrets),
				describeJob(table, settings),
				() => table.chunks(chunkBytes),
				{
					sleep: async (ms) => await sleepUnlessCancelled(ms, context.getExecutionCancelSignal?.()),
					now: Date.now,
					timeoutMs: jobTimeoutMs,
				},
			);
		});
		const columns = table.columns.map(({ name, type }) => ({ name, type }));
		return [
			{
				json: { jobId: id, status: 'DONE', tableName, rows: table.rows, columns },
				pairedItem: context.getInputData().map((_, item) => ({ item })),
			},
		];
	},
});

interface Settings {
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

function readSettings(context: IExecuteFunctions): Settings {
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
		timeoutMs: readTimeout(context, options),
		jobTimeoutMs: requirePositive(context, 'Job Timeout', jobTimeout) * 1000,
		chunkBytes: requireWholeNumber(context, 'Chunk Size', chunkSize, undefined, 500) * 1e6,
		poolId: requirePoolId(context, given('dataPoolId', '')),
		tableName: requireText(context, 'Table Name', given('tableName', '')),
		mode: chosen('Mode', 'mode', MODES),
		keys: readList({ context, displayName: 'Keys' }, given<unknown>('keys', 'eventId')),
		columns: columns === 'given' ? readColumns(context) : undefined,
	};
}

function readColumns(context: IExecuteFunctions): Column[] {
	const entries = context.getNodeParameter('givenColumns.column', 0, []) as IDataObject[];
	const place = { context, displayName: 'Given Columns' };
	return entries.map(({ name, type, length }) => {
		const known = COLUMN_TYPES.find((each) => each === type);
		if (typeof name !== 'string' || name.trim() === '' || !known) {
			return refuse(place, { name, type }, 'is no column', 'Give each column a name and a type.');
		}
		const isGiven = length !== undefined && length !== 0 && length !== '';
		return {
			name: name.trim(),
			type: known,
			length: isGiven
				? requireWholeNumber(context, 'Length', length, undefined, LONGEST_TEXT)
				: undefined,
		};
	});
}

/** The input items as a table; an error of the item that does not fit into it. */
function tableOf(context: IExecuteFunctions, settings: Settings): Table {
	const rows = context.getInputData().map(({ json }) => json);
	const columns = settings.columns ?? columnsOf(rows);
	const place = { context, displayName: settings.columns ? 'Given Columns' : 'Columns' };
	const names = columns.map(({ name }) => name.toUpperCase());
	const twice = columns.find((_, index) => names.indexOf(names[index]!) < index);
	if (twice) refuse(place, twice.name, 'stands twice', 'Upper and lower case are the same here.');
	if (columns.length === 0) refuse(place, [], 'are no columns', 'Give at least one column.');
	const stray = settings.keys.find((key) => !columns.some(({ name }) => name === key));
	if (stray !== undefined) {
		refuse(
			{ context, displayName: 'Keys' },
			stray,
			'is no column',
			'Change the keys or the columns.',
		);
	}
	try {
		return makeTable(rows, columns, settings.keys);
	} catch (error) {
		throw ofItem(context, error);
	}
}

/** What is wrong with a row, as a matter of its input item. */
function ofItem(context: IExecuteFunctions, error: unknown): unknown {
	if (!(error instanceof RowProblem)) return error;
	const { message, advice: description, row: itemIndex } = error;
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}

/** It becomes a part of the address, and must not be more than that. */
function requirePoolId(context: IExecuteFunctions, value: unknown): string {
	const displayName = 'Data Pool ID';
	const id = requireText(context, displayName, value);
	if (/^[\w-]+$/.test(id)) return id;
	return refuse(
		{ context, displayName },
		value,
		'is no ID',
		'Take it from the address of the pool.',
	);
}

function requireText(context: IExecuteFunctions, displayName: string, value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text !== '') return text;
	return refuse({ context, displayName }, value, 'is no text', `Fill in '${displayName}'.`);
}
