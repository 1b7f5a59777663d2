import type { INodeProperties } from 'n8n-workflow';
import { APIS, type ApiName } from '../errors/apis';

/** An operation in the editor. */
export interface OperationOption {
	readonly name: string;
	readonly value: string;
	readonly description: string;
	/** Its name in n8n's list of actions. */
	readonly action: string;
}

/**
 * Creates the parameter 'operation' of a resource. The first operation is the default. Its hint names
 * the access that the API requires.
 */
export function createOperationProperty(
	resource: string,
	api: ApiName,
	operations: readonly [OperationOption, ...OperationOption[]],
): INodeProperties {
	const [{ value: defaultValue }] = operations;
	const { permission, scopes } = APIS[api];
	const [scope] = scopes;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map((operation) => ({ ...operation })),
		default: defaultValue,
		hint: `Requires ${permission}; with OAuth2 also the scope '${scope}' in the credential`,
	};
}

/** Creates the option 'Get Many'. The list may need a longer name than the action. */
export function createGetManyOption(entries: string, listEntries = entries): OperationOption {
	return {
		name: 'Get Many',
		value: 'getAll',
		description: `Retrieve a list of ${listEntries}`,
		action: `Get many ${entries}`,
	};
}
