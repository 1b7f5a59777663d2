/**
 * The parts of the trigger that are simulated. They are CommonJS, the simulation is not; it takes
 * all of them from here. A part that it imported by itself would be loaded a second time by tsx,
 * and a fault thrown in one copy would be no fault in the other.
 */
export { getHighWatermark } from '../../nodes/Celonis/delivery/cursor';
export { rewindLastBatch } from '../../nodes/Celonis/delivery/rewind';
export { parseCursor, serializeCursor } from '../../nodes/Celonis/delivery/cursorCodec';
export { classifyResponse, classifyFailure } from '../../nodes/Celonis/http/classification';
export { CelonisError } from '../../nodes/Celonis/errors/celonisError';
export { SOURCES, type SourceName } from '../../nodes/Celonis/sources';
export { withRequestPipeline } from '../../nodes/Celonis/http/pipeline';
export {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	rememberDelivery,
	rememberStart,
	saveCursor,
} from '../../nodes/Celonis/trigger/cursorStore';
export { withPollLock } from '../../nodes/Celonis/trigger/pollLock';
export { poll } from '../../nodes/Celonis/delivery/poll';
