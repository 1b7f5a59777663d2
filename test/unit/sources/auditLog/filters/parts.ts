/** The measured parts: CommonJS, which the measuring script is not. */
export { compileFilters } from '../../../../../nodes/Celonis/sources/auditLog/filters/filters';
export { parseRecord, type LogRecord } from '../../../../../nodes/Celonis/records/record';
export { getFilters } from '../../../../../nodes/Celonis/sources/auditLog/filters/parameters';
