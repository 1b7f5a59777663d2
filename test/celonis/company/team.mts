import type { Growth } from '../arrivals.mts';
import { createGrowthSource } from '../arrivals.mts';
import type { GrowthSource } from '../log.mts';
import { AuditLog } from '../log.mts';
import { LoginHistory } from '../loginEvents.mts';
import type { Membership } from '../members.mts';
import { hashToNumber } from '../random.mts';
import type { DatedRecord, PastDay } from './company.mts';
import { Company } from './company.mts';
import { createLiveEvents, createLiveSignIns } from './liveEvents.mts';

/** How many audit events there are for a sign-in, among those that come on top. */
const EVENTS_PER_SIGN_IN = 8;

/** Options of a simulator whose team has a year of history. */
export interface CompanyTeam {
	readonly log: AuditLog;
	readonly logins: { readonly log: LoginHistory };
	readonly members: (nowMs: number) => Membership[];
}

/**
 * The logs and the members of a company at a time, epoch milliseconds. From then on the logs keep growing,
 * with `growth` on top.
 */
export function createCompanyTeam(seed: number, nowMs: number, growth: Growth): CompanyTeam {
	const company = new Company(seed, nowMs);
	const live: Growth = { duplicateShare: 0, ...growth };
	const log = new AuditLog(seed);
	log.addGrowthSource(replay(company, ({ audit }) => audit, seed, nowMs, live));
	log.addGrowthSource(
		createGrowthSource(live, seed + 1, nowMs, createLiveEvents(company, seed + 3)),
	);
	const logins = new LoginHistory(seed);
	logins.addGrowthSource(replay(company, (day) => day.logins, seed + 2, nowMs, live));
	const fewer = { ...live, eventsPerMinute: live.eventsPerMinute / EVENTS_PER_SIGN_IN };
	logins.addGrowthSource(
		createGrowthSource(fewer, seed + 5, nowMs, createLiveSignIns(company, seed + 7)),
	);
	log.getVisible(nowMs);
	return {
		log,
		logins: { log: logins },
		members: (at) => {
			logins.getVisible(at);
			return company.listMembers(at);
		},
	};
}

/** What happens in the company anyway; some events after `liveFromMs` become visible late. */
function replay(
	company: Company,
	select: (day: PastDay) => readonly DatedRecord[],
	seed: number,
	liveFromMs: number,
	{ lateShare = 0, maxLatenessMs = 0 }: Growth,
): GrowthSource {
	let dayIndex = 0;
	let position = 0;
	let count = 0;
	return (untilMs) => {
		company.growTo(untilMs);
		const due = [];
		for (; dayIndex < company.days.length; dayIndex++, position = 0) {
			const records = select(company.days[dayIndex]!);
			for (; position < records.length && records[position]!.ms <= untilMs; position++) {
				const { ms, json } = records[position]!;
				const lateness = hashToNumber(seed, count++) / (lateShare || 1);
				const isLate = ms > liveFromMs && lateShare > 0 && lateness < 1;
				const visibleFrom = isLate ? ms + Math.floor(lateness * maxLatenessMs) : ms;
				due.push({ json, timestamp: ms, visibleFrom });
			}
			if (position < records.length) break;
		}
		return due;
	};
}
