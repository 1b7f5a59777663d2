/**
 * The parts that are fuzzed. They are CommonJS, the scripts are not: taken from here, there is one
 * copy of each, and a fault thrown in one module is a fault in the other.
 */
export { NodeOperationError } from 'n8n-workflow';
export { parseActor } from '../../nodes/Celonis/sources/auditLog/userId';
export { compileFilters } from '../../nodes/Celonis/sources/auditLog/filters/filters';
export { formatEvent } from '../../nodes/Celonis/log/output';
export { parseRecord } from '../../nodes/Celonis/log/record';
export { findCursor } from '../../nodes/Celonis/log/storedCursor';
export { parseTimestamp } from '../../nodes/Celonis/log/timestamp';
export { CelonisFault, adviceOf, titleOf } from '../../nodes/Celonis/faults/fault';
export { readFilters } from '../../nodes/Celonis/sources/auditLog/readFilters';
export { readMoment } from '../../nodes/Celonis/parameters/moment';
export { readOutput } from '../../nodes/Celonis/parameters/output';
export { readWindow } from '../../nodes/Celonis/reading/readWindow';
export { authorizationOf } from '../../nodes/Celonis/transport/authKey';
export { parseBody } from '../../nodes/Celonis/transport/body';
export { faultOfAnswer, faultOfFailure } from '../../nodes/Celonis/transport/classify';
export { createNumberedPages } from '../../nodes/Celonis/transport/numberedPages';
export { createTokenPages } from '../../nodes/Celonis/transport/tokenPages';
export { SOURCES } from '../../nodes/Celonis/sources';
export { rateLimitWait } from '../../nodes/Celonis/transport/rateLimit';
export { describeRefusal } from '../../nodes/Celonis/transport/refusal';
export { originOf } from '../../nodes/Celonis/transport/teamUrl';
