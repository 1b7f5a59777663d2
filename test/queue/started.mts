import {
	parseExecution,
	getInputItems,
	type Json,
	type StoredExecution,
} from '../e2e/support/executions.mts';
import type { Postgres } from './postgres.mts';

/** An execution and its input. */
export interface StartedExecution {
	readonly id: string;
	readonly events: readonly Json[];
}

/**
 * Keeps the input of every execution in a separate table: n8n replaces it by the result, which is
 * empty if the worker died.
 */
export async function recordStarts({ query }: Postgres): Promise<void> {
	await query(`
		CREATE SCHEMA started;
		CREATE TABLE started.execution (place serial, id text, data text);
		CREATE FUNCTION started.keep() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			INSERT INTO started.execution (id, data) VALUES (NEW."executionId", NEW.data);
			RETURN NULL;
		END $$;
		CREATE TRIGGER keep_start AFTER INSERT ON execution_data
			FOR EACH ROW EXECUTE FUNCTION started.keep();`);
}

/** Reads what has been kept, in order; later calls read only what is new. */
export function createStartsReader({ query }: Postgres): () => Promise<StartedExecution[]> {
	const executions: StartedExecution[] = [];
	return async () => {
		const rows = await query(
			`SELECT json_build_object('id', id, 'status', 'new', 'data', data)
			 FROM started.execution ORDER BY place OFFSET ${executions.length}`,
		);
		for (const row of rows) {
			const stored = JSON.parse(row) as StoredExecution;
			executions.push({ id: stored.id, events: getInputItems(parseExecution(stored)) });
		}
		return executions;
	};
}

/** The input events of executions. */
export function getEvents(executions: readonly StartedExecution[]): Json[] {
	return executions.flatMap(({ events }) => events);
}
