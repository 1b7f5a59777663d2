import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { FetchedEvents } from '../delivery/fetching';
import { findEmptyFields, type FieldPath } from '../output/fields';
import { describeUnreadable } from '../output/unreadable';
import { toNodeError } from '../errors/nodeError';
import { formatTimestamp } from '../records/timestamp';

/** Logs what the user should know about a poll that delivers nevertheless. */
export function logWarnings(
	context: IPollFunctions,
	{ events, lookbackTruncatedTo, stoppedBy }: FetchedEvents,
	items: readonly INodeExecutionData[],
	fields: readonly FieldPath[] = [],
): void {
	if (lookbackTruncatedTo !== undefined) {
		const since = formatTimestamp(lookbackTruncatedTo);
		context.logger.warn(
			`Celonis Trigger: the lookback has more events than the node can remember. Events older than ${since} that appear late will not be delivered.`,
		);
	}
	const unreadable = describeUnreadable(events);
	if (unreadable !== undefined) context.logger.warn(`Celonis Trigger: ${unreadable}`);
	if (stoppedBy !== undefined) {
		const { message } = toNodeError(context.getNode(), stoppedBy);
		context.logger.warn(
			`Celonis Trigger: the events that were fetched before an error are delivered; the next poll continues from there. ${message}`,
		);
	}
	// Not an error: a field may be missing in all events of one poll and present in the next.
	const documents = items.map(({ json }) => json);
	if (
		items.length > 0 &&
		fields.length > 0 &&
		findEmptyFields(documents, fields).length === fields.length
	) {
		context.logger.warn(
			`Celonis Trigger: all ${items.length} items of this poll are empty, because no event has one of the 'Fields' under Options. Fields are named as in the chosen 'Output'.`,
		);
	}
}

/** Logs the error of a poll that n8n is not told of, so that the workflow becomes active. */
export function logToleratedError(context: IPollFunctions, error: unknown): void {
	const { message, description } = toNodeError(context.getNode(), error);
	const { id: workflowId, name: workflowName } = context.getWorkflow();
	context.logger.warn(
		`Celonis Trigger: the first poll after an activation failed. The workflow is active nevertheless; if the next poll fails, there is a failed execution. ${[message, description].filter(Boolean).join('. ')}`,
		{ workflowId, workflowName, nodeName: context.getNode().name },
	);
}
