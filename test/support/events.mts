import { assignEventIds, type LogEvent } from '../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../nodes/Celonis/records/record';
import type { Source } from '../../nodes/Celonis/sources/source';

/** The event that a log makes of a record. Undefined fields are left out, as in JSON. */
export function createEvent(source: Source, raw: Readonly<Record<string, unknown>>): LogEvent {
	const record = parseRecord(JSON.parse(JSON.stringify(raw)), 0);
	if (record.problem) throw new Error(record.problem);
	return assignEventIds([record], { ...source, team: 'acme.eu-1.celonis.cloud' })[0]!;
}
