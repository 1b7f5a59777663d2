import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { rethrow } from '../../errors/rethrow';
import { createClock } from '../../http/clock';
import { openConnection } from '../../http/connection';
import { ParameterReader } from '../../parameters/parameterReader';
import { addExecutionHint } from '../executionHint';
import type { AllItems, Operation } from '../operation';
import { refuseAgentPush } from './agentPush';
import { inferColumns } from './columns';
import { buildJobRequest } from './jobRequest';
import { createPushJobs } from './pushJobs';
import { getPushParameters, requireValidColumns, type PushParameters } from './pushParameters';
import { runJob } from './runJob';
import { isRowError } from './rowError';
import { requireSingleTarget } from './singleTarget';
import { buildTable, type Table } from './table';
import { TRUNCATION_MARK } from './truncate';

/** Data Pool → Push Rows: one job writes all input items to one table. */
export const push: Operation<AllItems> = (context) => ({
	run: async () => {
		refuseAgentPush(context);
		const parameters = new ParameterReader(context);
		const settings = getPushParameters(parameters);
		const { authentication, poolId, tableName, jobTimeoutMs, chunkBytes } = settings;
		await requireSingleTarget(context, authentication);
		const table = buildTableFromItems(context, parameters, settings);
		const connection = await openConnection(context, 'dataPush', settings);
		const jobId = await runJob(
			createPushJobs(connection, poolId),
			buildJobRequest(table, settings),
			() => table.createChunks(chunkBytes),
			{ clock: createClock(context.getExecutionCancelSignal?.()), timeoutMs: jobTimeoutMs },
		);
		const columns = table.columns.map(({ name, type }) => ({ name, type }));
		const truncation = describeTruncation(table);
		if (truncation !== undefined && !addExecutionHint(context, 'warning', truncation)) {
			context.logger.warn(`Celonis: ${truncation}`);
		}
		return [
			{
				json: {
					jobId,
					status: 'DONE',
					tableName,
					rows: table.rowCount,
					columns,
					...getTruncatedValues(table),
				},
				pairedItem: context.getInputData().map((_, item) => ({ item })),
			},
		];
	},
});

/** Builds the table from the input items. An item that does not fit is an error of that item. */
function buildTableFromItems(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	settings: PushParameters,
): Table {
	const rows = context.getInputData().map(({ json }) => json);
	try {
		const columns = settings.columns ?? inferColumns(rows);
		const areAllEmpty = !settings.columns && rows.length > 0 && columns.length === 0;
		if (!areAllEmpty) requireValidColumns(parameters, settings, columns);
		return buildTable(rows, columns, settings.keys, settings.longText);
	} catch (error) {
		throw rethrow(toItemError(context, error));
	}
}

function toItemError(context: IExecuteFunctions, error: unknown): unknown {
	if (!isRowError(error)) return error;
	const { message, hint: description, rowIndex: itemIndex } = error;
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}

function getTruncatedValues({ truncatedValues }: Table): IDataObject {
	return truncatedValues.size === 0 ? {} : { truncatedValues: Object.fromEntries(truncatedValues) };
}

function describeTruncation({ truncatedValues }: Table): string | undefined {
	if (truncatedValues.size === 0) return undefined;
	const counts = [...truncatedValues].map(([name, count]) => `'${name}': ${count}`);
	return `Push Rows truncated values that are longer than their column (${counts.join(', ')}). They end with '${TRUNCATION_MARK}'.`;
}
