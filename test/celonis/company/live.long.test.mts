import { afterEach, describe, expect, it } from '@jest/globals';
import { fullAccessAppKey } from '../access.mts';
import { auditV1Path } from '../auditV1.mts';
import { manualClock } from '../clock.mts';
import { loadContract } from '../contract.mts';
import { serverError } from '../faults/index.mts';
import type { Member } from '../members.mts';
import { membersPath } from '../members.mts';
import type { AuditRecord } from '../records.mts';
import { startSimulator, type Simulator } from '../simulator.mts';
import { fullAccessAppKeyHeader, get } from '../testClient.mts';
import { createCompanyTeam } from './team.mts';

/** A Tuesday in the second week of a month. */
const nowMs = Date.parse('2026-06-09T06:00:00Z');
const HOUR_MS = 3_600_000;
const growth = { eventsPerMinute: 4, lateShare: 0.1, maxLatenessMs: 120_000 };

let simulator: Simulator | undefined;
afterEach(async () => await simulator?.close());

describe('the days of a company after its start', () => {
	it('are the same in whatever steps they are read', () => {
		const atOnce = createCompanyTeam(3, nowMs, growth);
		const inSteps = createCompanyTeam(3, nowMs, growth);
		const endMs = nowMs + 50 * HOUR_MS;
		for (let ms = nowMs; ms < endMs; ms += 7 * HOUR_MS) {
			inSteps.logins.log.getVisible(ms);
			inSteps.log.getVisible(ms);
			inSteps.members(ms);
		}
		const read = ({ log, logins, members }: ReturnType<typeof createCompanyTeam>) => [
			log
				.read({ from: nowMs, fromBound: 'inclusive', toBound: 'inclusive' }, endMs, 'asc')
				.map(({ json }) => json),
			logins.log
				.read({ from: nowMs, fromBound: 'inclusive', toBound: 'inclusive' }, endMs, 'asc')
				.map(({ json }) => json),
			members(endMs),
		];
		expect(JSON.stringify(read(inSteps))).toBe(JSON.stringify(read(atOnce)));
	});

	it('go on with people by day and scheduled jobs by night, all of them valid and visible in time', async () => {
		const clock = manualClock(nowMs);
		const contract = loadContract();
		simulator = await startSimulator({
			clock,
			contract,
			...createCompanyTeam(3, nowMs, growth),
		});
		const read = async (from: number, to: number) => {
			const query = {
				from: new Date(from).toISOString(),
				to: new Date(to).toISOString(),
				pageSize: 200,
			};
			const response = await get(simulator!, auditV1Path, query, fullAccessAppKeyHeader);
			return ((await response.json()) as { content: AuditRecord[] }).content;
		};
		simulator.behaviour.v1Empty = 'page';
		expect(await read(nowMs + 1, nowMs + HOUR_MS)).toEqual([]);

		clock.advance(4 * HOUR_MS);
		const byDay = await read(nowMs + 3 * HOUR_MS, nowMs + 3.5 * HOUR_MS);
		expect(byDay.length).toBeGreaterThan(80);
		expect(byDay.filter(({ userId }) => userId.includes('@')).length).toBeGreaterThan(
			byDay.length / 2,
		);

		clock.advance(16 * HOUR_MS);
		const byNight = await read(nowMs + 18 * HOUR_MS, nowMs + 20 * HOUR_MS);
		expect(byNight.length).toBeGreaterThan(40);
		expect(byNight.filter(({ userId }) => userId.includes('@'))).toEqual([]);

		const response = await get(
			simulator,
			membersPath,
			{ includeInternal: 'false' },
			fullAccessAppKeyHeader,
		);
		const { content } = (await response.json()) as { content: Member[] };
		const active = new Map(content.map((member) => [member.userId, member]));
		for (const { userId } of byDay.filter((event) => event.userId.includes('@'))) {
			const member = active.get(userId.slice(0, 36))!;
			expect(member.status).toBe('Active');
			expect(Date.parse(member.lastLogin!)).toBeGreaterThan(nowMs - HOUR_MS);
		}

		simulator.faults.next({ when: { path: auditV1Path } }, serverError(503));
		expect((await get(simulator!, auditV1Path, {}, fullAccessAppKeyHeader)).status).toBe(503);
		simulator.access.appKeys.find(({ key }) => key === fullAccessAppKey.key)!.membersPermission =
			false;
		expect(
			(await get(simulator!, membersPath, { includeInternal: 'true' }, fullAccessAppKeyHeader))
				.status,
		).toBe(403);
		expect(simulator.contractProblems).toEqual([]);
	});
});
