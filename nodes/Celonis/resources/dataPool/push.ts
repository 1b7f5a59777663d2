import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { inApi } from '../../errors/celonisError';
import { throwParameterError } from '../../parameters/lists';
import { inferColumns } from './columns';
import { buildJobRequest } from './jobRequest';
import { buildTable, RowError, type Table } from './table';
import { getCredentialType, openConnection } from '../../http/connection';
import { createPushJobs } from './jobs';
import { getSecrets } from '../../http/secrets';
import { abortableSleep } from '../../http/abortableSleep';
import type { AllItems, Operation } from '../operation';
import { getPushParameters, type PushParameters } from './pushParameters';
import { runJob } from './runJob';

/** Push Rows: all input items become rows of one table, by one job. */
export const push: Operation<AllItems> = (context) => ({
	run: async () => {
		const settings = getPushParameters(context);
		const { poolId, tableName, jobTimeoutMs, chunkBytes } = settings;
		const table = tableOf(context, settings);
		const id = await inApi('dataPush', async () => {
			const send = await openConnection(context, 'dataPush', settings);
			const credentialType = getCredentialType(settings.authentication);
			const secrets = async () => await getSecrets(context, credentialType);
			return await runJob(
				createPushJobs(send, poolId, secrets),
				buildJobRequest(table, settings),
				() => table.chunks(chunkBytes),
				{
					sleep: async (ms) => await abortableSleep(ms, context.getExecutionCancelSignal?.()),
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

/** The input items as a table; an error of the item that does not fit into it. */
function tableOf(context: IExecuteFunctions, settings: PushParameters): Table {
	const rows = context.getInputData().map(({ json }) => json);
	const columns = settings.columns ?? inferColumns(rows);
	const place = { context, displayName: settings.columns ? 'Given Columns' : 'Columns' };
	const names = columns.map(({ name }) => name.toUpperCase());
	const twice = columns.find((_, index) => names.indexOf(names[index]!) < index);
	if (twice)
		throwParameterError(
			place,
			twice.name,
			'stands twice',
			'Upper and lower case are the same here.',
		);
	if (columns.length === 0)
		throwParameterError(place, [], 'are no columns', 'Give at least one column.');
	const stray = settings.keys.find((key) => !columns.some(({ name }) => name === key));
	if (stray !== undefined) {
		throwParameterError(
			{ context, displayName: 'Keys' },
			stray,
			'is no column',
			'Change the keys or the columns.',
		);
	}
	try {
		return buildTable(rows, columns, settings.keys);
	} catch (error) {
		throw ofItem(context, error);
	}
}

/** What is wrong with a row, as a matter of its input item. */
function ofItem(context: IExecuteFunctions, error: unknown): unknown {
	if (!(error instanceof RowError)) return error;
	const { message, hint: description, row: itemIndex } = error;
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}
