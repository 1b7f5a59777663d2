import type { Person } from './people.mts';
import { isOnVacation } from './people.mts';
import type { Presence, Today } from './world.mts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SICK_SHARE = 0.03;
const HOME_SHARE = 0.35;
/** Share of those who look after the platform that work for a while on a free day. */
const ON_CALL_SHARE = 0.025;
/** Share of the workdays on which they come back for a while in the evening. */
const EVENING_SHARE = 0.07;
/** Not everybody who works uses Celonis on that day. */
const READER_SHARE = 0.55;
/** A leaver hands over in the afternoon, when the admins are still there. */
const LAST_HOUR = 14.5;

/** Draws who works on a day, and when. */
export function drawAttendance(today: Today, seed: number): void {
	for (const person of today.world.people) {
		const presence = drawPresence(person, today, seed);
		if (!presence) continue;
		today.presences.push(presence);
		const evening = drawEvening(today, presence);
		if (evening) today.presences.push(evening);
	}
}

/** Nobody comes back on the first day or the last. */
function drawEvening({ day, random }: Today, { person }: Presence): Presence | undefined {
	const { joins, leaves, moves } = person.plan;
	const isSpecial = [joins, leaves, moves?.on].includes(day.workdayNumber);
	const isTechnical = !/^(business|auditor)$/.test(person.department.profession);
	if (!isTechnical || !day.isWorkday || isSpecial || !random.chance(EVENING_SHARE))
		return undefined;
	const startMs = day.at(19.5 + random.fraction());
	return { person, startMs, endMs: startMs + 1.5 * HOUR_MS, isAtHome: true };
}

function drawPresence(person: Person, today: Today, seed: number): Presence | undefined {
	const { day, random } = today;
	const { joins, leaves = Infinity, moves } = person.plan;
	const number = day.workdayNumber;
	if (number < joins || number > leaves || person.leftMs !== Infinity) return undefined;
	const isAtHome = random.chance(HOME_SHARE);
	const shiftMs = random.integer(-20 * MINUTE_MS, 20 * MINUTE_MS);
	const startMs = day.at(person.startHour) + shiftMs;
	if (!day.isWorkday) {
		const isOnCall = /^(admin|engineer)$/.test(person.department.profession);
		if (!isOnCall || number === joins || !random.chance(ON_CALL_SHARE)) return undefined;
		const late = startMs + random.integer(1, 9) * HOUR_MS;
		return { person, startMs: late, endMs: late + HOUR_MS, isAtHome: true };
	}
	const endMs = startMs + person.hoursADay * HOUR_MS;
	if (number === joins)
		return { person, startMs: drawFirstStart(today, person), endMs, isAtHome: false };
	if (number === leaves) return { person, startMs, endMs: day.at(LAST_HOUR), isAtHome: false };
	if (number !== moves?.on) {
		if (isOnVacation(person, day, seed) || random.chance(SICK_SHARE)) return undefined;
		if (person.department.profession === 'business' && !random.chance(READER_SHARE))
			return undefined;
	}
	return { person, startMs, endMs, isAtHome };
}

/** Whoever is invited on the very day starts after the invitation. */
function drawFirstStart({ day, random }: Today, { index, plan }: Person): number {
	if (index === 0) return day.at(8.6);
	const hour = plan.invited === plan.joins ? 12 : 9.3;
	return Math.floor(day.at(hour + random.fraction() / 2));
}

/** An admin at work: the one who stays longest today, else the lead admin, who comes in for it. */
export function findAdmin(today: Today): Presence {
	const { day, presences, random, world } = today;
	const admins = presences.filter(
		({ person }) => person.role === 'ADMIN' && isSettledAdmin(person, day.workdayNumber),
	);
	const stay = admins.filter(({ startMs, endMs }) => startMs < day.at(10.5) && endMs > day.at(16));
	if (stay.length > 0) return random.pick(stay);
	const [lead] = world.people;
	const known = presences.find(({ person }) => person === lead);
	if (known) presences.splice(presences.indexOf(known), 1);
	const startMs = known?.startMs ?? day.at(8.5) + random.integer(0, 15 * MINUTE_MS);
	const presence = { person: lead!, startMs, endMs: day.at(17.5), isAtHome: !day.isWorkday };
	presences.push(presence);
	return presence;
}

/** Neither on the first day, unless it is the lead, nor on the last. */
function isSettledAdmin({ index, plan }: Person, workdayNumber: number): boolean {
	return index === 0 || (plan.joins < workdayNumber && plan.leaves !== workdayNumber);
}
