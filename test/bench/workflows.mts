import type { INode, IWorkflowBase } from 'n8n-workflow';
import { auditV2Path } from '../celonis/auditPaths.mts';
import type { Candidate } from './candidates.mts';
import { CREDENTIAL_ID } from './engineCredentials.mts';
import type { LogAddress, LogWindow } from './job.mts';

/** A workflow that reads a window of the log. */
export function createWorkflow(
	candidate: Candidate,
	window: LogWindow,
	log: LogAddress,
): IWorkflowBase {
	return candidate.kind === 'celonis'
		? chainNodes([start, celonis(candidate, window)])
		: chainNodes([start, httpRequest(window, log), splitOut]);
}

/** A workflow with a trigger that starts with the events of a window. */
export function createTriggerWorkflow({ fromMs }: LogWindow): IWorkflowBase {
	return chainNodes([
		node('Celonis Trigger', 'n8n-nodes-celonis.celonisTrigger', 1, 'celonisApi', {
			authentication: 'key',
			startFrom: 'date',
			startDate: formatTime(fromMs),
		}),
	]);
}

/** A workflow that pushes its items into a table, in chunks of this many megabytes. */
export function createPushWorkflow(dataPoolId: string, chunkSize: number): IWorkflowBase {
	return chainNodes([
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

/** A workflow that reads the newest event. */
export function createLatestWorkflow(): IWorkflowBase {
	return chainNodes([
		start,
		node('Celonis', 'n8n-nodes-celonis.celonis', 1, 'celonisApi', {
			authentication: 'key',
			limit: 1,
		}),
	]);
}

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);

function celonis({ api, concurrency, fields }: Candidate, { fromMs, toMs }: LogWindow): INode {
	return node('Celonis', 'n8n-nodes-celonis.celonis', 1, 'celonisApi', {
		authentication: 'key',
		returnAll: true,
		from: formatTime(fromMs),
		to: formatTime(toMs),
		...(fields && { output: 'summary' }),
		options: { apiVersion: api, concurrency, ...(fields && { fields }) },
	});
}

/**
 * As n8n's documentation recommends for an API with page tokens: pagination "Update a Parameter in
 * Each Request" until there is no token, and the default response format.
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
				{ name: 'from', value: formatTime(fromMs) },
				{ name: 'to', value: formatTime(toMs) },
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

function chainNodes(nodes: INode[]): IWorkflowBase {
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

function formatTime(ms: number): string {
	return new Date(ms).toISOString();
}
