import type { INode, IWorkflowBase } from 'n8n-workflow';
import { auditV2Path } from '../celonis/auditV2.mts';
import type { Candidate } from './candidates.mts';
import { CREDENTIAL_ID } from './engineCredentials.mts';
import type { LogAddress, LogWindow } from './job.mts';

/** The workflow with which n8n reads a window of the log. */
export function workflowOf(
	contestant: Candidate,
	window: LogWindow,
	log: LogAddress,
): IWorkflowBase {
	return contestant.kind === 'celonis'
		? chained([start, celonis(contestant, window)])
		: chained([start, httpRequest(window, log), splitOut]);
}

/** The workflow of a trigger that starts with the events of a window. */
export function triggerWorkflow({ fromMs }: LogWindow): IWorkflowBase {
	return chained([
		node('Celonis Trigger', 'n8n-nodes-celonis.celonisTrigger', 1, 'celonisApi', {
			authentication: 'key',
			startFrom: 'date',
			startDate: textOf(fromMs),
		}),
	]);
}

/** The workflow that pushes its items into a table, in chunks of so many megabytes. */
export function pushWorkflow(dataPoolId: string, chunkSize: number): IWorkflowBase {
	return chained([
		start,
		node('Celonis', 'n8n-nodes-celonis.celonis', 1, 'celonisApi', {
			authentication: 'key',
			resource: 'dataPool',
			operation: 'push',
			dataPoolId,
			tableName: 'EVENTS',
			options: { chunkSize },
		}),
	]);
}

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);

function celonis({ api, concurrency }: Candidate, { fromMs, toMs }: LogWindow): INode {
	return node('Celonis', 'n8n-nodes-celonis.celonis', 1, 'celonisApi', {
		authentication: 'key',
		returnAll: true,
		from: textOf(fromMs),
		to: textOf(toMs),
		options: { apiVersion: api, concurrency },
	});
}

/**
 * As n8n's documentation teaches it for an API that names the next page in its answer: pagination
 * "Update a Parameter in Each Request", until there is no token, the answer in its default format.
 */
function httpRequest({ fromMs, toMs }: LogWindow, { url }: LogAddress): INode {
	const token = '{{ $response.body.nextPageToken }}';
	return node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.5, 'httpHeaderAuth', {
		url: `${url}${auditV2Path}`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendQuery: true,
		queryParameters: {
			parameters: [
				{ name: 'limit', value: '500' },
				{ name: 'from', value: textOf(fromMs) },
				{ name: 'to', value: textOf(toMs) },
			],
		},
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: { parameters: [{ type: 'qs', name: 'pageToken', value: `=${token}` }] },
					paginationCompleteWhen: 'other',
					completeExpression: '={{ !$response.body.nextPageToken }}',
				},
			},
		},
	});
}

const splitOut = node('Split Out', 'n8n-nodes-base.splitOut', 1, undefined, {
	fieldToSplitOut: 'content',
});

function node(
	name: string,
	type: string,
	typeVersion: number,
	credential?: string,
	parameters: INode['parameters'] = {},
): INode {
	const credentials = credential && { [credential]: { id: CREDENTIAL_ID, name: 'Key' } };
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(credentials ? { credentials } : {}),
	};
}

function chained(nodes: INode[]): IWorkflowBase {
	const connections = Object.fromEntries(
		nodes.slice(1).map((to, index) => {
			const from = nodes[index];
			return [from?.name ?? '', { main: [[{ node: to.name, type: 'main' as const, index: 0 }]] }];
		}),
	);
	const now = new Date();
	return {
		id: 'bench',
		name: 'Benchmark',
		active: false,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		activeVersionId: null,
		settings: { timezone: 'UTC' },
		nodes,
		connections,
	};
}

function textOf(ms: number): string {
	return new Date(ms).toISOString();
}
