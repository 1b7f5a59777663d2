import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Behaviour } from '../celonis/behaviour.mts';
import { flood, hang, respondWith } from '../celonis/faults/index.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import type { SimulatorOptions } from '../celonis/simulator.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { skipPauses } from '../support/pauses.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { addEvent, getNumbers, grantFullAccess, openTeam, type Team } from './n8n/team.mts';

skipPauses();

const FROM_MS = NOW_MS - 60 * MINUTE_MS;
const VERSIONS = ['v1', 'v2'] as const;

const byNumber = (numbers: readonly unknown[]) => [...(numbers as number[])].sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);
const isOfLog = ({ path }: { path: string }) => path.startsWith('/log');
const getPageSize = ({ query }: RecordedRequest) => Number(query.limit ?? query.pageSize);

async function openLog(count: number, options: SimulatorOptions = {}): Promise<Team> {
	const team = await openTeam(options);
	const stepMs = (50 * MINUTE_MS) / count;
	for (let i = 0; i < count; i++) addEvent(team, Math.floor(FROM_MS + 1000 + i * stepMs), i);
	return team;
}

async function list(team: Team, options: IDataObject, parameters: IDataObject = {}) {
	const { items, error } = await runNode(team, {
		authentication: 'key',
		returnAll: true,
		from: toIso(FROM_MS),
		...parameters,
		options,
	});
	return { numbers: byNumber(getNumbers(getJson(items))), error, items };
}

let workflows = 0;

/** Polls until nothing more is delivered, or 40 times. */
async function pollAll(team: Team, options: IDataObject, budgetMs = 20_000) {
	const parameters = { authentication: 'key', startFrom: 'date', startDate: toIso(FROM_MS) };
	const workflow = loadWorkflow('trigger', { ...parameters, options });
	const trigger = team.n8n.activate({ ...workflow, id: `pages-${++workflows}` }, { budgetMs });
	const numbers: unknown[] = [];
	for (let poll = 0, quiet = 0; poll < 40 && quiet < 2; poll++) {
		const delivered = await trigger.poll();
		quiet = delivered ? 0 : quiet + 1;
		for (const number of getNumbers(delivered)) numbers.push(number);
	}
	return byNumber(numbers);
}

const readers = [
	['list', async (team: Team, options: IDataObject) => (await list(team, options)).numbers],
	['trigger', pollAll],
] as const;

describe.each(readers)('the %s reads all events', (_reader, read) => {
	it.each(VERSIONS)(
		'if a response of more than 60 records is too large, %s',
		async (apiVersion) => {
			const team = await openLog(1500);
			team.celonis.faults.decide = (request) =>
				isOfLog(request) && getPageSize(request) > 60 ? flood() : undefined;
			expect(await read(team, { apiVersion })).toEqual(upTo(1500));
			const sizes = team.celonis.requests.filter(isOfLog).map(getPageSize);
			// The trigger opens each poll anew.
			if (_reader === 'list') expect(sizes.filter((size) => size > 60).length).toBeLessThan(5);
		},
	);

	it.each(VERSIONS)('if pages of more than 60 records are too slow, %s', async (apiVersion) => {
		const team = await openLog(600);
		team.celonis.faults.decide = (request) =>
			isOfLog(request) && getPageSize(request) > 60 ? hang() : undefined;
		expect(await read(team, { apiVersion, timeout: 0.2 })).toEqual(upTo(600));
	});

	it.each(VERSIONS)('if a later page is once too large, %s', async (apiVersion) => {
		const team = await openLog(2500);
		const when = (request: RecordedRequest) => isOfLog(request) && request.pageIndex === 1;
		team.celonis.faults.next({ when, times: 2 }, flood());
		expect(await read(team, { apiVersion })).toEqual(upTo(2500));
	});

	it.each(VERSIONS)('if the server has smaller pages than requested, %s', async (apiVersion) => {
		const behaviour = { cappedPageSize: 70 };
		const team = await openLog(700, { behaviour });
		expect(await read(team, { apiVersion })).toEqual(upTo(700));
	});

	it.each([400, 404, 410] as const)(
		'if page tokens expire after some requests, with status %d',
		async (expiredTokenStatus) => {
			for (const requests of [1, 4, 15]) {
				for (const concurrency of [1, 4, 16]) {
					const pageTokenLife = { requests, ms: Infinity };
					const team = await openLog(3000, { behaviour: { pageTokenLife, expiredTokenStatus } });
					expect(await read(team, { concurrency })).toEqual(upTo(3000));
				}
			}
		},
	);

	it('if page tokens expire after some time', async () => {
		const pageTokenLife = { requests: Infinity, ms: 2500 };
		const behaviour = { pageTokenLife, pageTimeMs: 1000 };
		const team = await openLog(6000, { behaviour });
		expect(await read(team, { concurrency: 1 })).toEqual(upTo(6000));
	});

	it.each(VERSIONS)('if dates with a zone are refused, %s', async (apiVersion) => {
		const team = await openLog(1500, { behaviour: { dateForm: 'seconds' } });
		expect(await read(team, { apiVersion })).toEqual(upTo(1500));
	});

	it.each<[string, Behaviour['totalCount']]>([
		['counts pages', 'pages'],
		['is a text', 'text'],
		['is missing', () => undefined],
		['is null', () => null],
		['is negative', () => -1],
		['is 0', () => 0],
		['is 1', () => 1],
		['counts all records of the team', () => 100_000],
		['is one too few', (records) => Math.max(0, records - 1)],
		['is too few', (records) => Math.floor(records / 2)],
		['is at most 400', (records) => Math.min(records, 400)],
		['is one too many', (records) => records + 1],
		['is too many', (records) => 2 * records + 7],
		['changes', changingCount()],
		['counts pages from 0', (records, size) => Math.max(0, Math.ceil(records / size) - 1)],
	])('if totalCount %s', async (_name, totalCount) => {
		for (const count of [3, 200, 601]) {
			for (const v1Empty of ['204', 'page'] as const) {
				const behaviour = { totalCount, v1Empty };
				const team = await openLog(count, { behaviour, contract: undefined });
				expect(await read(team, { apiVersion: 'v1' })).toEqual(upTo(count));
			}
		}
	});
});

/** A count that is another one with each request, but never too small. */
function changingCount(): Behaviour['totalCount'] {
	let requests = 0;
	return (records) => records + (++requests % 7);
}

describe('the trigger', () => {
	it('requests smaller pages in time before the deadline of a poll', async () => {
		const team = await openLog(100);
		team.celonis.faults.decide = (request) =>
			isOfLog(request) && getPageSize(request) > 60 ? hang() : undefined;
		const delivered = await pollAll(team, {}, 1500);
		expect(delivered).toEqual(upTo(100));
	});
});

describe('a totalCount that counts pages', () => {
	it('is understood in the Login History and in the list of members', async () => {
		const behaviour = { totalCount: 'pages' } as const;
		const team = await openTeam({
			behaviour,
			logins: { content: { backlog: { events: 600, days: 1 } } },
		});
		grantFullAccess(team);
		const logins = await runNode(team, { resource: 'loginEvent', returnAll: true, from: toIso(0) });
		expect(logins.items).toHaveLength(team.celonis.logins.getVisible(NOW_MS).length);
		expect(logins.items.length).toBeGreaterThan(400);

		const [first] = team.celonis.members.splice(0);
		for (const number of upTo(600)) {
			const changed = { ...first!.member, userId: `${number}` };
			team.celonis.members.push({ member: changed, isInternal: false });
		}
		const members = await runNode(team, { resource: 'member', returnAll: true });
		expect(members.items).toHaveLength(600);
	});

	it('still shows that pages shift', async () => {
		const team = await openTeam({ behaviour: { totalCount: 'pages' } });
		for (let i = 0; i < 450; i++) addEvent(team, NOW_MS - 1000 * (i + 1), i);
		let requests = 0;
		team.celonis.faults.decide = () => {
			// A late event appears inside the window, between two pages.
			if (++requests === 2) addEvent(team, NOW_MS - 1500, 'late');
			return undefined;
		};
		const { items } = await list(team, { apiVersion: 'v1' });
		const numbers = getNumbers(getJson(items));
		expect(numbers).toHaveLength(451);
		expect(new Set(numbers).size).toBe(451);
	});
});

describe('a page token that is always refused', () => {
	it.each([400, 404, 410])('ends the read after a few requests, with status %d', async (status) => {
		const team = await openLog(6000);
		team.celonis.faults.always(
			{ when: ({ query }) => query.pageToken !== undefined },
			respondWith(status, { body: { title: 'No', status, detail: 'No such token' } }),
		);
		const { items, error } = await list(team, {});
		expect(items).toEqual([]);
		expect(error?.message).toContain(String(status));
		expect(team.celonis.requests.filter(isOfLog).length).toBeLessThan(40);
	});
});

describe('a request without a page token that is refused', () => {
	it('is sent once more with dates of another form, and fails with the first error', async () => {
		const team = await openLog(10);
		let requests = 0;
		team.celonis.faults.decide = (request) =>
			isOfLog(request)
				? respondWith(400, { body: { errorInformation: `Refusal ${++requests}` } })
				: undefined;
		const { error } = await list(team, {});
		expect(error?.description).toContain('Refusal 1');
		expect(team.celonis.requests.filter(isOfLog).map(({ query }) => query.from)).toEqual([
			'2026-06-01T06:59:59.999Z',
			'2026-06-01T06:59:59',
		]);
	});
});

describe('a single record that is too large', () => {
	it('is an error that says so', async () => {
		const team = await openLog(3);
		team.celonis.faults.always({ when: isOfLog }, flood());
		const { error } = await list(team, {});
		expect(error?.message).toContain('although one record was requested');
	});
});

describe('one page of 200 000 records', () => {
	const behaviour = { ignoresPageSize: true };

	it.each(VERSIONS)(
		'is read by list and trigger, %s',
		async (apiVersion) => {
			const team = await openTeam({ contract: undefined, behaviour });
			for (const number of upTo(200_000)) {
				team.celonis.log.append({ timestamp: toIso(FROM_MS + 1000 + number), message: { number } });
			}
			expect((await list(team, { apiVersion })).items).toHaveLength(200_000);
			const delivered = await pollAll(team, { apiVersion, maxEventsPerPoll: 200_000 });
			expect(delivered).toEqual(upTo(200_000));
		},
		120_000,
	);

	it('is read as members', async () => {
		const team = await openTeam({ contract: undefined, behaviour });
		grantFullAccess(team);
		const [first] = team.celonis.members.splice(0);
		for (const number of upTo(200_000)) {
			const changed = { ...first!.member, userId: `${number}` };
			team.celonis.members.push({ member: changed, isInternal: false });
		}
		const { items } = await runNode(team, { resource: 'member', returnAll: true });
		expect(items).toHaveLength(200_000);
	}, 60_000);
});
