import type { LogEntry } from '../../celonis/log.mts';
import type { Json } from './executions.mts';

/** A record as the log holds it. */
export function recordOf({ json }: LogEntry): Json {
	return JSON.parse(json) as Json;
}

/** An item without what the node adds to the record. */
export function asSent(item: Json): Json {
	const record = { ...item };
	for (const added of ['eventId', 'category', 'actor']) delete record[added];
	return record;
}
