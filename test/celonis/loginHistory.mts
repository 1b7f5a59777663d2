import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { LoginHistory } from './loginEvents.mts';
import { logPages } from './pageNumbers.mts';

export const loginHistoryPath = '/api/external/authentication-events';

/** The Login History: pages as version 1 of the audit log has them. */
export function loginHistory(log: LoginHistory, clock: Clock, behaviour: Behaviour) {
	return logPages(log, clock, behaviour, () => ({
		maxPageSize: behaviour.maxPageSizeLogins,
		empty: behaviour.loginsEmpty,
	}));
}
