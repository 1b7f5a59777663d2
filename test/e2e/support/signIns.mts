import { DateTime } from 'luxon';
import {
	createLoginGenerator,
	LoginHistory,
	type LoginRecord,
} from '../../celonis/loginEvents.mts';
import { HOUR_MS, MINUTE_MS } from '../../support/durations.mts';

/** The people of `createSignIns` who fail ten times or more in the last hour, in capitals and not. */
export const attacked = { intruded: 'mallory@example.com', withstood: 'eve@example.com' } as const;

/**
 * Sign-ins of a day. In the last hour, two people fail more than ten times, one of them successfully; another one fails nine
 * times, and a fourth had failed often before.
 */
export function createSignIns(): LoginHistory {
	const now = Date.now();
	const logins = new LoginHistory();
	const makeLogin = createLoginGenerator();
	for (let minute = 24 * 60; minute > 5; minute -= 7) {
		// None of them can enter or leave the window during the test.
		if (minute < 55 || minute > 65) logins.append(makeLogin(now - minute * MINUTE_MS));
	}
	const append = (minute: number, email: string, authenticationEventType: string) => {
		const success = authenticationEventType.startsWith('LOG');
		const timestamp = new Date(now - minute * MINUTE_MS).toISOString();
		logins.append({ authenticationEventType, email, success, timestamp });
	};
	const fail = (email: string, count: number, fromMinute: number) => {
		for (let index = 0; index < count; index++) {
			const spelt = index % 2 === 0 ? email : email.toUpperCase();
			append(fromMinute - index, spelt, 'BAD_CREDENTIALS');
		}
	};
	fail(attacked.withstood, 12, 50);
	fail(attacked.intruded, 10, 40);
	append(20, attacked.intruded, 'LOGIN_CELONIS_ID');
	fail('clumsy@example.com', 9, 30);
	append(19, 'clumsy@example.com', 'LOGIN');
	fail('yesterday@example.com', 30, 20 * 60);
	// Signing out is no success of an intruder.
	append(10, attacked.withstood, 'LOGOUT');
	return logins;
}

/** The line of the example `failed-sign-ins` about a person, counted from the last hour of the log. */
export function describeAttack(logins: LoginHistory, person: string, zone: string): string {
	const now = Date.now();
	const events = logins
		.getVisible(now)
		.filter(({ timestamp }) => timestamp > now - HOUR_MS)
		.map(({ json }) => JSON.parse(json) as LoginRecord)
		.filter(({ email }) => email.toLowerCase() === person);
	const failures = events.filter(({ success }) => !success);
	const signIn = events.findLast(
		({ success, authenticationEventType }) => success && authenticationEventType !== 'LOGOUT',
	);
	const showTime = (event: LoginRecord | undefined) =>
		DateTime.fromISO(event!.timestamp).setZone(zone).toFormat('yyyy-MM-dd HH:mm');
	const span = `from ${showTime(failures[0])} to ${showTime(failures.at(-1))}`;
	const end = signIn ? `, *and signed in at ${showTime(signIn)}*` : '';
	return `${person}: ${failures.length} failed sign-ins ${span}${end}`;
}
