/**
 * The parts of the trigger that are simulated. They are CommonJS, the simulation is not; it takes
 * all of them from here. A part that it imported by itself would be loaded a second time by tsx,
 * and a fault thrown in one copy would be no fault in the other.
 */
export { watermarkOf } from '../../nodes/Celonis/delivery/cursor';
export { takeBackBatch } from '../../nodes/Celonis/delivery/rewind';
export { findCursor, storeCursor } from '../../nodes/Celonis/delivery/cursorCodec';
export { faultOfAnswer, faultOfFailure } from '../../nodes/Celonis/http/classification';
export { CelonisFault } from '../../nodes/Celonis/errors/celonisError';
export { SOURCES, type SourceName } from '../../nodes/Celonis/sources';
export { withPatience } from '../../nodes/Celonis/http/pipeline';
export {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	rememberDelivery,
	rememberStart,
	saveCursor,
} from '../../nodes/Celonis/trigger/cursorStore';
export { onePollAtATime } from '../../nodes/Celonis/trigger/pollLock';
export { pollLog } from '../../nodes/Celonis/delivery/poll';
