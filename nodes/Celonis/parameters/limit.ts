import type { IExecuteFunctions } from 'n8n-workflow';
import { requireWholeNumber } from './numbers';

/** Reads 'Return All' and 'Limit'; without a limit: `Infinity`. */
export function getLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return Infinity;
	const limit = context.getNodeParameter('limit', itemIndex, 50);
	return requireWholeNumber(context, 'Limit', limit, itemIndex);
}
