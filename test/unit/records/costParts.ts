/** The measured parts: CommonJS, which the measuring script is not. */
export {
	assignEventIds,
	compareEvents,
	type LogEvent,
} from '../../../nodes/Celonis/records/eventId';
export { auditLog } from '../../../nodes/Celonis/sources/auditLog';
export { formatEvent } from '../../../nodes/Celonis/output/items';
export { parseRecord, type LogRecord } from '../../../nodes/Celonis/records/record';
