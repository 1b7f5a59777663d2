import type { OccasionalEventGenerator } from '../arrivals.mts';
import type { Random } from '../random.mts';
import { seededRandom } from '../random.mts';
import type { Company, PastDay } from './company.mts';
import { createAuditRecord, createLoginRecord } from './records.mts';
import { getSignInType } from './signIns.mts';
import type { Actor, Draft, Presence } from './world.mts';

/** Share of the events that Celonis itself causes while people are at work. */
const SYSTEM_SHARE = 0.15;
/** How much of it happens while nobody is at work. */
const QUIET_SHARE = 0.3;
const MINUTE_MS = 60_000;

/**
 * Events beside those of the company's own course, so that something happens while somebody watches:
 * of people who are at work at the time, else of scheduled jobs.
 */
export function createLiveEvents(company: Company, seed: number): OccasionalEventGenerator {
	const random = seededRandom(seed);
	return (ms) => {
		const day = findDay(company, ms);
		const someone = drawPresence(random, day, ms);
		if (!someone && !random.chance(QUIET_SHARE)) return undefined;
		const presence = random.chance(SYSTEM_SHARE) ? undefined : someone;
		const { actor, ...event } = drawEvent(random, day, presence);
		return createAuditRecord(
			{ ms, actor, ...event },
			{
				loggedFromMs: company.world.effectiveFrom.addressLogging,
				isAtHome: () => presence?.isAtHome ?? false,
			},
		);
	};
}

/** More sign-ins of people who are at work at the time; none when nobody is. */
export function createLiveSignIns(company: Company, seed: number): OccasionalEventGenerator {
	const random = seededRandom(seed);
	return (ms) => {
		const presence = drawPresence(random, findDay(company, ms), ms);
		if (!presence) return undefined;
		const { person } = presence;
		const isSuccess = random.chance(0.9);
		const type = getSignInType(company.world, person, ms);
		const failure = type === 'LOGIN' ? 'BAD_CREDENTIALS' : 'INVALID_PROVIDER';
		if (isSuccess) person.signInsMs.push(ms);
		return createLoginRecord({ ms, person, type: isSuccess ? type : failure });
	};
}

function findDay(company: Company, ms: number): PastDay {
	company.growTo(ms);
	const day = company.days.findLast((candidate) => candidate.day.at(0) <= ms);
	if (!day?.usual)
		throw new Error(`The company has no live events at ${new Date(ms).toISOString()}`);
	return day;
}

function drawPresence(random: Random, { presences }: PastDay, ms: number): Presence | undefined {
	const atWork = presences.filter(
		({ startMs, endMs }) => startMs + MINUTE_MS < ms && ms < endMs - MINUTE_MS,
	);
	return atWork.length > 0 ? random.pick(atWork) : undefined;
}

function drawEvent(
	random: Random,
	{ usual }: PastDay,
	presence: Presence | undefined,
): Pick<Draft, 'event' | 'message'> & { actor: Actor } {
	const person = presence?.person;
	const own = person ? usual![person.department.profession] : [];
	if (person && own.length > 0) return { actor: person, ...random.pick(own) };
	const { event, message } = random.pick(usual!.system);
	const status = random.chance(0.97) ? 'SUCCESS' : 'FAILED';
	const outcome =
		status === 'FAILED'
			? { status, reason: 'Connection to the source system timed out' }
			: { status };
	return { actor: 'system', event, message: { ...message, ...outcome } };
}
