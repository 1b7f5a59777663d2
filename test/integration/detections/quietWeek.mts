import catalogue from '../../../data/celonis-audit-events.json' with { type: 'json' };
import { createLoginGenerator } from '../../celonis/loginEvents.mts';
import { createRecordGenerator } from '../../celonis/records.mts';
import { DAY_MS, HOUR_MS } from '../../support/durations.mts';

type AnyRecord = Readonly<Record<string, unknown>>;

/** Categories whose events are the daily work of analysts and engineers. */
const DAILY_WORK = [
	'Action Flows',
	'Business Miner',
	'Data Integration',
	'Data Integration (extensive audit logging, opt-in)',
	'Machine Learning',
	'Object-centric data model',
	'Process Automation',
	'Studio',
	'Task Mining',
	'Trash',
] as const satisfies ReadonlyArray<keyof typeof catalogue>;

/** What admins do every week. */
const ADMIN_ROUTINE = [
	'AUDIT_LOG_CSV_DOWNLOADED',
	'GROUP_UPDATED',
	'OAUTH_CLIENT_SECRET_REGENERATED',
	'PERMISSIONS_UPDATE',
	'TEAM_MEMBERSHIP_CREATED',
	'TEAM_MEMBERSHIP_DELETED',
	'TEAM_MEMBERSHIP_UPDATED',
	'USER_CHANGE_PASSWORD',
	'USER_GENERATE_API_KEY',
	'USER_JOIN_GROUP',
	'USER_LEFT_GROUP',
	'USER_NAME_UPDATED',
];

const ROUTINE = new Set<string>([
	...DAILY_WORK.flatMap<string>((category) => catalogue[category]).filter(
		(name) => !name.startsWith('DATA_POOL_OUTBOUND_SHARE'),
	),
	...ADMIN_ROUTINE,
]);

const FIRST_HOUR = 7;
const HOURS_A_DAY = 11;
const WEEK_DAYS = 7;

/** The times of so many events a working day, evenly spread, in a week that starts at midnight. */
function spread(startMs: number, eventsPerDay: number): number[] {
	return Array.from({ length: WEEK_DAYS * eventsPerDay }, (_, index) => {
		const day = Math.floor(index / eventsPerDay);
		const share = (index % eventsPerDay) / eventsPerDay;
		return Math.round(startMs + day * DAY_MS + (FIRST_HOUR + share * HOURS_A_DAY) * HOUR_MS);
	});
}

/** A week of a team in which nothing happens that needs an alert: eight people and Celonis itself. */
export function createQuietWeek(startMs: number, eventsPerDay: number): AnyRecord[] {
	const generate = createRecordGenerator(11);
	return spread(startMs, eventsPerDay).map((timestampMs) => {
		let record = generate(timestampMs);
		while (!ROUTINE.has(record.event)) record = generate(timestampMs);
		return { ...record, message: withoutAdmin(record.message) };
	});
}

/** Nobody becomes an admin in a quiet week. */
function withoutAdmin(message: unknown): unknown {
	const { new_permissions: permissions } = (message ?? {}) as { new_permissions?: string[] };
	if (!permissions) return message;
	return {
		...(message as object),
		new_permissions: permissions.filter((permission) => permission !== 'ADMIN'),
	};
}

/** The logins of that week: mostly successes, and mistakes. */
export function createQuietLogins(startMs: number, eventsPerDay: number): AnyRecord[] {
	const generate = createLoginGenerator(11) as (timestampMs: number) => AnyRecord;
	return spread(startMs, eventsPerDay).map(generate);
}
