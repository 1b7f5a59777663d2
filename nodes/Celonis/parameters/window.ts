import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { formatTimestamp } from '../records/timestamp';
import type { OpenWindow } from '../reading/readWindow';
import { getDateTime } from './dateTime';

const DEFAULT_SPAN_MS = 24 * 60 * 60 * 1000;

/** The window that 'From' and 'To' name for one input item; open where 'To' is empty. */
export function getWindow(context: IExecuteFunctions, itemIndex: number): OpenWindow {
	const momentOf = (displayName: string, name: string) =>
		getDateTime(context, displayName, context.getNodeParameter(name, itemIndex, ''), itemIndex);
	const toMs = momentOf('To', 'to');
	const fromMs = momentOf('From', 'from') ?? Date.now() - DEFAULT_SPAN_MS;
	if (toMs !== undefined && fromMs > toMs) {
		throw new NodeOperationError(context.getNode(), "'From' is later than 'To'", {
			description: `The window would start at ${formatTimestamp(fromMs)} and end at ${formatTimestamp(toMs)}. Swap the two, or leave 'To' empty to read up to now.`,
			itemIndex,
		});
	}
	return { fromMs, toMs };
}
