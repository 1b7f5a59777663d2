import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { auditLog } from '../sources/auditLog';
import { loginHistory } from '../sources/loginHistory';
import { dataPool } from './dataPool';
import { createEventResource } from './events';
import { member } from './member';
import type { Operation } from './operation';
import type { Resource } from './resource';

/** What the node can work on, in alphabetical order. */
export const RESOURCES: readonly Resource[] = [
	createEventResource(auditLog, 'auditEvent'),
	dataPool,
	createEventResource(loginHistory, 'loginEvent'),
	member,
];

/** The operation that the parameters choose. */
export function resolveOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = RESOURCES.find(({ value }) => value === resource)?.operations[operation];
	if (chosen) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation '${operation}' of the resource '${resource}'`,
		{ description: "Choose both from their lists, or update the package 'n8n-nodes-celonis'." },
	);
}
