import type { Outcome } from '../../output/entities';
import type { Severity } from '../../output/severity';
import type { LoginType } from './loginTypes';

/**
 * The severity of a login event, on the scale of audit events: a failed login is low, because people
 * mistype; one that locked the account, or failed at the second factor only, is medium.
 */
export function getLoginSeverity(type: LoginType | undefined, outcome: Outcome): Severity {
	if (outcome !== 'failure') return { level: 'informational', reason: 'Routine' };
	return type?.isSuspicious
		? { level: 'medium', reason: 'Suspicious login' }
		: { level: 'low', reason: 'Failed login' };
}
