import { findAdmin } from './attendance.mts';
import { describePermissions } from './messages.mts';
import { isActive, type Person } from './people.mts';
import { addToGroup, isInGroup, removeFromGroup } from './staff.mts';
import { projectGroups } from './names.mts';
import type { Subject, Thing, Today } from './world.mts';
import { drawBetween, getFreeThings } from './world.mts';
import { drawCount } from './work.mts';

const MINUTE_MS = 60_000;
const grantsByKind = {
	package: [['READ'], ['READ', 'USE'], ['READ', 'WRITE', 'USE']],
	pool: [['READ'], ['READ', 'WRITE'], ['READ', 'WRITE', 'EXPORT']],
	space: [['READ'], ['READ', 'WRITE', 'MANAGE']],
} as const;
type Guarded = keyof typeof grantsByKind;

const REQUESTS_A_DAY = 1.5;
const MEMBERSHIPS_A_DAY = 0.25;
/** Every quarter the owners go through all permissions. */
const REVIEW_MONTHS = new Set([1, 4, 7, 10]);
const REVIEW_DAY = 12;

/** Requests for access, and the reviews that withdraw some of it. */
export function changeAccess(today: Today): void {
	const { day, random, world } = today;
	if (!day.isWorkday || day.workdayNumber < 4) return;
	const { person: admin, startMs, endMs } = findAdmin(today);
	const drawTime = () => drawBetween(random, startMs + 5 * MINUTE_MS, endMs - 10 * MINUTE_MS);
	for (let count = drawCount(random, REQUESTS_A_DAY); count > 0; count--) {
		const ms = drawTime();
		const subject = drawSubject(today, ms);
		const object = drawObject(today);
		if (subject && object)
			change(today, subject, object, drawPermissions(today, object), ms, admin);
	}
	if (random.chance(MEMBERSHIPS_A_DAY)) changeProjectGroup(today, drawTime(), admin);
	if (REVIEW_MONTHS.has(day.month) && day.dayOfMonth === REVIEW_DAY) {
		let ms = drawBetween(random, startMs + 5 * MINUTE_MS, endMs - 90 * MINUTE_MS);
		for (const { subject, object } of world.grants.filter(() => random.chance(0.18))) {
			ms += random.integer(20_000, 3 * MINUTE_MS);
			if (ms < endMs) change(today, subject, object, [], ms, admin);
		}
	}
}

function change(
	{ day, drafts, world }: Today,
	subject: Subject,
	object: Thing,
	permissions: readonly string[],
	ms: number,
	admin: Person,
): void {
	const known = world.grants.find((grant) => grant.subject === subject && grant.object === object);
	if (known?.touchedDay === day.index || String(known?.permissions ?? []) === String(permissions))
		return;
	object.touchedDay = day.index;
	const message = describePermissions(subject, object, [known?.permissions ?? [], permissions]);
	drafts.push({ ms, actor: admin, event: 'PERMISSIONS_UPDATE', message });
	world.grants = world.grants.filter((grant) => grant !== known);
	world.grants.push({ subject, object, permissions, touchedDay: day.index });
}

function drawSubject(today: Today, ms: number): Subject | undefined {
	const { day, random, world } = today;
	const kind = random.fraction();
	if (kind < 0.25) {
		const groups = [...world.groups.values()].filter(({ createdMs }) => createdMs < day.at(0));
		return groups.length > 0 ? random.pick(groups) : undefined;
	}
	if (kind < 0.32) {
		const applications = [...world.applications.values()];
		const known = applications.filter(({ createdDay }) => createdDay < day.index);
		return known.length > 0 ? random.pick(known) : undefined;
	}
	const people = listSettledPeople(today, ms);
	return people.length > 0 ? random.pick(people) : undefined;
}

/** The members who neither move nor leave today, nor have left. */
function listSettledPeople({ day, world }: Today, ms: number): Person[] {
	return world.people.filter(
		(person) =>
			isActive(person, ms) &&
			person.leftMs === Infinity &&
			person.plan.leaves !== day.workdayNumber &&
			person.plan.moves?.on !== day.workdayNumber,
	);
}

function drawObject(today: Today): Thing | undefined {
	const kind = today.random.pick(['package', 'package', 'package', 'pool', 'space'] as const);
	const free = getFreeThings(today, kind);
	return free.length > 0 ? today.random.pick(free) : undefined;
}

function drawPermissions({ random }: Today, { kind }: Thing): readonly string[] {
	return random.pick<readonly string[]>(grantsByKind[kind as Guarded]);
}

function changeProjectGroup(today: Today, ms: number, admin: Person): void {
	const { day, random, world } = today;
	const name = random.pick(projectGroups);
	const group = world.groups.get(name);
	if (!group || group.createdMs > day.at(0)) return;
	const person = random.pick(listSettledPeople(today, ms));
	if (person.plan.joins === day.workdayNumber) return;
	if (isInGroup(person, name)) removeFromGroup(today, person, name, ms, admin);
	else addToGroup(today, person, name, ms, admin);
}
