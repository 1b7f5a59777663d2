import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { MINUTE_MS } from '../support/durations.mts';
import type { Cluster } from './cluster.mts';
import type { Postgres } from './postgres.mts';
import { getEvents, type StartedExecution } from './started.mts';

/** Waits until all events have started executions, or none can follow. */
export async function waitForStarts(
	readStarts: () => Promise<StartedExecution[]>,
	count: number,
	timeoutMs: number,
): Promise<void> {
	const giveUpMs = Date.now() + timeoutMs;
	while (getEvents(await readStarts()).length < count && Date.now() < giveUpMs) await delay(1000);
}

/** Waits until all executions have ended. Returns their number by status. */
export async function waitForStatuses({ query }: Postgres): Promise<Record<string, number>> {
	const getSettled = async () => {
		const rows = await query('SELECT status, count(*) FROM execution_entity GROUP BY status');
		const counts = new Map(rows.map((row) => row.split('|') as [string, string]));
		const isRunning = ['new', 'running', 'waiting'].some((status) => counts.has(status));
		return isRunning ? undefined : counts;
	};
	const description = 'all executions to end';
	const counts = await waitFor(getSettled, {
		description,
		timeoutMs: 10 * MINUTE_MS,
		everyMs: 1000,
	});
	return Object.fromEntries([...counts].map(([status, count]) => [status, Number(count)]));
}

/** Retries failed executions, as a user can in n8n. */
export async function retry(
	{ api, database }: Cluster,
	executionIds: readonly string[],
): Promise<void> {
	for (const id of executionIds) {
		await api.post(`/rest/executions/${id}/retry`, {});
	}
	await waitForStatuses(database);
}
