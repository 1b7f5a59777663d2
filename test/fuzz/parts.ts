/**
 * The parts that are fuzzed. They are CommonJS, the scripts are not: taken from here, there is one
 * copy of each, and a fault thrown in one module is a fault in the other.
 */
export { NodeOperationError } from 'n8n-workflow';
export { parseUserId } from '../../nodes/Celonis/sources/auditLog/userId';
export { compileFilters } from '../../nodes/Celonis/sources/auditLog/filters/filters';
export { formatEvent } from '../../nodes/Celonis/output/items';
export { parseRecord } from '../../nodes/Celonis/records/record';
export { parseCursor } from '../../nodes/Celonis/delivery/cursorCodec';
export { parseTimestamp } from '../../nodes/Celonis/records/timestamp';
export { CelonisError, formatHint, formatMessage } from '../../nodes/Celonis/errors/celonisError';
export { getFilters } from '../../nodes/Celonis/sources/auditLog/filters/parameters';
export { getDateTime } from '../../nodes/Celonis/parameters/dateTime';
export { getOutputSettings } from '../../nodes/Celonis/parameters/output';
export { fetchWindow } from '../../nodes/Celonis/reading/readWindow';
export { buildAuthorization } from '../../nodes/Celonis/http/authKey';
export { parseBody } from '../../nodes/Celonis/http/body';
export { classifyResponse, classifyFailure } from '../../nodes/Celonis/http/classification';
export { createPageNumberPaginator } from '../../nodes/Celonis/reading/pageNumberPaginator';
export { createPageTokenPaginator } from '../../nodes/Celonis/reading/pageTokenPaginator';
export { SOURCES } from '../../nodes/Celonis/sources';
export { parseRateLimitDelay } from '../../nodes/Celonis/http/rateLimit';
export { extractErrorMessage } from '../../nodes/Celonis/http/errorMessage';
export { parseTeamOrigin } from '../../nodes/Celonis/http/teamUrl';
