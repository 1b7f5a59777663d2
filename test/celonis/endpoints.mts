import type { Access } from './access.mts';
import { auditV1, auditV1Path } from './auditV1.mts';
import { auditV2, auditV2Path } from './auditV2.mts';
import { auditLogAccess, loginHistoryAccess, membersAccess } from './authorization.mts';
import type { Requirement } from './authorization.mts';
import type { SimulatedResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { PageTokens } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import type { LoginHistory } from './loginEvents.mts';
import { loginHistory, loginHistoryPath } from './loginHistory.mts';
import type { Membership } from './members.mts';
import { members, membersPath } from './members.mts';
import type { Endpoint } from './routes.mts';

/** What every endpoint of a team goes by. */
export interface Team {
	access: Access;
	behaviour: Behaviour;
	clock: Clock;
}

/** Both versions of the audit log. */
export function auditEndpoints(log: AuditLog, chains: PageTokens, team: Team): Endpoint[] {
	const { access, behaviour, clock } = team;
	const required = auditLogAccess(access);
	return [
		{
			...listing(auditV1Path, required, auditV1(log, clock, behaviour)),
			isAvailable: () => behaviour.v1Available,
		},
		{
			...listing(auditV2Path, required, auditV2(log, chains, clock, behaviour)),
			isAvailable: () => behaviour.v2Available,
		},
	];
}

/** The Login History and the list of members. */
export function teamEndpoints(
	logins: LoginHistory,
	list: readonly Membership[],
	{ access, behaviour, clock }: Team,
): Endpoint[] {
	return [
		listing(loginHistoryPath, loginHistoryAccess(access), loginHistory(logins, clock, behaviour)),
		listing(membersPath, membersAccess(access), members(list, behaviour)),
	];
}

function listing(
	path: string,
	required: Requirement,
	answer: (query: URLSearchParams) => SimulatedResponse,
): Endpoint {
	return { method: 'GET', path, needs: () => required, answer: ({ query }) => answer(query) };
}
