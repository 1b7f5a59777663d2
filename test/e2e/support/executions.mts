import type { RestClient } from '../../../scripts/n8n/rest.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';

export type Json = Record<string, unknown>;

export interface Execution {
	id: string;
	status: string;
	/** The items of each node, by name. */
	items: Record<string, Json[]>;
	/** The input of the nodes that have not run yet. */
	pending: Record<string, Json[]>;
	/** Message and description of the error. */
	error?: { message: string; description?: string };
	/** The whole execution as n8n stores and sends it. */
	text: string;
}

export interface StoredExecution {
	id: string;
	status: string;
	data: string;
}

const noData: RunData = { resultData: {} };

interface NodeData {
	main: Array<Array<{ json: Json }> | null>;
}

interface RunData {
	resultData: {
		runData?: Record<string, Array<{ data?: NodeData }>>;
		error?: { message: string; description?: string };
	};
	executionData?: { nodeExecutionStack?: Array<{ node: { name: string }; data: NodeData }> };
}

/** Runs a workflow manually from one of its nodes, as the editor does, and waits for its end. */
export async function runWorkflow(
	api: RestClient,
	workflowId: string,
	startNode: string,
): Promise<Execution> {
	const { executionId } = await api.post<{ executionId: string }>(
		`/rest/workflows/${workflowId}/run`,
		{ triggerToStartFrom: { name: startNode } },
	);
	const finished = async () => {
		const execution = await fetchExecution(api, executionId);
		return isFinished(execution) ? execution : undefined;
	};
	const description = `execution ${executionId} to finish`;
	return await waitFor(finished, { description, timeoutMs: 90_000 });
}

export function isFinished({ status }: Execution): boolean {
	return !['new', 'running', 'waiting'].includes(status);
}

/** All executions that a workflow has started by itself, finished or not, oldest first. */
export async function getExecutions(api: RestClient, workflowId: string): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const executions: Execution[] = [];
	for (let before = ''; ; ) {
		const { results } = await api.get<{ results: Array<{ id: string }> }>(
			`/rest/executions?limit=${pageSize}&filter=${filter}${before}`,
		);
		const ids = results.map(({ id }) => id).sort((a, b) => Number(b) - Number(a));
		executions.push(...(await Promise.all(ids.map((id) => fetchExecution(api, id)))));
		if (ids.length < pageSize) return executions.reverse();
		before = `&lastId=${ids.at(-1)}`;
	}
}

/** n8n's maximum page size. */
const pageSize = 100;

async function fetchExecution(api: RestClient, id: string): Promise<Execution> {
	return parseExecution(await api.get<StoredExecution>(`/rest/executions/${id}`));
}

/** An execution in n8n's database and REST API. */
export function parseExecution(stored: StoredExecution): Execution {
	// An execution that has just started has no data yet.
	const { resultData, executionData } = (unflatten(stored.data) ?? noData) as RunData;
	const runs = Object.entries(resultData.runData ?? {});
	const stack = executionData?.nodeExecutionStack ?? [];
	return {
		id: stored.id,
		status: stored.status,
		items: Object.fromEntries(runs.map(([node, [run]]) => [node, getItems(run?.data)])),
		pending: Object.fromEntries(stack.map(({ node, data }) => [node.name, getItems(data)])),
		...(resultData.error ? { error: resultData.error } : {}),
		text: JSON.stringify(stored),
	};
}

/**
 * The input items of an execution. A killed one may not have run its first node, and n8n's recovery may
 * have added an artificial result: then only the pending items are right.
 */
export function getInputItems({ items, pending }: Execution): Json[] {
	return pending['Celonis Trigger'] ?? items['Celonis Trigger'] ?? [];
}

function getItems(data: NodeData | undefined): Json[] {
	return (data?.main[0] ?? []).map(({ json }) => json);
}

/** Parses n8n's format of stored executions: one list of values that refer to each other by position. */
function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const at = (position: number): unknown => {
		if (built.has(position)) return built.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		const result: Json | unknown[] = Array.isArray(value) ? [] : {};
		built.set(position, result);
		for (const [key, part] of Object.entries(value)) {
			(result as Json)[key] = typeof part === 'string' ? at(Number(part)) : part;
		}
		return result;
	};
	return at(0);
}

/** What the node `Celonis Trigger` of these executions delivered. */
export function getTriggerItems(executions: readonly Execution[]): Json[] {
	return executions.flatMap(({ items }) => items['Celonis Trigger'] ?? []);
}
