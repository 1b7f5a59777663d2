import { auditV1Path } from './auditPaths.mts';
import { getListBehaviour, type Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import { createLogHandler } from './pageNumbers.mts';

export { auditV1Path };

/**
 * Version 1: pages by number over the records that are visible now, so that pages shift while
 * events arrive.
 */
export function createAuditV1Handler(log: AuditLog, clock: Clock, behaviour: Behaviour) {
	const getBehaviour = () => getListBehaviour(behaviour, 'v1');
	return createLogHandler(log, clock, getBehaviour, (current) => ({
		...current,
		maxPageSize: current.maxPageSizeV1,
		empty: current.v1Empty,
	}));
}
