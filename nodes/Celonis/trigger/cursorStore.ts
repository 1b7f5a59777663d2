import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { Cursor } from '../audit/cursor';
import { readCursor } from '../audit/storedCursor';

/**
 * Where polling started, by node. n8n's durable engine throws away the state of the poll that
 * activates a workflow if that poll delivers nothing; what happens until the first scheduled poll
 * is to be delivered all the same.
 */
const starts = new Map<string, Cursor>();

/** Tells one node of one workflow from all others, also after it was renamed. */
export function nodeKeyOf(context: IPollFunctions): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
}

/** The cursor that the last poll left, or that the activation started with. */
export function loadCursor(context: IPollFunctions): Cursor | undefined {
	const stored = readCursor(context.getWorkflowStaticData('node').cursor);
	if (stored.kind === 'unreadable') {
		throw new NodeOperationError(
			context.getNode(),
			'The saved position in the audit log cannot be read',
			{
				description:
					"It was changed, or written by a newer version of this node. Update the package 'n8n-nodes-celonis'; or, to start over, replace this node by a new one and set 'Start From' to the date from which events are missing.",
				failure: { cause: 'configuration-invalid' },
			},
		);
	}
	return stored.kind === 'cursor' ? stored.cursor : starts.get(nodeKeyOf(context));
}

/** Keeps the cursor of a poll that starts. */
export function saveStart(context: IPollFunctions, cursor: Cursor): void {
	starts.set(nodeKeyOf(context), cursor);
	saveCursor(context, cursor);
}

/**
 * Keeps the cursor. To be called last, when nothing can fail any more: n8n's in-memory engine keeps
 * what was assigned even if the poll fails afterwards, and notices assignments at the top level only.
 */
export function saveCursor(context: IPollFunctions, cursor: Cursor): void {
	context.getWorkflowStaticData('node').cursor = cursor;
}
