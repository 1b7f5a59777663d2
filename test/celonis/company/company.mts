import { seededRandom } from '../random.mts';
import type { Membership } from '../members.mts';
import { changeAccess } from './access.mts';
import { administer } from './administration.mts';
import { drawAttendance } from './attendance.mts';
import type { Day } from './calendar.mts';
import { createCalendar, getFirstDate } from './calendar.mts';
import { causeIncidents } from './incidents.mts';
import { changeKeys } from './keys.mts';
import { listUsualEvents, type UsualEvents } from './usualEvents.mts';
import { createAuditRecord, createLoginRecord } from './records.mts';
import { createDayRandom, createPeople, createSupport, type Person } from './people.mts';
import { listMembers } from './roster.mts';
import { runSchedules } from './schedules.mts';
import { signIn } from './signIns.mts';
import { changeStaff } from './staff.mts';
import { useContent } from './usage.mts';
import { doWork } from './work.mts';
import type { Presence, Today, World } from './world.mts';
import { createWorld } from './world.mts';

/** A day that is over: nothing of it changes any more. */
export interface PastDay {
	readonly day: Day;
	/** With the people as they were on that day. */
	readonly presences: readonly Presence[];
	/** The records of the day, oldest first. */
	readonly audit: readonly DatedRecord[];
	readonly logins: readonly DatedRecord[];
	/** What may be done at any hour of the day; only of days that end after the team's "now". */
	readonly usual?: UsualEvents;
}

/** A record as JSON text, with its time in epoch milliseconds. */
export interface DatedRecord {
	readonly ms: number;
	readonly json: string;
}

/**
 * A team that started a little more than a year ago, and everything it has done since then. The same
 * seed and the same month give the same team; a later time only adds days.
 */
export class Company {
	readonly world: World;
	/** The days so far. */
	readonly days: PastDay[] = [];
	private readonly calendar: ReturnType<typeof createCalendar>;
	private next: Day;

	constructor(
		private readonly seed: number,
		private readonly nowMs: number,
	) {
		const random = seededRandom(seed);
		const people = createPeople(random);
		this.world = createWorld(people, createSupport(random), random.uuid());
		this.calendar = createCalendar(getFirstDate(nowMs));
		this.next = this.calendar.next();
	}

	/** Lives all days that have begun by a time; the last of them to its end. */
	growTo(ms: number): void {
		while (this.next.at(0) <= ms) {
			this.days.push(this.live(this.next));
			this.next = this.calendar.next();
		}
	}

	/** The list of members at a time. */
	listMembers(nowMs: number): Membership[] {
		this.growTo(nowMs);
		return listMembers([...this.world.people, this.world.support], nowMs);
	}

	private live(day: Day): PastDay {
		const random = createDayRandom(this.seed, day);
		const { world } = this;
		const today: Today = { day, world, random, presences: [], drafts: [], signIns: [], later: [] };
		drawAttendance(today, this.seed);
		administer(today);
		changeStaff(today);
		changeAccess(today);
		changeKeys(today);
		doWork(today);
		useContent(today);
		runSchedules(today);
		causeIncidents(today);
		signIn(today);
		const pastDay = this.record(today);
		for (const change of today.later) change();
		return pastDay;
	}

	private record({ day, drafts, presences, signIns, world }: Today): PastDay {
		const atHome = new Set(
			presences.filter(({ isAtHome }) => isAtHome).map(({ person }) => person.id),
		);
		const rules = {
			loggedFromMs: world.effectiveFrom.addressLogging,
			isAtHome: ({ id }: Person) => atHome.has(id),
		};
		return {
			day,
			presences: presences.map((presence) => ({ ...presence, person: { ...presence.person } })),
			audit: drafts.sort(byTime).map((draft) => ({
				ms: draft.ms,
				json: JSON.stringify(createAuditRecord(draft, rules)),
			})),
			logins: signIns.sort(byTime).map((event) => ({
				ms: event.ms,
				json: JSON.stringify(createLoginRecord(event)),
			})),
			usual: day.at(24) > this.nowMs ? listUsualEvents(world, day.index) : undefined,
		};
	}
}

function byTime(a: { ms: number }, b: { ms: number }): number {
	return a.ms - b.ms;
}
