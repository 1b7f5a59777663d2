import { findAdmin } from './attendance.mts';
import type { Person } from './people.mts';
import { projectGroups } from './names.mts';
import type { Actor, Today } from './world.mts';
import { drawBetween } from './world.mts';
import { describePermissions } from './messages.mts';
import { removeApiKey } from './keys.mts';

const MINUTE_MS = 60_000;

/** Who is invited, joins, moves and leaves on a day, and what follows for groups and permissions. */
export function changeStaff(today: Today): void {
	const { day, world } = today;
	if (!day.isWorkday) return;
	for (const person of world.people) {
		const { invited, joins, leaves, moves } = person.plan;
		if (invited === day.workdayNumber) invite(today, person);
		if (joins === day.workdayNumber) join(today, person);
		if (moves?.on === day.workdayNumber) move(today, person);
		if (leaves === day.workdayNumber) leave(today, person);
	}
}

function invite({ day, drafts, random, world, ...today }: Today, person: Person): void {
	const { id, email } = person;
	if (person.index === 0) {
		const ms = Math.floor(day.at(8 + random.fraction() / 10));
		person.invitedMs = ms;
		const message = { sender: 'celonis-service', invitee: email };
		drafts.push({ ms, actor: 'system', event: 'ADMIN USER INVITED', message });
		return;
	}
	const { person: admin, startMs } = findAdmin({ day, drafts, random, world, ...today });
	const ms = drawBetween(
		random,
		startMs + 4 * MINUTE_MS,
		Math.max(day.at(11), startMs + 20 * MINUTE_MS),
	);
	person.invitedMs = ms;
	const message = { sender: admin.email, invitee: email };
	drafts.push({ ms, actor: admin, event: 'ADMIN USER INVITED', message });
	const isProvisioned = world.effectiveFrom.provisioning < ms;
	const actor: Actor = isProvisioned ? world.applications.get('provisioning')! : admin;
	const event = isProvisioned
		? 'TEAM_MEMBERSHIP_WITH_NO_CONFIRMATION_CREATED'
		: 'TEAM_MEMBERSHIP_CREATED';
	drafts.push({ ms: ms + random.integer(400, 2500), actor, event, message: { email, id } });
	if (!isProvisioned && random.chance(0.3)) {
		const linkEvent = 'USER_TEAM_MEMBERSHIP_ACTIVATED_LINK_GENERATED';
		drafts.push({
			ms: ms + random.integer(5000, 40_000),
			actor: admin,
			event: linkEvent,
			message: { email, id },
		});
	}
}

function join(today: Today, person: Person): void {
	const { drafts, presences, random } = today;
	const presence = presences.find((candidate) => candidate.person === person)!;
	const { id, email } = person;
	const joinedMs = Math.max(
		presence.startMs - random.integer(20_000, 90_000),
		person.invitedMs + MINUTE_MS,
	);
	person.joinedMs = joinedMs;
	const event = 'USER_TEAM_MEMBERSHIP_ACTIVATED';
	drafts.push({ ms: joinedMs, actor: person, event, message: { email, id } });
	const passwordMs = presence.startMs + random.integer(2 * MINUTE_MS, 9 * MINUTE_MS);
	if (person.department.usesPassword || random.chance(0.15)) {
		drafts.push({
			ms: passwordMs,
			actor: person,
			event: 'USER_CHANGE_PASSWORD',
			message: { email, id },
		});
	}
	if (person.index === 0) return; // the groups do not exist yet
	const admin = findAdmin(today);
	const ms = drawBetween(
		random,
		Math.max(presence.startMs, admin.startMs) + 10 * MINUTE_MS,
		admin.endMs,
	);
	addToGroup(today, person, person.department.name, ms, admin.person);
	const { name, role } = person.department;
	if (role === 'ADMIN')
		addToGroup(today, person, 'Platform Administrators', ms + 30_000, admin.person);
	const project =
		projectGroups.find((group) => group.startsWith(name)) ?? random.pick(projectGroups);
	if (random.chance(0.5)) addToGroup(today, person, project, ms + 55_000, admin.person);
}

/** Leaves the groups of the old department, with its permissions, for those of the new one. */
function move(today: Today, person: Person): void {
	const { drafts, later, random } = today;
	const admin = findAdmin(today);
	const { to } = person.plan.moves!;
	const { id, email, role } = person;
	let ms = drawBetween(random, admin.startMs + 10 * MINUTE_MS, admin.endMs - 30 * MINUTE_MS);
	const next = () => (ms += random.integer(8000, 60_000));
	for (const { group, toMs } of [...person.groups]) {
		if (toMs === Infinity) removeFromGroup(today, person, group, next(), admin.person);
	}
	revokeAll(today, person, next, admin.person);
	addToGroup(today, person, to.name, next(), admin.person);
	if (to.role !== role) {
		const diff = { oldValue: role, newValue: to.role };
		drafts.push({
			ms: next(),
			actor: admin.person,
			event: 'TEAM_MEMBERSHIP_UPDATED',
			message: { email, id },
			diff,
		});
	}
	later.push(() => {
		person.department = to;
		person.role = to.role;
	});
}

function leave(today: Today, person: Person): void {
	const { day, drafts, random, world } = today;
	const admin = findAdmin(today);
	const { id, email } = person;
	let ms = drawBetween(random, day.at(14.7), admin.endMs - 15 * MINUTE_MS);
	const next = () => (ms += random.integer(5000, 50_000));
	revokeAll(today, person, next, admin.person);
	for (const { group, toMs } of [...person.groups]) {
		if (toMs === Infinity) removeFromGroup(today, person, group, next(), admin.person);
	}
	removeApiKey(today, person, next, admin.person);
	const isProvisioned = world.effectiveFrom.provisioning < ms;
	person.leftMs = next();
	drafts.push({
		ms: person.leftMs,
		actor: isProvisioned ? world.applications.get('provisioning')! : admin.person,
		event: 'TEAM_MEMBERSHIP_UPDATED',
		message: { email, id },
		diff: { oldValue: 'ACTIVE', newValue: 'INACTIVE' },
	});
}

/** Makes somebody a member of a group, if the group exists by then. */
export function addToGroup(
	today: Today,
	person: Person,
	name: string,
	ms: number,
	actor: Actor,
): void {
	const group = today.world.groups.get(name);
	if (!group || group.createdMs > ms || isInGroup(person, name)) return;
	person.groups.push({ group: name, fromMs: ms, toMs: Infinity });
	const message = { userEmail: person.email, name, id: group.id };
	today.drafts.push({ ms, actor, event: 'USER_JOIN_GROUP', message });
}

/** Ends somebody's membership in a group. */
export function removeFromGroup(
	today: Today,
	person: Person,
	name: string,
	ms: number,
	actor: Actor,
): void {
	const membership = person.groups.find(({ group, toMs }) => group === name && toMs === Infinity);
	const group = today.world.groups.get(name);
	if (!membership || !group) return;
	membership.toMs = ms;
	const message = { userEmail: person.email, name, id: group.id };
	today.drafts.push({ ms, actor, event: 'USER_LEFT_GROUP', message });
}

/** Whether somebody is in a group now. */
export function isInGroup({ groups }: Person, name: string): boolean {
	return groups.some(({ group, toMs }) => group === name && toMs === Infinity);
}

function revokeAll(
	{ drafts, world }: Today,
	person: Person,
	next: () => number,
	actor: Actor,
): void {
	for (const { object, permissions } of world.grants.filter(({ subject }) => subject === person)) {
		const message = describePermissions(person, object, [permissions, []]);
		drafts.push({ ms: next(), actor, event: 'PERMISSIONS_UPDATE', message });
	}
	world.grants = world.grants.filter(({ subject }) => subject !== person);
}
