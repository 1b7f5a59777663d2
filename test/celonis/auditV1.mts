import { auditV1Path } from './auditPaths.mts';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import { createLogHandler } from './pageNumbers.mts';

export { auditV1Path };

/**
 * Version 1: pages by number over the records that are visible now, so that pages shift while
 * events arrive.
 */
export function createAuditV1Handler(log: AuditLog, clock: Clock, behaviour: Behaviour) {
	return createLogHandler(log, clock, behaviour, () => ({
		...behaviour,
		maxPageSize: behaviour.maxPageSizeV1,
		empty: behaviour.v1Empty,
	}));
}
