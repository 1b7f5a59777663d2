import { NodeApiError, NodeOperationError, type Failure, type INode } from 'n8n-workflow';
import { CelonisFault, isPassing, type Fault } from './faults';
import { textOfFault } from './faultTexts';

/**
 * The error that n8n shows, for whatever was thrown. Nothing of a request goes into it, so no key
 * can; n8n's own errors (for bad parameters) pass as they are.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof CelonisFault) return toApiError(node, error.fault, itemIndex);
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

function toApiError(node: INode, fault: Fault, itemIndex?: number): NodeApiError {
	const { title, advice } = textOfFault(fault);
	const detail = 'detail' in fault && fault.detail ? ` Celonis says: ${fault.detail}` : '';
	const apiError = new NodeApiError(
		node,
		{},
		{
			message: title,
			description: `${advice}${detail}`,
			httpCode: statusOf(fault),
			failure: failureOf(fault),
			itemIndex,
		},
	);
	// n8n replaces a message that mentions a status or a network code with one of its own.
	apiError.message = title;
	return apiError;
}

function statusOf(fault: Fault): string | undefined {
	switch (fault.kind) {
		case 'unauthorized':
			return '401';
		case 'forbidden':
			return '403';
		case 'badRequest':
			return '400';
		case 'notFound':
			return '404';
		case 'rateLimited':
			return '429';
		default:
			return 'status' in fault ? String(fault.status) : undefined;
	}
}

/** Tells n8n's poll scheduler how to back off. */
function failureOf(fault: Fault): Failure | undefined {
	if (fault.kind === 'rateLimited') return { cause: 'rate-limited', retryAfterMs: fault.waitMs };
	if (fault.kind === 'unauthorized' || fault.kind === 'noToken')
		return { cause: 'credential-invalid' };
	if (fault.kind === 'server' || isPassing(fault)) return { cause: 'temporarily-unavailable' };
	return undefined;
}
