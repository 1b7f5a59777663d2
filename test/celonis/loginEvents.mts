import type { EventGenerator } from './arrivals.mts';
import { people } from './actors.mts';
import { EventLog } from './log.mts';
import type { Random } from './random.mts';
import { seededRandom } from './random.mts';
import type { Filling } from './teamLog.mts';
import { fill } from './teamLog.mts';

/** A record of the Login History as the API sends it. */
export interface LoginRecord {
	authenticationEventType: string;
	email: string;
	success: boolean;
	timestamp: string;
}

/** The published types, and whether such an event is a success. */
const outcomes: Readonly<Record<string, boolean>> = {
	LOGIN: true,
	LOGIN_SSO: true,
	LOGIN_CELONIS_ID: true,
	LOGIN_OIDC: true,
	LOGOUT: true,
	ACCOUNT_TEMPORARILY_LOCKED: false,
	ACCOUNT_NOT_CONFIRMED: false,
	ACCOUNT_NOT_ACTIVE: false,
	NOT_MEMBER_OF_TEAM: false,
	TEAM_MEMBERSHIP_NOT_ACTIVE: false,
	TEAM_MEMBERSHIP_NOT_CONFIRMED: false,
	BAD_CREDENTIALS: false,
	INVALID_2FA_TOKEN: false,
	INVALID_PROVIDER: false,
};

export const loginEventTypes: readonly string[] = Object.keys(outcomes);

const successes = loginEventTypes.filter((type) => outcomes[type]);

/** The log of who signed in, or tried to. */
export class LoginHistory extends EventLog {}

export interface LoginHistoryOptions {
	/** By default an empty log. */
	log?: LoginHistory;
	filling?: Filling;
}

/** The Login History that a simulated team starts with: of the people of its audit log. */
export function teamLogins(
	{ log = new LoginHistory(), filling = {} }: LoginHistoryOptions,
	seed: number,
	now: number,
): LoginHistory {
	fill(log, filling, seed + 2, now, loginGenerator(seed));
	return log;
}

/** Same seed, same sign-ins. Mostly successes; every published type comes up. */
export function loginGenerator(seed = 1): EventGenerator {
	const persons = people(seededRandom(seed));
	const random = seededRandom(seed + 2);
	let failures: string[] = [];
	const nextType = () => {
		if (random.chance(0.8)) return random.pick(successes);
		if (failures.length === 0) failures = random.shuffled(loginEventTypes);
		return failures.pop()!;
	};
	return (timestampMs): LoginRecord => {
		const type = nextType();
		return {
			authenticationEventType: type,
			email: emailOf(type, random, () => random.pick(persons).email),
			success: outcomes[type]!,
			timestamp: new Date(timestampMs).toISOString(),
		};
	};
}

function emailOf(type: string, random: Random, ofMember: () => string): string {
	return type === 'NOT_MEMBER_OF_TEAM'
		? `stranger${random.integer(1, 99)}@example.net`
		: ofMember();
}
