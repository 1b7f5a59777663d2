import { getListBehaviour, type Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { LoginHistory } from './loginEvents.mts';
import { createLogHandler } from './pageNumbers.mts';

export const loginHistoryPath = '/api/external/authentication-events';

/** The Login History: pages by number, as in version 1 of the audit log. */
export function createLoginHistoryHandler(log: LoginHistory, clock: Clock, behaviour: Behaviour) {
	const getBehaviour = () => getListBehaviour(behaviour, 'logins');
	return createLogHandler(log, clock, getBehaviour, (current) => ({
		...current,
		maxPageSize: current.maxPageSizeLogins,
		empty: current.loginsEmpty,
	}));
}
