import { hashToNumber, seededRandom, type Random } from '../random.mts';
import type { Day } from './calendar.mts';
import type { Department } from './names.mts';
import { departments, fullNames } from './names.mts';

/** A member of the team, from the plan of the year on. */
export interface Person {
	readonly index: number;
	readonly id: string;
	/** It may change; the mail address stays. */
	name: string;
	readonly email: string;
	readonly isInternal: boolean;
	/** These change when the person moves. */
	department: Department;
	role: string;
	/** Workdays as in `Day.workdayNumber`: when the person is invited, starts, moves, leaves. */
	readonly plan: Plan;
	/** Epoch milliseconds; infinitely late until it happens. */
	invitedMs: number;
	joinedMs: number;
	leftMs: number;
	readonly groups: GroupMembership[];
	/** Successful sign-ins, oldest first. */
	readonly signInsMs: number[];
	readonly officeAddress: string;
	readonly homeAddress: string;
	/** The hour at which the person usually starts. */
	readonly startHour: number;
	readonly hoursADay: number;
}

export interface Plan {
	readonly invited: number;
	readonly joins: number;
	readonly moves?: { readonly on: number; readonly to: Department };
	readonly leaves?: number;
}

export interface GroupMembership {
	readonly group: string;
	readonly fromMs: number;
	toMs: number;
}

/** From when on people join one by one, move and leave; the plan covers the workdays up to the last. */
const FIRST_CHANGE = 25;
const LAST_CHANGE = 285;
/** Beside the lead admin, who stays. */
const LEAVERS = 13;
const MOVERS = 7;

/** The office addresses of the sites; all of them are reserved for documentation. */
const officeAddresses = ['203.0.113.10', '203.0.113.26', '203.0.113.140', '2001:db8:a1::10'];

/**
 * Everybody who is a member of the team at some time, with what is planned for each: the first one
 * is the lead admin.
 */
export function createPeople(random: Random): Person[] {
	const names = [...fullNames];
	const lead = names.shift()!;
	const drawn = [lead, ...random.shuffled(names)];
	const places = departments.flatMap((department) => [
		...Array.from({ length: department.founders }, () => ({ department, isFounder: true })),
		...Array.from({ length: department.joiners }, () => ({ department, isFounder: false })),
	]);
	const leaving = new Set(
		random.shuffled(drawn.map((_, index) => index).slice(5)).slice(0, LEAVERS),
	);
	let movers = MOVERS;
	return places.map(({ department, isFounder }, index) => {
		const joins = isFounder
			? foundingDay(index, random)
			: random.integer(FIRST_CHANGE, LAST_CHANGE - 15);
		const invited = index === 0 ? 1 : Math.max(1, joins - random.integer(isFounder ? 0 : 3, 8));
		const leaves = leaving.has(index) ? random.integer(joins + 45, joins + 250) : undefined;
		const to = leaves === undefined && movers > 0 ? nextDepartment(department, random) : undefined;
		if (to) movers--;
		const moves = to && { on: random.integer(joins + 40, Math.max(joins + 41, LAST_CHANGE)), to };
		const plan = { invited, joins, leaves, moves };
		return createPerson(drawn[index]!, index, department, plan, random);
	});
}

/** An employee of Celonis with access to the team. */
export function createSupport(random: Random): Person {
	const support = createPerson(
		'Celonis Support',
		-1,
		departments[0]!,
		{ invited: 1, joins: 1 },
		random,
	);
	return { ...support, email: 'support@celonis.example', isInternal: true };
}

function createPerson(
	name: string,
	index: number,
	department: Department,
	plan: Plan,
	random: Random,
): Person {
	const domain = department.isExternal ? 'example.org' : 'example.com';
	return {
		index,
		id: random.uuid(),
		name,
		email: `${name.toLowerCase().replaceAll(' ', '.')}@${domain}`,
		isInternal: false,
		department,
		role: department.role,
		plan,
		invitedMs: Infinity,
		joinedMs: Infinity,
		leftMs: Infinity,
		groups: [],
		signInsMs: [],
		officeAddress: random.pick(officeAddresses),
		homeAddress: random.chance(0.8)
			? `198.51.100.${random.integer(2, 250)}`
			: `2001:db8:${random.hex(4)}::${random.integer(1, 999)}`,
		startHour: 7.4 + random.fraction() * 1.8,
		hoursADay: 8.2 + random.fraction() * 1.1,
	};
}

/** Admins come first; the departments follow within two weeks. */
function foundingDay(index: number, random: Random): number {
	if (index === 0) return 1;
	return index < 4 ? 2 : random.integer(3, 12);
}

/** Where somebody moves to, for those departments from which people move. */
function nextDepartment({ profession }: Department, random: Random): Department | undefined {
	if (profession !== 'business' || !random.chance(0.4)) return undefined;
	const target = random.pick(['Process Excellence', 'Automation']);
	return departments.find(({ name }) => name === target);
}

/** Whether somebody is a member with access at a time. */
export function isActive({ joinedMs, leftMs }: Person, ms: number): boolean {
	return joinedMs <= ms && ms < leftMs;
}

/** Whether somebody is on vacation: whole weeks, more of them in summer and at the end of the year. */
export function isOnVacation(person: Person, day: Day, seed: number): boolean {
	const share =
		day.month === 12 && day.dayOfMonth > 20
			? 0.6
			: day.month === 7 || day.month === 8
				? 0.25
				: 0.06;
	return hashToNumber(seed ^ (person.index * 7919), day.week) < share;
}

/** The randomness of a day: the same whatever the days before have drawn. */
export function createDayRandom(seed: number, day: Day): Random {
	return seededRandom((seed ^ Math.imul(day.index + 1, 0x9e3779b1)) >>> 0);
}
