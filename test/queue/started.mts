import {
	executionFrom,
	startedWith,
	type Json,
	type StoredExecution,
} from '../e2e/support/executions.mts';
import type { Postgres } from './postgres.mts';

/** An execution as it began. */
export interface StartedExecution {
	readonly id: string;
	readonly events: readonly Json[];
}

/**
 * From now on keeps what every execution is started with, in a table beside n8n's own: n8n replaces it
 * by the result, and by an empty one where the worker has died.
 */
export async function keepStarts({ query }: Postgres): Promise<void> {
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

/** Reads what has been kept, in the order in which it came; asked again, it reads what is new. */
export function startsReader({ query }: Postgres): () => Promise<StartedExecution[]> {
	const executions: StartedExecution[] = [];
	return async () => {
		const rows = await query(
			`SELECT json_build_object('id', id, 'status', 'new', 'data', data)
			 FROM started.execution ORDER BY place OFFSET ${executions.length}`,
		);
		for (const row of rows) {
			const stored = JSON.parse(row) as StoredExecution;
			executions.push({ id: stored.id, events: startedWith(executionFrom(stored)) });
		}
		return executions;
	};
}
