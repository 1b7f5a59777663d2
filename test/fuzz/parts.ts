/**
 * The parts that are fuzzed. They are CommonJS, the scripts are not: taken from here, there is one
 * copy of each, and a fault thrown in one module is a fault in the other.
 */
export { NodeOperationError } from 'n8n-workflow';
export { parseActor } from '../../nodes/Celonis/audit/actor';
export { compileFilters } from '../../nodes/Celonis/audit/filters/filters';
export { formatEvent } from '../../nodes/Celonis/audit/output';
export { parseRecord } from '../../nodes/Celonis/audit/record';
export { findCursor } from '../../nodes/Celonis/audit/storedCursor';
export { parseTimestamp } from '../../nodes/Celonis/audit/timestamp';
export { CelonisFault, adviceOf, titleOf } from '../../nodes/Celonis/faults/fault';
export { readFilters } from '../../nodes/Celonis/parameters/filters';
export { readMoment } from '../../nodes/Celonis/parameters/moment';
export { readOutput } from '../../nodes/Celonis/parameters/output';
export { readWindow } from '../../nodes/Celonis/reading/readWindow';
export { authorizationOf } from '../../nodes/Celonis/transport/authKey';
export { parseBody } from '../../nodes/Celonis/transport/body';
export { faultOfAnswer, faultOfFailure } from '../../nodes/Celonis/transport/classify';
export { createPagesV1 } from '../../nodes/Celonis/transport/pagesV1';
export { createPagesV2 } from '../../nodes/Celonis/transport/pagesV2';
export { rateLimitWait } from '../../nodes/Celonis/transport/rateLimit';
export { describeRefusal } from '../../nodes/Celonis/transport/refusal';
export { originOf } from '../../nodes/Celonis/transport/teamUrl';
