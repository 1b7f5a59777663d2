import { NodeApiError, NodeOperationError, type Failure, type INode } from 'n8n-workflow';
import {
	formatHint,
	isCelonisError,
	getDefinition,
	formatMessage,
	type ErrorDetails,
} from './celonisError';

/**
 * Converts whatever was thrown to the error that n8n shows. It contains nothing of a request, and so
 * no key. n8n's own errors for invalid parameters are returned unchanged.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (isCelonisError(error)) return toApiError(node, error.details, itemIndex);
	if (error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	return new NodeOperationError(node, getMessage(error), { itemIndex });
}

/** Adds the description of an error to its message, for those who are shown the message alone. */
export function moveDescriptionToMessage(error: NodeApiError | NodeOperationError): void {
	const { message, description } = error;
	if (!description) return;
	error.message = `${message}${/[.!?]$/.test(message) ? '' : '.'} ${description}`;
	error.description = undefined;
}

function getMessage(error: unknown): string {
	const message =
		typeof error === 'object' && error !== null && 'message' in error && error.message;
	return typeof message === 'string' && message !== '' ? message : 'Unknown error';
}

function toApiError(node: INode, details: ErrorDetails, itemIndex?: number): NodeApiError {
	const message = formatMessage(details);
	const apiError = new NodeApiError(
		node,
		{},
		{
			message,
			description: formatHint(details),
			httpCode: details.status === undefined ? undefined : String(details.status),
			failure: createFailure(details),
			itemIndex,
		},
	);
	// The constructor replaces a message that contains a status or a network code.
	apiError.message = message;
	return apiError;
}

function createFailure(details: ErrorDetails): Failure | undefined {
	const { failure: cause } = getDefinition(details);
	if (cause === undefined) return undefined;
	const { retryAfterMs } = details;
	return cause === 'rate-limited' || cause === 'temporarily-unavailable'
		? { cause, retryAfterMs }
		: { cause };
}
