import type { LoginRecord } from '../loginEvents.mts';
import type { AuditRecord } from '../records.mts';
import type { Person } from './people.mts';
import type { Actor, Draft, SignIn } from './world.mts';

/** Addresses of the data centers from which applications call; reserved for documentation. */
const applicationAddress = (id: string) => `192.0.2.${(parseInt(id.slice(0, 4), 16) % 250) + 2}`;

/** What the address of an event depends on. */
export interface AddressRules {
	/** From when on the team logs addresses. */
	readonly loggedFromMs: number;
	readonly isAtHome: (person: Person) => boolean;
}

/** The record of an event as the API sends it. */
export function createAuditRecord(draft: Draft, rules: AddressRules): AuditRecord {
	const { ms, actor, event, message = null, diff = null } = draft;
	return {
		...describeActor(actor),
		event,
		timestamp: new Date(ms).toISOString(),
		message,
		ipAddress: ms > rules.loggedFromMs ? getAddress(actor, rules) : null,
		port: actor === 'system' ? null : '443',
		diffPayload: diff,
	};
}

const failures = /^(BAD|INVALID|ACCOUNT|TEAM|NOT)_/;

/** The record of a sign-in as the API sends it. */
export function createLoginRecord({ ms, person, type }: SignIn): LoginRecord {
	return {
		authenticationEventType: type,
		email: person.email,
		success: !failures.test(type),
		timestamp: new Date(ms).toISOString(),
	};
}

function describeActor(actor: Actor): { userId: string; userRole: string } {
	if (actor === 'system') return { userId: 'celonis-service (SYSTEM)', userRole: '' };
	if (!('email' in actor)) return { userId: actor.id, userRole: '' };
	return { userId: `${actor.id} (${actor.email})`, userRole: actor.role };
}

function getAddress(actor: Actor, { isAtHome }: AddressRules): string | null {
	if (actor === 'system') return null;
	if (!('email' in actor)) return applicationAddress(actor.id);
	return isAtHome(actor) ? actor.homeAddress : actor.officeAddress;
}
