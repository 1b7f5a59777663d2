import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { MAX_REQUESTS } from '../../../scripts/probe/client.mts';
import { getSeen, type ProbeReport } from '../../../scripts/probe/report.mts';
import type { SeenFields } from '../../../scripts/probe/seen.mts';
import { fullAccessApiKey, fullAccessAppKey } from '../../celonis/access.mts';
import {
	rateLimited,
	redirectTo,
	resetBeforeResponse,
	respondWith,
} from '../../celonis/faults/index.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { probeSimulator } from '../../support/probeTeam.mts';
import { closeLoop } from './closedLoop.mts';
import { createTeamOptions } from './drawTeam.mts';

const OPENAPI_FILE = new URL('../../../docs/openapi/celonis-audit-log.yaml', import.meta.url);

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator(createTeamOptions(0));
});
afterEach(() => simulator.close());

const listSeen = ({ findings }: ProbeReport) =>
	findings.filter(({ verdict }) => verdict !== 'not seen');

describe('a probe', () => {
	it('settles the facts of a team that behaves as assumed, with reading requests only', async () => {
		const report = await probeSimulator(simulator);
		expect(report).toMatchObject({ credential: 'client', end: 'complete' });
		expect(report.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
		expect(listSeen(report).length).toBeGreaterThan(75);
		expect(report.requests).toBe(simulator.requests.length);
		expect(report.requests).toBeLessThanOrEqual(MAX_REQUESTS);
		const writing = simulator.requests.filter(({ method }) => method !== 'GET');
		expect(new Set(writing.map(({ path }) => path))).toEqual(new Set(['/oauth2/token']));
	});

	it.each([
		['application key', 'appKey', fullAccessAppKey.key],
		['API key', 'apiKey', fullAccessApiKey.key],
	] as const)('accepts an %s', async (credential, keyType, authKey) => {
		const { url } = simulator;
		const report = await probeSimulator(simulator, {
			team: { url, key: { teamUrl: url, keyType, authKey } },
		});
		expect(report).toMatchObject({ credential, end: 'complete' });
		expect(getSeen(report, 'members.access')).toBe('ok');
	});

	it('sends no more than its maximum of requests, and two a second, to the oddest team', async () => {
		const { behaviour } = simulator;
		Object.assign(behaviour, { tokenUses: 1, emptyPageWithToken: true, cappedPageSize: 5 });
		const report = await probeSimulator(simulator);
		expect(report.end).toBe('all requests used');
		expect(simulator.requests.length).toBeLessThanOrEqual(MAX_REQUESTS);
		const times = simulator.requests.map(({ at }) => at);
		times.slice(1).forEach((at, i) => expect(at - times[i]!).toBeGreaterThanOrEqual(500));
	});

	it('stops at the first 429, and reports what it has seen', async () => {
		simulator.faults.next({ when: () => simulator.requests.length === 20 }, rateLimited());
		const report = await probeSimulator(simulator);
		expect(report.end).toBe('rate limited');
		expect(simulator.requests).toHaveLength(20);
		expect(getSeen(report, 'v2.fromBound')).toBe('inclusive');
		expect(getSeen(report, 'v1.order')).toBeUndefined();
	});

	it('reports what it has seen when it is interrupted', async () => {
		const interruption = new AbortController();
		const report = await probeSimulator(simulator, {
			signal: interruption.signal,
			onStep: (_text, requests) => requests >= 15 && interruption.abort(),
		});
		expect(report.end).toBe('interrupted');
		expect(simulator.requests.length).toBeLessThan(20);
		expect(getSeen(report, 'v2.order')).toBe('newest first');
	});

	it('follows no redirect', async () => {
		const other = await startSimulator();
		simulator.faults.always(
			{ when: ({ path }) => path !== '/oauth2/token' },
			redirectTo(`${other.url}/log/api/external/v2/audit`),
		);
		const report = await probeSimulator(simulator);
		expect(getSeen(report, 'v2.access')).toBe('redirect');
		expect(other.requests).toEqual([]);
		await other.close();
	});

	it('survives single broken connections, and ends when nothing answers', async () => {
		simulator.faults.next({ when: () => simulator.requests.length === 12 }, resetBeforeResponse());
		expect((await probeSimulator(simulator)).end).toBe('complete');
		simulator.faults.always({}, resetBeforeResponse());
		expect((await probeSimulator(simulator)).end).toBe('no connection');
	});

	it('says what a credential may not read', async () => {
		simulator.access.oauthClients[1]!.scopes = ['audit.log:read'];
		simulator.access.membersEnabled = false;
		const report = await probeSimulator(simulator);
		expect(report.end).toBe('complete');
		expect(getSeen(report, 'logins.access')).toBe('scope refused');
		expect(getSeen(report, 'members.access')).toBe('scope refused');
		expect(report.findings.find(({ id }) => id === 'logins.order')).toMatchObject({
			verdict: 'not seen',
			reason: 'not readable',
		});
	});

	it("reads the team's own schema where it is reachable", async () => {
		const document = parse(readFileSync(OPENAPI_FILE, 'utf8')) as object;
		simulator.faults.always(
			{ when: { path: '/log/v3/api-docs' } },
			respondWith(200, { body: document }),
		);
		const report = await probeSimulator(simulator);
		expect(getSeen(report, 'schema.version2')).toBe('yes');
		expect(getSeen(report, 'schema.parameters')).toEqual({
			names: { from: ['text'], limit: ['number'], pageToken: ['text'], to: ['text'] },
			others: 0,
		});
		expect(getSeen<SeenFields>(report, 'schema.recordFields')?.names).toMatchObject({
			userId: ['text'],
			message: ['text', 'null', 'object'],
		});
	});

	it('sees by a watch how late events appear', async () => {
		const { clock, log } = simulator;
		const visible = clock.now() + 150_000;
		for (let second = 0; second < 600; second += 20) {
			const ms = clock.now() + 1000 * second;
			const record = {
				userId: `id-${second}`,
				userRole: '',
				event: 'E',
				timestamp: new Date(ms).toISOString(),
			};
			log.append(record, { visibleFrom: second === 60 ? visible : ms });
		}
		const report = await probeSimulator(simulator, { watchMinutes: 6 });
		expect(report.watchedMinutes).toBe(6);
		expect(getSeen(report, 'v2.late')).toBe(1);
		expect(getSeen(report, 'v2.lateness')).toBe('2 minutes');
		expect(getSeen(report, 'logins.late')).toBe(0);
	});
});

describe('a simulator like a reported team', () => {
	it.each([14])('gives the same report: drawn team %i', async (seed) => {
		const { first, second } = await closeLoop(seed);
		expect(first.end).toBe('complete');
		expect(second).toEqual(first);
	});
});
