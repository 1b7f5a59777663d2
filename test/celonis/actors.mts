import type { Random } from './random.mts';

/** Who acted, and from where: the fields of a record that depend on the person. */
export interface Actor {
	userId: string;
	userRole: string;
}

const names = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'björn.o’neil', 'li.wei', 'svc+siem'];

/** A member of the team. */
export interface Person {
	id: string;
	email: string;
	userRole: string;
}

/** The people of a team. They are drawn first, so that one seed gives the same people everywhere. */
export function createPeople(random: Random): Person[] {
	const persons = names.map((name) => ({
		id: random.uuid(),
		email: `${name}@example.com`,
		userRole: random.pick(['ADMIN', 'MEMBER', 'ANALYST']),
	}));
	persons[0]!.userRole = 'ADMIN';
	persons[1]!.userRole = 'MEMBER';
	persons[2]!.userRole = 'ANALYST';
	return persons;
}

/**
 * A team's people and services. Every published form of `userId` occurs: UUID and e-mail, the
 * system itself, bare ids. A role may be empty.
 */
export function team(random: Random): () => Actor {
	const members = createPeople(random).map(({ id, email, userRole }) => ({
		userId: `${id} (${email})`,
		userRole,
	}));
	const bareUuid = random.uuid();

	return () => {
		const form = random.fraction();
		if (form < 0.75) {
			const member = random.pick(members);
			return random.chance(0.05) ? { ...member, userRole: '' } : member;
		}
		if (form < 0.9)
			return { userId: 'celonis-service (SYSTEM)', userRole: random.pick(['', 'ADMIN']) };
		if (form < 0.95) return { userId: bareUuid, userRole: '' };
		return { userId: 'user2', userRole: random.pick(['ADMIN', 'MEMBER']) };
	};
}

/** `ipAddress` is null, empty or missing unless the team logs addresses. */
export function drawIpAddress(random: Random): string | null | undefined {
	const form = random.fraction();
	if (form < 0.2) return null;
	if (form < 0.3) return '';
	if (form < 0.4) return undefined;
	if (form < 0.8) return `203.0.113.${random.integer(1, 254)}`;
	return `2001:db8:${random.hex(4)}::${random.integer(1, 9999)}`;
}

/** `port` is a text, null or missing. */
export function drawPort(random: Random): string | null | undefined {
	const form = random.fraction();
	if (form < 0.3) return null;
	if (form < 0.4) return undefined;
	return random.pick(['443', '8888', String(random.integer(1024, 65_535))]);
}
