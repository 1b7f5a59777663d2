import { DateTime } from 'luxon';
import type { Member, Membership } from '../members.mts';
import { isActive, type Person } from './people.mts';

const DAY_MS = 86_400_000;

/** The list of members as the API sends it at a time: with those who are invited, and those who left. */
export function listMembers(people: readonly Person[], nowMs: number): Membership[] {
	return people
		.filter(({ invitedMs, isInternal }) => isInternal || invitedMs <= nowMs)
		.map((person) => ({ member: createMember(person, nowMs), isInternal: person.isInternal }));
}

function createMember(person: Person, nowMs: number): Member {
	const lastMs = person.signInsMs.reduce((last, ms) => (ms <= nowMs && ms > last ? ms : last), 0);
	return {
		group: person.groups
			.filter(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs)
			.map(({ group }) => group),
		inactivityPeriod: lastMs === 0 ? '' : `${Math.floor((nowMs - lastMs) / DAY_MS)} days`,
		lastLogin: lastMs === 0 ? null : formatLastLogin(lastMs),
		nameAndEmail: `${person.name} (${person.email})`,
		status: getStatus(person, nowMs),
		userId: person.id,
		userRole: person.role,
	};
}

function getStatus(person: Person, nowMs: number): string {
	if (person.isInternal || isActive(person, nowMs)) return 'Active';
	return person.leftMs <= nowMs ? 'Inactive' : 'Invited';
}

/** The published form, as in `12/10/2023, 6:49:07 AM UTC`. */
function formatLastLogin(ms: number): string {
	const time = DateTime.fromMillis(ms, { zone: 'utc', locale: 'en-US' });
	return `${time.toFormat('M/d/yyyy, h:mm:ss a')} UTC`;
}
