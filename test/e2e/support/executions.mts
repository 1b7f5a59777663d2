import type { RestClient } from '../../../scripts/n8n/rest.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';

export type Json = Record<string, unknown>;

/** A finished execution of a workflow. */
export interface Execution {
	id: string;
	status: string;
	/** What each node put out, by name, in the order of its items. */
	items: Record<string, Json[]>;
	/** Message and description of what went wrong. */
	error?: { message: string; description?: string };
	/** All of it as n8n stores and sends it. */
	text: string;
}

interface StoredExecution {
	id: string;
	status: string;
	data: string;
}

interface RunData {
	resultData: {
		runData?: Record<string, Array<{ data?: { main: Array<Array<{ json: Json }> | null> } }>>;
		error?: { message: string; description?: string };
	};
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
	return await waitFor(() => finished(api, executionId), {
		what: `execution ${executionId} to finish`,
		timeoutMs: 90_000,
	});
}

/** Every execution that a workflow has started by itself so far, the oldest first. */
export async function executionsOf(api: RestClient, workflowId: string): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await api.get<{ results: Array<{ id: string }> }>(
		`/rest/executions?limit=100&filter=${filter}`,
	);
	const ids = results.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
	const executions = await Promise.all(ids.map((id) => finished(api, id)));
	return executions.filter((execution) => execution !== undefined);
}

async function finished(api: RestClient, id: string): Promise<Execution | undefined> {
	const stored = await api.get<StoredExecution>(`/rest/executions/${id}`);
	if (['new', 'running', 'waiting'].includes(stored.status)) return undefined;
	const { resultData } = unflatten(stored.data) as RunData;
	const runs = Object.entries(resultData.runData ?? {});
	const items = runs.map(([node, [run]]) => {
		return [node, (run?.data?.main[0] ?? []).map(({ json }) => json)] as const;
	});
	return {
		id,
		status: stored.status,
		items: Object.fromEntries(items),
		...(resultData.error ? { error: resultData.error } : {}),
		text: JSON.stringify(stored),
	};
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
