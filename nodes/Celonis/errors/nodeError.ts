import { NodeApiError, NodeOperationError, type Failure, type INode } from 'n8n-workflow';
import {
	formatHint,
	CelonisError,
	getDefinition,
	formatMessage,
	type ErrorDetails,
} from './celonisError';

/**
 * The error that n8n shows, for whatever was thrown. Nothing of a request goes into it, so no key
 * can; n8n's own errors (for bad parameters) pass as they are.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof CelonisError) return toApiError(node, error.details, itemIndex);
	if (error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	return new NodeOperationError(node, messageOf(error), { itemIndex });
}

function messageOf(error: unknown): string {
	const message =
		typeof error === 'object' && error !== null && 'message' in error && error.message;
	return typeof message === 'string' && message !== '' ? message : 'Unknown problem';
}

function toApiError(node: INode, fault: ErrorDetails, itemIndex?: number): NodeApiError {
	const message = formatMessage(fault);
	const apiError = new NodeApiError(
		node,
		{},
		{
			message,
			description: formatHint(fault),
			httpCode: fault.status === undefined ? undefined : String(fault.status),
			failure: failureOf(fault),
			itemIndex,
		},
	);
	// n8n replaces a message that mentions a status or a network code with one of its own.
	apiError.message = message;
	return apiError;
}

function failureOf(fault: ErrorDetails): Failure | undefined {
	const { failure: cause } = getDefinition(fault);
	if (cause === undefined) return undefined;
	return cause === 'rate-limited' ? { cause, retryAfterMs: fault.retryAfterMs } : { cause };
}
