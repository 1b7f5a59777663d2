import { isActive } from './people.mts';
import { drawExport } from './usage.mts';
import type { Presence, Today } from './world.mts';

/** The workday on whose night somebody guesses passwords. */
const ATTACK_ON = 93;
const ATTACKED_PEOPLE = 11;
const LOCKED_AFTER = 10;

/** One leaver in this many takes data along: on one of the last workdays, in a hurry. */
const TAKERS = 4;
const TAKEN_EXPORTS = 28;
const MINUTE_MS = 60_000;

/** What a security team would want to hear of. */
export function causeIncidents(today: Today): void {
	guessPasswords(today);
	for (const presence of today.presences) takeData(today, presence);
}

/** One night, somebody tries many passwords for a few accounts until they are locked. */
function guessPasswords({ day, random, signIns, world }: Today): void {
	if (!day.isWorkday || day.workdayNumber !== ATTACK_ON) return;
	let ms = day.at(2.2);
	const known = world.people.filter((person) => isActive(person, ms));
	for (const person of random.shuffled(known).slice(0, ATTACKED_PEOPLE)) {
		for (let attempt = 0; attempt < LOCKED_AFTER; attempt++) {
			signIns.push({ ms: (ms += random.integer(900, 4500)), person, type: 'BAD_CREDENTIALS' });
		}
		for (let attempt = random.integer(1, 3); attempt > 0; attempt--) {
			signIns.push({
				ms: (ms += random.integer(900, 4500)),
				person,
				type: 'ACCOUNT_TEMPORARILY_LOCKED',
			});
		}
	}
}

/** Somebody who is about to leave exports one analysis after the other. */
function takeData(
	{ day, drafts, random, world }: Today,
	{ person, startMs, endMs }: Presence,
): void {
	const { leaves } = person.plan;
	if (!leaves || person.index % TAKERS !== 0 || !day.isWorkday || day.workdayNumber !== leaves - 2)
		return;
	let ms = Math.max(startMs, endMs - 50 * MINUTE_MS);
	for (let count = 0; count < TAKEN_EXPORTS; count++) {
		ms += random.integer(15_000, 90_000);
		const use = drawExport(random, world, day.index);
		if (use && ms < endMs) drafts.push({ ms, actor: person, ...use });
	}
}
