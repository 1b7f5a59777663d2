/** The measured parts: CommonJS, which the measuring script is not. */
export { identify, oldestFirst, type LogEvent } from '../../../nodes/Celonis/log/identity';
export { auditLog } from '../../../nodes/Celonis/sources/auditLog';
export { formatEvent } from '../../../nodes/Celonis/log/output';
export { parseRecord, type LogRecord } from '../../../nodes/Celonis/log/record';
