/** The measured parts: CommonJS, which the measuring script is not. */
export { identify, oldestFirst, type AuditEvent } from '../../../nodes/Celonis/audit/identity';
export { formatEvent } from '../../../nodes/Celonis/audit/output';
export { parseRecord, type AuditRecord } from '../../../nodes/Celonis/audit/record';
