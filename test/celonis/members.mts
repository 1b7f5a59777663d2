import { createPeople } from './actors.mts';
import type { SimulatedResponse } from './responses.mts';
import { getListBehaviour, type Behaviour } from './behaviour.mts';
import { createPageResponse, respondOrReject } from './pageNumbers.mts';
import { BadParameter, getSingle } from './parameters.mts';
import { seededRandom } from './random.mts';

export const membersPath = '/api/external/members';

/** A member of the team as the API sends it. */
export interface Member {
	group: string[];
	inactivityPeriod: string;
	lastLogin: string | null;
	nameAndEmail: string;
	status: string;
	userId: string;
	userRole: string;
}

/** A member, and whether it is an employee of Celonis, who is left out only on request. */
export interface Membership {
	member: Member;
	isInternal: boolean;
}

/** The people of a seed's audit log, with the same ids and e-mails, and an employee of Celonis. */
export function createTeamMembers(seed: number, now: number): Membership[] {
	const persons = createPeople(seededRandom(seed));
	const random = seededRandom(seed + 4);
	const team = persons.map(({ id, email, userRole }, index) => {
		const daysAway = index === 0 ? 0 : random.integer(0, 120);
		const isNew = index === persons.length - 1;
		const member: Member = {
			group: random.shuffled(['Auditors', 'Finance', 'Größe & Maß']).slice(0, random.integer(0, 3)),
			inactivityPeriod: isNew ? '' : `${daysAway} days`,
			lastLogin: isNew ? null : new Date(now - daysAway * 86_400_000).toISOString(),
			nameAndEmail: `${formatName(email)} (${email})`,
			status: isNew ? 'PENDING' : daysAway > 90 ? 'INACTIVE' : 'ACTIVE',
			userId: id,
			userRole,
		};
		return { member, isInternal: false };
	});
	return [...team, { member: createCelonisMember(random.uuid(), now), isInternal: true }];
}

/** The list of members, in pages. */
export function createMembersHandler(
	listMembers: () => readonly Membership[],
	behaviour: Behaviour,
) {
	return (query: URLSearchParams): SimulatedResponse =>
		respondOrReject(() => {
			if (behaviour.requiresIncludeInternal && !query.has('includeInternal')) {
				throw new BadParameter("Parameter 'includeInternal' is missing.");
			}
			const withInternal = parseFlag(query, 'includeInternal');
			const visible = listMembers().filter(({ isInternal }) => withInternal || !isInternal);
			const rules = {
				...getListBehaviour(behaviour, 'members'),
				maxPageSize: behaviour.maxPageSizeMembers,
				empty: behaviour.membersEmpty,
			};
			return createPageResponse(
				() => visible.map(({ member }) => JSON.stringify(member)),
				query,
				rules,
			);
		});
}

function parseFlag(query: URLSearchParams, name: string): boolean {
	const text = getSingle(query, name) ?? 'true';
	if (text !== 'true' && text !== 'false') {
		throw new BadParameter(`Parameter '${name}' must be true or false.`);
	}
	return text === 'true';
}

function formatName(email: string): string {
	const [local = ''] = email.split('@');
	return local.replace(
		/(^|[.+])(\p{L})/gu,
		(_match, gap: string, letter: string) => `${gap === '' ? '' : ' '}${letter.toUpperCase()}`,
	);
}

function createCelonisMember(userId: string, now: number): Member {
	return {
		group: [],
		inactivityPeriod: '1 days',
		lastLogin: new Date(now - 86_400_000).toISOString(),
		nameAndEmail: 'Celonis Support (support@celonis.example)',
		status: 'ACTIVE',
		userId,
		userRole: 'ADMIN',
	};
}
