import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { inApi } from '../../errors/celonisError';
import { refuse } from '../../parameters/lists';
import { columnsOf } from './columns';
import { describeJob } from './jobRequest';
import { makeTable, RowProblem, type Table } from './table';
import { credentialTypeOf, openApi } from '../../http/connection';
import { createPushJobs } from './jobs';
import { secretsOf } from '../../http/secrets';
import { sleepUnlessCancelled } from '../../http/abortableSleep';
import type { JointWork, Operation } from '../operation';
import { readPushSettings, type PushSettings } from './pushParameters';
import { pushTable } from './runJob';

/** Push Rows: all input items become rows of one table, by one job. */
export const push: Operation<JointWork> = (context) => ({
	together: async () => {
		const settings = readPushSettings(context);
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

/** The input items as a table; an error of the item that does not fit into it. */
function tableOf(context: IExecuteFunctions, settings: PushSettings): Table {
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
