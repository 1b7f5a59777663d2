import { assignEventIds, type LogEvent } from '../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../nodes/Celonis/records/record';
import type { Source } from '../../nodes/Celonis/sources/source';

/** The event that a log makes of a record. Undefined fields are left out, as in JSON. */
export function createEvent(source: Source, raw: Readonly<Record<string, unknown>>): LogEvent {
	const record = parseRecord(JSON.parse(JSON.stringify(raw)));
	if (typeof record === 'string') throw new Error(record);
	return assignEventIds([record], source.identityFields)[0]!;
}
