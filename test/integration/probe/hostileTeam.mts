import { isSafeName } from '../../../scripts/probe/fieldNames.mts';
import { Findings } from '../../../scripts/probe/findings.mts';
import { formatMarkdown } from '../../../scripts/probe/format.mts';
import { checkReport, FORMAT, VERSION } from '../../../scripts/probe/report.mts';
import { fullAccessClient } from '../../celonis/access.mts';
import { manualClock } from '../../celonis/clock.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { createTeamOptions } from './drawTeam.mts';
import { collectValues } from './leaks.mts';

const HOUR_MS = 3_600_000;

/**
 * A team with records whose keys and values are mails, names and secrets: besides 240 simple records, or
 * besides a company's year.
 */
export async function openHostileTeam(others: 'few records' | 'a company'): Promise<Simulator> {
	const clock = manualClock('2026-06-01T08:00:00.250Z');
	const growth = { eventsPerMinute: 4, lateShare: 0.2, maxLatenessMs: 120_000 };
	const team =
		others === 'a company'
			? createCompanyTeam(3, clock.now(), growth)
			: { ...createTeamOptions(0), growth };
	const simulator = await startSimulator({
		...team,
		clock,
		behaviour: { rateLimit: { limit: 4711, windowSeconds: 60, resetForm: 'seconds' } },
	});
	for (let i = 0; i < 40; i++) addHostileRecords(simulator, i);
	return simulator;
}

function addHostileRecords({ clock, log, logins }: Simulator, number: number): void {
	const timestamp = new Date(clock.now() - HOUR_MS / 2 + 1000 * number).toISOString();
	log.append({
		userId: `Grace Hopper ${number} (grace${number}@navy.example)`,
		userRole: 'SECRET_ROLE',
		event: `EVENT OF GRACE ${number}`,
		timestamp,
		message: {
			[`grace${number}@navy.example`]: 'granted',
			'Grace Hopper': { 'sk-live-4711': ['password-of-grace'] },
			id: `order-${number}`,
		},
		ipAddress: '203.0.113.99',
		'navy.eu-1.celonis.cloud': 'xoxb-secret-token',
		id: `record-${number}-of-grace`,
	});
	const login = { authenticationEventType: 'LOGIN', success: true, timestamp };
	const email = `login${number}@navy.example`;
	logins.append({ ...login, email, 'login@navy.example': 'hidden-login' });
}

/** Everything that must not get into a report, but for what stands in each report. */
export function listSecrets({ log, logins, members, clock, url }: Simulator): string[] {
	const records = [log, logins].flatMap((each) => each.getVisible(clock.now()));
	const values = [...records.map(({ json }) => JSON.parse(json) as unknown), ...members];
	const { clientId, clientSecret } = fullAccessClient;
	const { host, hostname, port } = new URL(url);
	const own = [clientId, clientSecret, url, host, hostname, port, 'Bearer', 'AppKey'];
	const emptyReport = createEmptyReport();
	return [...own, ...collectValues(values, (key) => !isSafeName(key))].filter(
		(value) => !isSafeName(value) && !emptyReport.includes(value),
	);
}

/** Both files of a report that has seen nothing. */
function createEmptyReport(): string {
	const report = checkReport({
		format: FORMAT,
		version: VERSION,
		credential: 'client',
		end: 'complete',
		requests: 0,
		watchedMinutes: 0,
		findings: new Findings().list(),
	});
	return JSON.stringify(report) + formatMarkdown(report);
}
