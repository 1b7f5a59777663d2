import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadContract } from '../contract.mts';
import type { LoginRecord } from '../loginEvents.mts';
import type { AuditRecord } from '../records.mts';
import { eventNames } from '../records.mts';
import { getFirstDate, isWorkingHour } from './calendar.mts';
import { Company } from './company.mts';
import { fullNames } from './names.mts';
import type { CompanyTeam } from './team.mts';
import { createCompanyTeam } from './team.mts';

const nowMs = Date.parse('2026-05-20T09:30:00Z');
const DAY_MS = 86_400_000;
const noGrowth = { eventsPerMinute: 0 };

let team: CompanyTeam;
let texts: string[];
let audit: AuditRecord[];
let logins: LoginRecord[];
beforeAll(() => {
	team = createCompanyTeam(1, nowMs, noGrowth);
	texts = team.log.getVisible(nowMs).map(({ json }) => json);
	audit = texts.map((json) => JSON.parse(json) as AuditRecord);
	logins = team.logins.log.getVisible(nowMs).map(({ json }) => JSON.parse(json) as LoginRecord);
});

const isPerson = ({ userId }: AuditRecord) => userId.includes('@');

function countBy<T>(list: readonly T[], getKey: (element: T) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const element of list) counts.set(getKey(element), (counts.get(getKey(element)) ?? 0) + 1);
	return counts;
}

describe('the history of a company', () => {
	it('is the same for a seed, and goes on where it was when it is created later in the month', () => {
		const laterMs = nowMs + 3 * DAY_MS;
		const later = createCompanyTeam(1, laterMs, noGrowth);
		const known = later.log.getVisible(laterMs).map(({ json }) => json);
		expect(known.length).toBeGreaterThan(texts.length);
		expect(known.slice(0, texts.length).join('\n')).toBe(texts.join('\n'));
		expect(later.members(nowMs)).toEqual(team.members(nowMs));
		const attempts = later.logins.log.getVisible(laterMs).slice(0, logins.length);
		expect(attempts.map(({ json }) => json).join()).toBe(
			logins.map((it) => JSON.stringify(it)).join(),
		);
	});

	it('is another one for another seed', () => {
		const createFirstDays = (seed: number) => {
			const company = new Company(seed, nowMs);
			company.growTo(getFirstDate(nowMs) * DAY_MS + 10 * DAY_MS);
			return company.days.flatMap((day) => day.audit);
		};
		expect(createFirstDays(1)[0]!.json).toBe(texts[0]);
		expect(createFirstDays(2).map(({ json }) => json)).not.toContain(texts[1]);
	});

	it('has records, sign-ins and members that are valid against the OpenAPI document', () => {
		const contract = loadContract();
		const headers = { 'content-type': 'application/json' };
		const check = (path: string, records: readonly unknown[]) => {
			const operation = contract.findOperation({ method: 'GET', path })!;
			const problems: string[] = [];
			for (let start = 0; start < records.length; start += 200) {
				const content = records.slice(start, start + 200);
				const page = { content, pageNumber: 0, pageSize: 200, totalCount: records.length };
				problems.push(...contract.checkResponse(operation, 200, headers, JSON.stringify(page)));
			}
			expect(problems).toEqual([]);
		};
		check('/log/api/external/audit', audit);
		check('/api/external/authentication-events', logins);
		check(
			'/api/external/members',
			team.members(nowMs).map(({ member }) => member),
		);
	});

	it('covers 13 months and more, each with events, in a size that a team of 70 causes', () => {
		const months = countBy(audit, ({ timestamp }) => timestamp.slice(0, 7));
		expect(months.size).toBe(14);
		expect([...months.keys()][0]).toBe('2025-04');
		for (const count of months.values()) expect(count).toBeGreaterThan(500);
		expect(audit.length).toBeGreaterThan(20_000);
		expect(audit.length).toBeLessThan(40_000);
		expect(logins.length).toBeGreaterThan(5000);
	});

	it.each([
		'2026-01-01T00:00:00Z',
		'2026-02-28T23:30:00Z',
		'2026-03-29T01:30:00Z',
		'2026-03-31T22:30:00Z',
		'2028-02-29T12:00:00Z',
	])('starts 13 months before the month of %s', (text) => {
		const local = new Date(Date.parse(text) + (text.includes('T22') ? 2 : 1) * 3_600_000);
		const expected = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 13, 1);
		expect(getFirstDate(Date.parse(text)) * DAY_MS).toBe(expected);
	});

	it('has most of the published events, and no others', () => {
		const seen = new Set(audit.map(({ event }) => event));
		expect(seen.size).toBeGreaterThan(280);
		expect([...seen].filter((event) => !eventNames.includes(event))).toEqual([]);
	});

	it('happens in working hours, with little in the evening and at weekends', () => {
		const ofPeople = audit.filter(isPerson).map(({ timestamp }) => Date.parse(timestamp));
		const share = ofPeople.filter(isWorkingHour).length / ofPeople.length;
		expect(share).toBeGreaterThan(0.88);
		expect(share).toBeLessThan(0.995);
		const holidays = ofPeople.filter((ms) => new Date(ms).toISOString().slice(5, 10) === '12-25');
		expect(holidays.length).toBeLessThan(10);
	});

	it('has scheduled jobs at night, at weekends too, some of which fail', () => {
		const jobs = audit.filter(({ userId }) => userId === 'celonis-service (SYSTEM)');
		const status = countBy(jobs, ({ message }) => String((message as { status?: string }).status));
		expect(status.get('FAILED')).toBeGreaterThan(20);
		expect(status.get('SUCCESS')).toBeGreaterThan(status.get('FAILED')! * 10);
		const weekdays = countBy(jobs, ({ timestamp }) => String(new Date(timestamp).getUTCDay()));
		expect(weekdays.size).toBe(7);
	});

	it('has more exports at the end of a month', () => {
		const exports = audit.filter(({ event }) => event === 'ANALYSIS_EXPORT_AUDIT_LOG_EVENT');
		const days = countBy(exports, ({ timestamp }) => timestamp.slice(0, 10));
		const isEnd = (date: string) => ['2025-10-31', '2026-01-30', '2026-04-30'].includes(date);
		const ends = [...days].filter(([date]) => isEnd(date)).map(([, count]) => count);
		expect(ends).toHaveLength(3);
		const mean = exports.length / days.size;
		expect(ends.reduce((sum, count) => sum + count, 0) / 3).toBeGreaterThan(2 * mean);
	});

	it('has one night with guessed passwords, and typos on other mornings', () => {
		const failed = logins.filter((login) => login.authenticationEventType === 'BAD_CREDENTIALS');
		const days = [...countBy(failed, ({ timestamp }) => timestamp.slice(0, 10)).values()];
		expect(days.filter((count) => count > 80)).toHaveLength(1);
		expect(days.filter((count) => count < 10).length).toBeGreaterThan(20);
		const locked = logins.filter(
			(login) => login.authenticationEventType === 'ACCOUNT_TEMPORARILY_LOCKED',
		);
		expect(new Set(locked.map(({ timestamp }) => timestamp.slice(0, 10))).size).toBe(1);
		expect(logins.filter(({ success }) => success).length).toBeGreaterThan(logins.length * 0.9);
	});

	it.each(['SSO_PROVIDER_UPDATED', 'TWO_FACTOR_UPDATED', 'IP_RESTRICTIONS_SET', 'SCIM_UPDATED'])(
		'has %s once, by an admin',
		(event) => {
			const found = audit.filter((record) => record.event === event);
			expect(found).toHaveLength(1);
			expect(found[0]!.userRole).toBe('ADMIN');
		},
	);

	it('contains reserved domains and addresses only, and only names of the list', () => {
		const all = texts.join('\n') + JSON.stringify(logins) + JSON.stringify(team.members(nowMs));
		const domains = new Set(all.match(/@[\w.-]+/g));
		expect([...domains].sort()).toEqual(['@celonis.example', '@example.com', '@example.org']);
		const addresses = new Set(audit.map(({ ipAddress }) => ipAddress));
		for (const address of addresses) {
			if (address === null) continue;
			expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/);
		}
		expect(addresses.size).toBeGreaterThan(40);
		const names = team.members(nowMs).map(({ member }) => member.nameAndEmail.split(' (')[0]!);
		const unknown = names.filter((name) => !fullNames.includes(name));
		expect(unknown.every((name) => /Hollander$|^Celonis Support$/.test(name))).toBe(true);
	});

	it('has the fields of the published record in its order, and the port as text', () => {
		const fields = 'userId userRole event timestamp message ipAddress port diffPayload'.split(' ');
		expect(countBy(audit, (record) => Object.keys(record).join(' ')).size).toBe(1);
		expect(Object.keys(audit[0]!)).toEqual(fields);
		expect(new Set(audit.map(({ port }) => port))).toEqual(new Set(['443', null]));
	});
});
