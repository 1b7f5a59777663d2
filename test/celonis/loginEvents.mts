import type { EventGenerator } from './arrivals.mts';
import { createPeople } from './actors.mts';
import { EventLog } from './log.mts';
import type { Random } from './random.mts';
import { seededRandom } from './random.mts';
import type { LogContent } from './teamLog.mts';
import { fillLog } from './teamLog.mts';

/** A record of the Login History as the API sends it. */
export interface LoginRecord {
	authenticationEventType: string;
	email: string;
	success: boolean;
	timestamp: string;
}

/** The published types, and whether each is a success. */
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

/** The Login History. */
export class LoginHistory extends EventLog {}

export interface LoginHistoryOptions {
	/** Empty by default. */
	log?: LoginHistory;
	content?: LogContent;
}

/** Creates the Login History of a team, with the people of its audit log. */
export function createTeamLogins(
	{ log = new LoginHistory(), content = {} }: LoginHistoryOptions,
	seed: number,
	now: number,
): LoginHistory {
	fillLog(log, content, seed + 2, now, createLoginGenerator(seed));
	return log;
}

/** Same seed, same sign-ins. Mostly successes; every published type occurs. */
export function createLoginGenerator(seed = 1): EventGenerator {
	const persons = createPeople(seededRandom(seed));
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
			email: drawEmail(type, random, () => random.pick(persons).email),
			success: outcomes[type]!,
			timestamp: new Date(timestampMs).toISOString(),
		};
	};
}

function drawEmail(type: string, random: Random, ofMember: () => string): string {
	return type === 'NOT_MEMBER_OF_TEAM'
		? `stranger${random.integer(1, 99)}@example.net`
		: ofMember();
}
