import type { Random } from '../random.mts';
import type { Person } from './people.mts';
import type { Presence, SignIn, Today, World } from './world.mts';
import { drawBetween } from './world.mts';

const MINUTE_MS = 60_000;
const TYPO_SHARE = 0.06;
const WRONG_CODE_SHARE = 0.05;
const WRONG_PROVIDER_SHARE = 0.01;
const SECOND_SIGN_IN_SHARE = 0.35;
const LOGOUT_SHARE = 0.3;
/** How often somebody who left tries to sign in, and for how many days. */
const FORMER_SHARE = 0.05;
const FORMER_DAYS = 40;

const DAY_MS = 24 * 60 * MINUTE_MS;

/** The sign-ins of a day: of those who work, and the attempts of others. */
export function signIn(today: Today): void {
	for (const presence of today.presences) signInToWork(today, presence);
	for (const person of today.world.people) tryInVain(today, person);
	letSupportIn(today);
}

/** How somebody signs in at a time. */
export function getSignInType({ effectiveFrom }: World, person: Person, ms: number): string {
	if (person.isInternal) return 'LOGIN_CELONIS_ID';
	if (person.department.isExternal)
		return effectiveFrom.partnerSignOn < ms ? 'LOGIN_OIDC' : 'LOGIN';
	return !person.department.usesPassword && effectiveFrom.singleSignOn < ms ? 'LOGIN_SSO' : 'LOGIN';
}

function signInToWork(
	{ random, signIns, world }: Today,
	{ person, startMs, endMs }: Presence,
): void {
	const type = getSignInType(world, person, startMs);
	signIns.push(...drawFailures(random, world, person, startMs, type));
	addSuccess(signIns, person, startMs, type);
	const isLong = endMs - startMs > 240 * MINUTE_MS;
	if (isLong && random.chance(SECOND_SIGN_IN_SHARE)) {
		const ms = drawBetween(random, startMs + 180 * MINUTE_MS, endMs - 20 * MINUTE_MS);
		addSuccess(signIns, person, ms, getSignInType(world, person, ms));
	}
	if (random.chance(LOGOUT_SHARE)) {
		signIns.push({
			ms: Math.floor(endMs) + random.integer(0, 4 * MINUTE_MS),
			person,
			type: 'LOGOUT',
		});
	}
}

/** What goes wrong right before a sign-in: typos, wrong codes, the wrong way to sign in. */
function drawFailures(
	random: Random,
	{ effectiveFrom }: World,
	person: Person,
	beforeMs: number,
	type: string,
): SignIn[] {
	const failures: SignIn[] = [];
	let ms = Math.floor(beforeMs);
	const add = (failure: string) => {
		ms -= random.integer(6000, 25_000);
		if (ms > person.invitedMs) failures.unshift({ ms, person, type: failure });
	};
	const hasPassword = type === 'LOGIN';
	if (hasPassword && effectiveFrom.twoFactor < ms && random.chance(WRONG_CODE_SHARE))
		add('INVALID_2FA_TOKEN');
	if (hasPassword && random.chance(TYPO_SHARE)) {
		for (let count = random.integer(1, 3); count > 0; count--) add('BAD_CREDENTIALS');
	}
	if (!hasPassword && random.chance(WRONG_PROVIDER_SHARE)) add('INVALID_PROVIDER');
	if (beforeMs - person.joinedMs < 10 * MINUTE_MS && random.chance(0.3)) {
		// Too early: the membership is confirmed a moment later.
		ms = Math.min(ms, person.joinedMs);
		add(random.chance(0.5) ? 'TEAM_MEMBERSHIP_NOT_CONFIRMED' : 'ACCOUNT_NOT_CONFIRMED');
	}
	return failures;
}

function addSuccess(signIns: SignIn[], person: Person, ms: number, type: string): void {
	const at = Math.floor(ms);
	signIns.push({ ms: at, person, type });
	person.signInsMs.push(at);
}

/** Somebody who left tries the old account. */
function tryInVain({ day, random, signIns }: Today, person: Person): void {
	const ms = day.at(8 + random.fraction() * 12);
	if (ms < person.leftMs + DAY_MS / 4 || ms > person.leftMs + FORMER_DAYS * DAY_MS) return;
	if (!random.chance(FORMER_SHARE)) return;
	const type = random.chance(0.7) ? 'TEAM_MEMBERSHIP_NOT_ACTIVE' : 'ACCOUNT_NOT_ACTIVE';
	signIns.push({ ms, person, type });
}

/** Celonis' support helps now and then. */
function letSupportIn({ day, random, signIns, world }: Today): void {
	if (!day.isWorkday || !random.chance(0.02)) return;
	addSuccess(signIns, world.support, day.at(10 + random.fraction() * 5), 'LOGIN_CELONIS_ID');
}
