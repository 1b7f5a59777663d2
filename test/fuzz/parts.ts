/**
 * The parts that are fuzzed. They are CommonJS, the scripts are not: taken from here, there is one
 * copy of each, and a fault thrown in one module is a fault in the other.
 */
export { NodeOperationError } from 'n8n-workflow';
export { parseActor } from '../../nodes/Celonis/sources/auditLog/userId';
export { compileFilters } from '../../nodes/Celonis/sources/auditLog/filters/filters';
export { formatEvent } from '../../nodes/Celonis/output/items';
export { parseRecord } from '../../nodes/Celonis/records/record';
export { findCursor } from '../../nodes/Celonis/delivery/cursorCodec';
export { parseTimestamp } from '../../nodes/Celonis/records/timestamp';
export { CelonisFault, adviceOf, titleOf } from '../../nodes/Celonis/errors/celonisError';
export { readFilters } from '../../nodes/Celonis/sources/auditLog/filters/parameters';
export { readMoment } from '../../nodes/Celonis/parameters/dateTime';
export { readOutput } from '../../nodes/Celonis/parameters/output';
export { readWindow } from '../../nodes/Celonis/reading/readWindow';
export { authorizationOf } from '../../nodes/Celonis/http/authKey';
export { parseBody } from '../../nodes/Celonis/http/body';
export { faultOfAnswer, faultOfFailure } from '../../nodes/Celonis/http/classification';
export { createNumberedPages } from '../../nodes/Celonis/reading/pageNumberPaginator';
export { createTokenPages } from '../../nodes/Celonis/reading/pageTokenPaginator';
export { SOURCES } from '../../nodes/Celonis/sources';
export { rateLimitWait } from '../../nodes/Celonis/http/rateLimit';
export { describeRefusal } from '../../nodes/Celonis/http/errorMessage';
export { originOf } from '../../nodes/Celonis/http/teamUrl';
