import { findAdmin } from './attendance.mts';
import { describePermissions } from './messages.mts';
import { applicationNames, departments, projectGroups } from './names.mts';
import type { Person } from './people.mts';
import { addToGroup, removeFromGroup } from './staff.mts';
import { aboutClient, oneOffs, type AdminEvent } from './oneOffs.mts';
import type { Application, Today } from './world.mts';

const MINUTE_MS = 60_000;

/** The workdays on which OAuth clients are made. */
const clientsMade: ReadonlyArray<readonly [number, keyof typeof applicationNames]> = [
	[6, 'deployment'],
	[10, 'upload'],
	[22, 'archive'],
	[54, 'provisioning'],
	[100, 'pilot'],
];
const PILOT_ENDS_ON = 170;
const ROLLOUT_ENDS_ON = 220;
const RENAMED_ON = 190;
const WRONG_INVITATION_ON = 37;

/** What the admins set up and change once. */
export function administer(today: Today): void {
	const { day, world } = today;
	if (!day.isWorkday) return;
	if (day.workdayNumber === 1) createGroups(today);
	for (const [on, key] of clientsMade) if (on === day.workdayNumber) createClient(today, key);
	for (const oneOff of oneOffs) {
		if (oneOff.on !== day.workdayNumber) continue;
		const lastMs = doOnce(today, oneOff.hour, oneOff.events(world));
		if (oneOff.effect) world.effectiveFrom[oneOff.effect] = lastMs;
	}
	if (day.workdayNumber === WRONG_INVITATION_ON) withdrawInvitation(today);
	if (day.workdayNumber === PILOT_ENDS_ON) deleteClient(today, 'pilot');
	if (day.workdayNumber === RENAMED_ON) renamePerson(today);
	if (day.workdayNumber === ROLLOUT_ENDS_ON) deleteGroup(today, 'Rollout North');
}

/** At an hour, or when the admin is there; returns when the last event happens. */
function doOnce(today: Today, hour: number, events: readonly AdminEvent[]): number {
	const { day, drafts, random } = today;
	const { person, startMs } = findAdmin(today);
	let ms = Math.max(day.at(hour), startMs + 5 * MINUTE_MS);
	for (const event of events) {
		ms += random.integer(30_000, 3 * MINUTE_MS);
		drafts.push({ ms, actor: person, ...event });
	}
	return ms;
}

function createGroups(today: Today): void {
	const { day, drafts, random, world } = today;
	const { person: lead } = findAdmin(today);
	let ms = day.at(14.5);
	const names = [
		'Platform Administrators',
		...departments.map(({ name }) => name),
		...projectGroups,
	];
	for (const name of names) {
		ms += random.integer(15_000, 40_000);
		const group = { id: random.uuid(), name, createdMs: ms };
		world.groups.set(name, group);
		drafts.push({ ms, actor: lead, event: 'GROUP_CREATED', message: { id: group.id, name } });
	}
	addToGroup(today, lead, 'Platform Administrators', ms + 60_000, lead);
	addToGroup(today, lead, lead.department.name, ms + 80_000, lead);
}

function deleteGroup(today: Today, name: string): void {
	const { day, drafts, random, world } = today;
	const { person: admin } = findAdmin(today);
	const group = world.groups.get(name)!;
	let ms = day.at(14);
	const next = () => (ms += random.integer(10_000, 40_000));
	const { id } = group;
	const diff = { oldValue: '', newValue: 'Project closed' };
	drafts.push({ ms: next(), actor: admin, event: 'GROUP_UPDATED', message: { id, name }, diff });
	for (const { object, permissions } of world.grants.filter(({ subject }) => subject === group)) {
		const message = describePermissions(group, object, [permissions, []]);
		drafts.push({ ms: next(), actor: admin, event: 'PERMISSIONS_UPDATE', message });
	}
	world.grants = world.grants.filter(({ subject }) => subject !== group);
	for (const person of world.people) {
		if (person.leftMs === Infinity) removeFromGroup(today, person, name, next(), admin);
	}
	drafts.push({ ms: next(), actor: admin, event: 'GROUP_DELETED', message: { id, name } });
	world.groups.delete(name);
}

function createClient(today: Today, key: keyof typeof applicationNames): void {
	const { day, random, world } = today;
	const application: Application = {
		id: random.uuid(),
		name: applicationNames[key],
		createdDay: day.index,
	};
	world.applications.set(key, application);
	doOnce(today, 11, [aboutClient(world, 'OAUTH_CLIENT_CREATED', key)]);
}

function deleteClient(today: Today, key: keyof typeof applicationNames): void {
	const { drafts, random, world } = today;
	const application = world.applications.get(key)!;
	const { person: admin } = findAdmin(today);
	let ms = doOnce(today, 15, [aboutClient(world, 'OAUTH_CLIENT_ACCESS_REVOKED', key)]);
	const next = () => (ms += random.integer(10_000, 40_000));
	for (const { object, permissions } of world.grants.filter(
		({ subject }) => subject === application,
	)) {
		const message = describePermissions(application, object, [permissions, []]);
		drafts.push({ ms: next(), actor: admin, event: 'PERMISSIONS_UPDATE', message });
	}
	world.grants = world.grants.filter(({ subject }) => subject !== application);
	drafts.push({ ms: next(), actor: admin, ...aboutClient(world, 'OAUTH_CLIENT_DELETED', key) });
	world.applications.delete(key);
}

/** Somebody has a new family name. */
function renamePerson(today: Today): void {
	const { drafts, later, presences, random } = today;
	const { person: admin } = findAdmin(today);
	const settled = presences.map(({ person }) => person).filter(({ plan }) => !plan.leaves);
	const person: Person = random.pick(settled);
	const oldUserName = person.name;
	const updatedUserName = `${oldUserName.split(' ')[0]} Hollander`;
	const ms = doOnce(today, 13, []);
	const message = { userId: person.id, oldUserName, updatedUserName };
	drafts.push({ ms, actor: admin, event: 'USER_NAME_UPDATED', message });
	later.push(() => (person.name = updatedUserName));
}

/** An invitation to an address with a typo, withdrawn at once. */
function withdrawInvitation(today: Today): void {
	const { person: admin } = findAdmin(today);
	const email = 'vendor.trainning@example.org';
	const id = today.random.uuid();
	doOnceAs(today, admin, [
		{ event: 'ADMIN USER INVITED', message: { sender: admin.email, invitee: email } },
		{ event: 'TEAM_MEMBERSHIP_CREATED', message: { email, id } },
		{ event: 'TEAM_MEMBERSHIP_DELETED', message: { email, id } },
	]);
}

function doOnceAs(
	{ day, drafts, random }: Today,
	actor: Person,
	events: readonly AdminEvent[],
): void {
	let ms = day.at(13);
	for (const event of events)
		drafts.push({ ms: (ms += random.integer(20_000, 90_000)), actor, ...event });
}
