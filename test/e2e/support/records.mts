import type { LogEntry } from '../../celonis/log.mts';
import type { Json } from './executions.mts';

/** A record of the log. */
export function parseLogEntry({ json }: LogEntry): Json {
	return JSON.parse(json) as Json;
}

/** The record of an item, without the fields that the node adds. */
export function removeAddedFields(item: Json): Json {
	const record = { ...item };
	for (const added of ['eventId', 'team', 'category', 'actor']) delete record[added];
	return record;
}
