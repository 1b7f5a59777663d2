import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { getOwn } from '../records/json';
import { auditLog } from '../sources/auditLog';
import { loginHistory } from '../sources/loginHistory';
import { dataPool } from './dataPool';
import { createEventResource } from './events';
import { member } from './member';
import type { AllItems, PerItem } from './operation';
import { permission } from './permission';
import type { Resource } from './resource';

/** The resources of the node, in alphabetical order. */
export const RESOURCES: readonly Resource[] = [
	createEventResource(auditLog),
	dataPool,
	createEventResource(loginHistory),
	member,
	permission,
];

/** Finds the operation that the parameters choose and calls it. */
export function resolveOperation(context: IExecuteFunctions): PerItem | AllItems {
	const resourceValue = context.getNodeParameter('resource', 0);
	const operationValue = context.getNodeParameter('operation', 0);
	const resource = RESOURCES.find(({ value }) => value === resourceValue);
	const operation = resource && getOwn(resource.operations, operationValue);
	if (operation) return operation(context);
	throw new NodeOperationError(
		context.getNode(),
		`The resource '${resourceValue}' has no operation '${operationValue}'`,
		{
			description: "Choose both from their lists, or update the package 'n8n-nodes-celonis'.",
		},
	);
}
