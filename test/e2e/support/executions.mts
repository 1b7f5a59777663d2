import type { RestClient } from '../../../scripts/n8n/rest.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';

export type Json = Record<string, unknown>;

export interface Execution {
	id: string;
	status: string;
	/** What each node put out, by name, in the order of its items. */
	items: Record<string, Json[]>;
	/** What the nodes that have not run yet were started with. */
	pending: Record<string, Json[]>;
	/** Message and description of what went wrong. */
	error?: { message: string; description?: string };
	/** All of it as n8n stores and sends it. */
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

/** Runs a workflow by hand from one of its nodes, as the editor does, to its end. */
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
		const execution = await readExecution(api, executionId);
		return isFinished(execution) ? execution : undefined;
	};
	const what = `execution ${executionId} to finish`;
	return await waitFor(finished, { what, timeoutMs: 90_000 });
}

export function isFinished({ status }: Execution): boolean {
	return !['new', 'running', 'waiting'].includes(status);
}

/** Every execution that a workflow has started by itself so far, finished or not, the oldest first. */
export async function executionsOf(api: RestClient, workflowId: string): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const executions: Execution[] = [];
	for (let before = ''; ; ) {
		const { results } = await api.get<{ results: Array<{ id: string }> }>(
			`/rest/executions?limit=${pageSize}&filter=${filter}${before}`,
		);
		const ids = results.map(({ id }) => id).sort((a, b) => Number(b) - Number(a));
		executions.push(...(await Promise.all(ids.map((id) => readExecution(api, id)))));
		if (ids.length < pageSize) return executions.reverse();
		before = `&lastId=${ids.at(-1)}`;
	}
}

/** The most that n8n lists at once. */
const pageSize = 100;

async function readExecution(api: RestClient, id: string): Promise<Execution> {
	return executionFrom(await api.get<StoredExecution>(`/rest/executions/${id}`));
}

/** An execution as n8n's database and its REST API hold it. */
export function executionFrom(stored: StoredExecution): Execution {
	// One that has just begun has no data yet.
	const { resultData, executionData } = (unflatten(stored.data) ?? noData) as RunData;
	const runs = Object.entries(resultData.runData ?? {});
	const stack = executionData?.nodeExecutionStack ?? [];
	return {
		id: stored.id,
		status: stored.status,
		items: Object.fromEntries(runs.map(([node, [run]]) => [node, itemsOf(run?.data)])),
		pending: Object.fromEntries(stack.map(({ node, data }) => [node.name, itemsOf(data)])),
		...(resultData.error ? { error: resultData.error } : {}),
		text: JSON.stringify(stored),
	};
}

/**
 * What an execution was started with. One that was killed may not have run its first node yet, and
 * n8n's recovery may have put a made-up result in its place: then only what is pending is true.
 */
export function startedWith({ items, pending }: Execution): Json[] {
	return pending['Celonis Trigger'] ?? items['Celonis Trigger'] ?? [];
}

function itemsOf(data: NodeData | undefined): Json[] {
	return (data?.main[0] ?? []).map(({ json }) => json);
}

/** Reads n8n's form of stored executions: one list of values that refer to each other by position. */
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
