import type { Access } from './access.mts';
import { createAuditV1Handler, auditV1Path } from './auditV1.mts';
import { createAuditV2Handler, auditV2Path } from './auditV2.mts';
import {
	requireAuditLog,
	requireLoginHistory,
	requireMembers,
	requirePermissions,
} from './authorization.mts';
import type { Requirement } from './authorization.mts';
import type { SimulatedResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { PageTokens } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import type { LoginHistory } from './loginEvents.mts';
import { createLoginHistoryHandler, loginHistoryPath } from './loginHistory.mts';
import type { Membership } from './members.mts';
import { createMembersHandler, membersPath } from './members.mts';
import type { Permission } from './permissions.mts';
import { createPermissionsHandler, permissionsPath } from './permissions.mts';
import type { Endpoint } from './routes.mts';

/** What every endpoint of a team depends on. */
export interface Team {
	access: Access;
	behaviour: Behaviour;
	clock: Clock;
}

/** Both versions of the audit log. */
export function createAuditEndpoints(
	log: AuditLog,
	pageTokens: PageTokens,
	team: Team,
): Endpoint[] {
	const { access, behaviour, clock } = team;
	const required = requireAuditLog(access);
	return [
		{
			...createListEndpoint(auditV1Path, required, createAuditV1Handler(log, clock, behaviour)),
			isAvailable: () => behaviour.v1Available,
		},
		{
			...createListEndpoint(
				auditV2Path,
				required,
				createAuditV2Handler(log, pageTokens, clock, behaviour),
			),
			isAvailable: () => behaviour.v2Available,
		},
	];
}

/** The Login History and the list of members. */
export function createTeamEndpoints(
	logins: LoginHistory,
	listMembers: () => readonly Membership[],
	{ access, behaviour, clock }: Team,
): Endpoint[] {
	return [
		createListEndpoint(
			loginHistoryPath,
			requireLoginHistory(access),
			createLoginHistoryHandler(logins, clock, behaviour),
		),
		createListEndpoint(
			membersPath,
			requireMembers(access),
			createMembersHandler(listMembers, behaviour),
		),
	];
}

/** All permissions of the team, which the audit log changes. */
export function createPermissionsEndpoint(
	granted: readonly Permission[],
	members: readonly Membership[],
	log: AuditLog,
	{ access, clock }: Team,
): Endpoint {
	return createListEndpoint(
		permissionsPath,
		requirePermissions(access),
		createPermissionsHandler(granted, members, log, clock),
	);
}

function createListEndpoint(
	path: string,
	required: Requirement,
	response: (query: URLSearchParams) => SimulatedResponse,
): Endpoint {
	return {
		method: 'GET',
		path,
		getRequirement: () => required,
		respond: ({ query }) => response(query),
	};
}
