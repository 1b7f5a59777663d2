import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { APIS } from '../../../errors/apis';
import { getAuthentication } from '../../../parameters/authentication';
import { allowExpression } from '../../../parameters/collection';
import { createOptionsProperty } from '../../../parameters/options';
import { ParameterReader } from '../../../parameters/parameterReader';
import { getTimeoutMs, timeoutOption } from '../../../parameters/timeout';
import type { OperationOption } from '../../../parameters/operation';
import type { Source } from '../../../sources/source';
import type { Operation, PerItem } from '../../operation';
import { checkStatus } from './checkStatus';
import { formatStatus } from './format';

/** The operation 'Get Status' of a log. */
export function createGetStatusOption({ api, displayName }: Source): OperationOption {
	return {
		name: 'Get Status',
		value: 'getStatus',
		description: `Check whether ${APIS[api].content} can be read, how old its newest event is, and what else the credential may read`,
		action: `Get status of ${displayName.toLowerCase()}`,
	};
}

/** Parameters of Get Status of a log. */
export function createGetStatusProperties(source: Source): INodeProperties[] {
	return allowExpression(createStatusOptions(source));
}

function createStatusOptions({ resource, optionProperties }: Source): INodeProperties {
	const show = { resource: [resource], operation: ['getStatus'] };
	return createOptionsProperty([...optionProperties, timeoutOption], { show });
}

/** Get Status of a log: one item for each input item. That the log cannot be read is data too. */
export function createGetStatus(source: Source): Operation<PerItem> {
	return (context) => async (itemIndex) => {
		const parameters = new ParameterReader(context, itemIndex);
		const options = parameters.getCollection(createStatusOptions(source));
		const status = await checkStatus(context, source, {
			...source.getOptions(options),
			itemIndex,
			authentication: getAuthentication(parameters),
			timeoutMs: getTimeoutMs(options),
		});
		const json = { ...formatStatus(status, source.emptyHint) } as unknown as IDataObject;
		return [{ json, pairedItem: { item: itemIndex } }];
	};
}
