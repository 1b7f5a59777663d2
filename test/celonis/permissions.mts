import { createHash } from 'node:crypto';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import type { Membership } from './members.mts';
import { seededRandom } from './random.mts';
import type { SimulatedResponse } from './responses.mts';
import { jsonResponse } from './responses.mts';

export const permissionsPath = '/api/authorization/external/permissions';

/** A permission as the API sends it. */
export interface Permission {
	subjectName: string;
	subjectType: string;
	subjectId: string;
	groups: string[];
	role: string | null;
	service: string;
	objectName: string;
	objectType: string;
	objectId: string;
	actions: string[];
}

/** What a `PERMISSIONS_UPDATE` says. */
interface PermissionChange {
	subject_description: string;
	subject_type: string;
	object_description: string;
	object_id: string;
	new_permissions: string[];
}

const ACTIONS_BY_ROLE: Readonly<Record<string, string[]>> = {
	ADMIN: ['MANAGE_USERS', 'MANAGE_PERMISSIONS', 'USE_AUDIT_LOGS_API'],
	ANALYST: ['CREATE_PACKAGE', 'EDIT_PACKAGE'],
};

/** What was granted before the log begins: by role to each member, and to a group and an application. */
export function createTeamPermissions(seed: number, members: readonly Membership[]): Permission[] {
	const random = seededRandom(seed + 7);
	const team = { objectName: 'Team', objectType: 'TEAM', objectId: random.uuid() };
	const pool = { objectName: 'Order to Cash', objectType: 'DATA_POOL', objectId: random.uuid() };
	const ofMembers = members.map(({ member }) => ({
		subjectName: member.nameAndEmail,
		subjectType: 'USER',
		subjectId: member.userId,
		groups: member.group,
		role: member.userRole,
		service: 'team',
		...team,
		actions: ACTIONS_BY_ROLE[member.userRole] ?? ['USE_APPS'],
	}));
	const ofOthers = [
		['Auditors', 'GROUP', ['VIEW']],
		['siem-export', 'APPLICATION', ['VIEW', 'EXPORT', 'DATA_PUSH_API']],
	] as const;
	return [
		...ofMembers,
		...ofOthers.map(([subjectName, subjectType, actions]) => ({
			subjectName,
			subjectType,
			subjectId: random.uuid(),
			groups: [],
			role: null,
			service: 'data-integration',
			...pool,
			actions: [...actions],
		})),
	];
}

/** All permissions in one response: what was granted at first, as the visible log has changed it. */
export function createPermissionsHandler(
	granted: readonly Permission[],
	members: readonly Membership[],
	log: AuditLog,
	clock: Clock,
) {
	return (): SimulatedResponse =>
		jsonResponse(200, { permissions: applyChanges(granted, members, log, clock.now()) });
}

/** The last `PERMISSIONS_UPDATE` for a subject and an object decides; without permissions it revokes. */
function applyChanges(
	granted: readonly Permission[],
	members: readonly Membership[],
	log: AuditLog,
	now: number,
): Permission[] {
	const current = new Map(granted.map((permission) => [getKey(permission), permission]));
	for (const { json } of log.getVisible(now)) {
		const change = parseChange(json);
		if (!change) continue;
		const permission = createPermission(change, members);
		const before = current.get(getKey(permission));
		if (permission.actions.length === 0) current.delete(getKey(permission));
		else current.set(getKey(permission), { ...permission, ...before, actions: permission.actions });
	}
	return [...current.values()];
}

function getKey({ subjectType, subjectId, objectId }: Permission): string {
	return JSON.stringify([subjectType, subjectId, objectId]);
}

function parseChange(json: string): PermissionChange | undefined {
	if (!json.includes('"PERMISSIONS_UPDATE"')) return undefined;
	const record = JSON.parse(json) as { event?: unknown; message?: unknown };
	const change = record.message as Partial<PermissionChange> | string | null | undefined;
	const isChange =
		record.event === 'PERMISSIONS_UPDATE' &&
		typeof change === 'object' &&
		typeof change?.subject_description === 'string' &&
		typeof change.subject_type === 'string' &&
		typeof change.object_id === 'string' &&
		Array.isArray(change.new_permissions);
	return isChange ? (change as PermissionChange) : undefined;
}

function createPermission(
	{ subject_description: subjectName, subject_type: subjectType, ...change }: PermissionChange,
	members: readonly Membership[],
): Permission {
	const member = subjectType === 'USER' ? findMember(subjectName, members) : undefined;
	return {
		subjectName,
		subjectType,
		subjectId: member?.userId ?? createId(`${subjectType} ${subjectName}`),
		groups: member?.group ?? [],
		role: member?.userRole ?? null,
		service: 'studio',
		objectName: change.object_description ?? '',
		objectType: 'PACKAGE',
		objectId: change.object_id,
		actions: change.new_permissions,
	};
}

/** A subject is described by its e-mail address, or by its name with the address in brackets. */
function findMember(description: string, members: readonly Membership[]) {
	const email = /\(([^()]+@[^()]+)\)$/.exec(description)?.[1] ?? description;
	return members.find(({ member }) => member.nameAndEmail.endsWith(`(${email})`))?.member;
}

/** The same UUID for the same text. */
function createId(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
