import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { LoginHistory } from './loginEvents.mts';
import { createLogHandler } from './pageNumbers.mts';

export const loginHistoryPath = '/api/external/authentication-events';

/** The Login History: pages by number, as in version 1 of the audit log. */
export function createLoginHistoryHandler(log: LoginHistory, clock: Clock, behaviour: Behaviour) {
	return createLogHandler(log, clock, behaviour, () => ({
		...behaviour,
		maxPageSize: behaviour.maxPageSizeLogins,
		empty: behaviour.loginsEmpty,
	}));
}
