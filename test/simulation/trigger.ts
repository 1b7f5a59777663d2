/**
 * The parts of the trigger that are simulated. They are CommonJS, the simulation is not; it takes
 * all of them from here. A part that it imported by itself would be loaded a second time by tsx,
 * and a fault thrown in one copy would be no fault in the other.
 */
export { watermarkOf } from '../../nodes/Celonis/log/cursor';
export { takeBackBatch } from '../../nodes/Celonis/log/lastBatch';
export { findCursor, storeCursor } from '../../nodes/Celonis/log/storedCursor';
export { faultOfAnswer, faultOfFailure } from '../../nodes/Celonis/transport/classify';
export { CelonisFault } from '../../nodes/Celonis/faults/fault';
export { SOURCES, type SourceName } from '../../nodes/Celonis/sources';
export { withPatience } from '../../nodes/Celonis/transport/patience';
export {
	isOutdated,
	loadCursor,
	nodeKeyOf,
	rememberDelivery,
	rememberStart,
	saveCursor,
} from '../../nodes/Celonis/trigger/cursorStore';
export { onePollAtATime } from '../../nodes/Celonis/trigger/onePollAtATime';
export { pollLog } from '../../nodes/Celonis/trigger/pollLog';
