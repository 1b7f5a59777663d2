/** The measured parts: CommonJS, which the measuring script is not. */
export { compileFilters } from '../../../../nodes/Celonis/audit/filters/filters';
export { parseRecord, type AuditRecord } from '../../../../nodes/Celonis/audit/record';
export { readFilters } from '../../../../nodes/Celonis/parameters/filters';
