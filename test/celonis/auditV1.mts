import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import { logPages } from './pageNumbers.mts';

export const auditV1Path = '/log/api/external/audit';

/**
 * Version 1: pages by number over what is visible at this very moment, so that pages shift while
 * events arrive. `totalCount` counts records.
 */
export function auditV1(log: AuditLog, clock: Clock, behaviour: Behaviour) {
	return logPages(log, clock, behaviour, () => ({
		maxPageSize: behaviour.maxPageSizeV1,
		empty: behaviour.v1Empty,
	}));
}
