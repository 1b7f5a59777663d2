import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { respondWith, serverError } from '../celonis/faults/index.mts';
import {
	addEvent,
	getNumbers,
	openTeam,
	getRecords,
	getVisibleRecords,
	type Team,
} from './n8n/team.mts';
import { loadWorkflow, type ActiveTrigger, type ParameterChanges } from './n8n/n8nHarness.mts';
import { MINUTE_MS } from '../support/durations.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');

/** Activates the trigger workflow; each test has a workflow of its own. */
let workflows = 0;
function activate({ n8n }: Team, parameters: ParameterChanges = {}) {
	const workflow = { ...loadWorkflow('trigger', parameters), id: `trigger-${++workflows}` };
	return {
		trigger: n8n.activate(workflow),
		/** Restarts n8n with the saved state. */
		restart: (saved: IDataObject) =>
			n8n.activate(workflow, { staticData: JSON.parse(JSON.stringify(saved)) }),
	};
}

/** Polls once a minute of the server's time, and returns all delivered events. */
async function pollMinutes({ celonis }: Team, trigger: ActiveTrigger, minutes: number) {
	const delivered: IDataObject[] = [];
	for (let minute = 0; minute < minutes; minute++) {
		celonis.clock.advance(MINUTE_MS);
		delivered.push(...((await trigger.poll()) ?? []));
	}
	return delivered;
}

describe.each([
	['oAuth2', 'v1'],
	['oAuth2', 'v2'],
	['key', 'v1'],
	['key', 'v2'],
] as const)('with %s and API %s', (authentication, apiVersion) => {
	it('delivers every event of a growing log once, also late events and across a restart', async () => {
		const team = await openTeam({
			growth: { eventsPerMinute: 40, lateShare: 0.2, maxLatenessMs: 9 * MINUTE_MS },
		});
		const { trigger, restart } = activate(team, { authentication, options: { apiVersion } });
		expect(await trigger.poll()).toBeNull();

		const before = await pollMinutes(team, trigger, 6);
		const after = await pollMinutes(team, restart(trigger.save()), 16);

		const delivered = getRecords([...before, ...after]).map((record) => JSON.stringify(record));
		const shown = getVisibleRecords(team).map((record) => JSON.stringify(record));
		expect(delivered.sort()).toEqual(shown.sort());
		expect(delivered.length).toBeGreaterThan(500);
	});
});

describe('the first poll', () => {
	it('delivers nothing, and what happens from then on comes with the next', async () => {
		const team = await openTeam();
		addEvent(team, NOW - MINUTE_MS, 'before');
		const { trigger } = activate(team);
		expect(await trigger.poll()).toBeNull();
		addEvent(team, NOW + 1000, 'after');
		expect(getNumbers(await pollMinutes(team, trigger, 2))).toEqual(['after']);
	});

	it('counts as the start even if n8n throws its state away (durable engine)', async () => {
		const team = await openTeam();
		const { trigger, restart } = activate(team);
		expect(await trigger.poll()).toBeNull();
		addEvent(team, NOW + 1000, 'between');
		team.celonis.clock.advance(MINUTE_MS);
		expect(getNumbers(await restart({}).poll('trigger', 'update'))).toEqual(['between']);
	});

	it('is not gone back to when the node is renamed while n8n runs', async () => {
		const team = await openTeam();
		const workflow = { ...loadWorkflow('trigger'), id: 'renamed' };
		const trigger = team.n8n.activate(workflow);
		await trigger.poll();
		[1, 2].forEach((number) => addEvent(team, NOW + number, number));
		expect(getNumbers(await pollMinutes(team, trigger, 3))).toEqual([1, 2]);

		// n8n keeps the state by the node's name: under the new one it finds none.
		for (const node of workflow.nodes) node.name = 'Audit';
		const renamed = team.n8n.activate(workflow, { staticData: trigger.save() });
		expect(await pollMinutes(team, renamed, 3)).toEqual([]);
	});

	it('delivers what the log holds since the start date', async () => {
		const team = await openTeam();
		[50, 30, 10].forEach((minutes) => addEvent(team, NOW - minutes * MINUTE_MS, minutes));
		const { trigger } = activate(team, {
			startFrom: 'date',
			startDate: '2026-06-01T09:30:00', // Berlin: 30 minutes ago
		});
		expect(getNumbers(await trigger.poll())).toEqual([30, 10]);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('delivery', () => {
	it('is oldest first, whatever the order of the server', async () => {
		for (const order of ['asc', 'desc', 'shuffled'] as const) {
			const team = await openTeam({ behaviour: { order } });
			const { trigger } = activate(team);
			await trigger.poll();
			for (let i = 0; i < 700; i++) addEvent(team, NOW + i, i);
			const delivered = await pollMinutes(team, trigger, 1);
			expect(getNumbers(delivered)).toEqual(Array.from({ length: 700 }, (_, i) => i));
		}
	});

	it('respects Max Events per Poll, and continues in the next poll', async () => {
		const team = await openTeam();
		const { trigger } = activate(team, { options: { maxEventsPerPoll: 3 } });
		await trigger.poll();
		for (let i = 0; i < 8; i++) addEvent(team, NOW + i, i);
		const polls = [];
		for (let i = 0; i < 4; i++) polls.push(getNumbers(await pollMinutes(team, trigger, 1)));
		expect(polls).toEqual([[0, 1, 2], [3, 4, 5], [6, 7], []]);
	});

	it('includes each of several identical records, also a late one', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 'duplicate');
		addEvent(team, NOW + 500, 'duplicate');
		addEvent(team, NOW + 500, 'duplicate', NOW + 5 * MINUTE_MS);
		const delivered = await pollMinutes(team, trigger, 8);
		expect(new Set(delivered.map(({ eventId }) => eventId)).size).toBe(3);
		expect(delivered).toHaveLength(3);
	});

	it('uses the same event ID as the Celonis node', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		const [delivered] = await pollMinutes(team, trigger, 1);
		const run = await team.n8n.run(loadWorkflow('list', { from: new Date(NOW).toISOString() }));
		const [task] = run.data.resultData.runData.Celonis ?? [];
		expect(task?.data?.main?.[0]?.[0]?.json).toEqual(delivered);
	});

	it('has the raw record with the output Raw', async () => {
		const team = await openTeam();
		const { trigger } = activate(team, { output: 'raw' });
		await trigger.poll();
		const record = addEvent(team, NOW + 500, 1);
		expect(await pollMinutes(team, trigger, 1)).toEqual([record]);
	});

	it('continues after a failed poll, without losing events', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		const saved = trigger.save();
		addEvent(team, NOW + 500, 1);
		team.celonis.access.oauthClients[0]!.auditLogPermission = false;
		team.celonis.clock.advance(MINUTE_MS);
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		expect(trigger.save()).toEqual(saved);

		team.celonis.access.oauthClients[0]!.auditLogPermission = true;
		expect(getNumbers(await pollMinutes(team, trigger, 1))).toEqual([1]);
	});

	it('does not fail because of a single server error', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.faults.next({}, serverError(503));
		expect(getNumbers(await pollMinutes(team, trigger, 1))).toEqual([1]);
	});

	it('fails if the saved state is unreadable, instead of starting over', async () => {
		const team = await openTeam();
		const { restart } = activate(team);
		const trigger = restart({ 'node:Celonis Trigger': { cursor: { v: 99 } } });
		await expect(trigger.poll()).rejects.toMatchObject({
			message: 'The saved position in the audit log cannot be read',
			description: expect.stringContaining('Update the package'),
		});
		expect(team.celonis.requests.filter(({ path }) => path.startsWith('/log'))).toEqual([]);
	});
});

describe('a quiet log', () => {
	it('takes one request per poll, and a new token when the token has expired', async () => {
		const team = await openTeam({ tokenLifeSeconds: 900 });
		const { trigger } = activate(team);
		await trigger.poll();
		for (let i = 0; i < 400; i++) addEvent(team, NOW + i, i);
		await pollMinutes(team, trigger, 1);

		const listPollRequests = async () => {
			const before = team.celonis.requests.length;
			await pollMinutes(team, trigger, 1);
			return team.celonis.requests.slice(before).map(({ path, status }) => `${path} ${status}`);
		};
		const audit = '/log/api/external/v2/audit';
		expect(await listPollRequests()).toEqual([`${audit} 200`]);
		team.celonis.tokens.expireAll();
		expect(await listPollRequests()).toEqual([`${audit} 401`, '/oauth2/token 200', `${audit} 200`]);
	});
});

describe('a backlog', () => {
	it.each(['v1', 'v2'] as const)(
		'is delivered slice by slice, each event once, by API %s',
		async (apiVersion) => {
			const team = await openTeam({ backlog: { events: 9000, days: 20 } });
			const { trigger, restart } = activate(team, {
				startFrom: 'date',
				startDate: new Date(NOW - 21 * 24 * 60 * MINUTE_MS).toISOString(),
				options: { apiVersion, maxEventsPerPoll: 2500 },
			});
			const polls = [await trigger.poll()];
			const second = restart(trigger.save());
			for (let poll = 1; poll < 6; poll++) {
				team.celonis.clock.advance(MINUTE_MS);
				polls.push(await second.poll());
			}
			expect(polls.map((items) => items?.length ?? 0).slice(0, 3)).toEqual([2500, 2500, 2500]);
			const texts = (records: IDataObject[]) =>
				records.map((record) => JSON.stringify(record)).sort();
			expect(texts(getRecords(polls.flatMap((items) => items ?? [])))).toEqual(
				texts(getVisibleRecords(team)),
			);
		},
	);

	it('is delivered up to the point where an error stops reading', async () => {
		const team = await openTeam({ backlog: { events: 3000, days: 20 } });
		const { trigger } = activate(team, {
			startFrom: 'date',
			startDate: new Date(NOW - 21 * 24 * 60 * MINUTE_MS).toISOString(),
			options: { concurrency: 1 },
		});
		let requests = 0;
		team.celonis.faults.decide = ({ path }) =>
			path.startsWith('/log') && ++requests > 6 ? respondWith(403) : undefined;
		const first = await trigger.poll();
		expect(first?.length).toBeGreaterThan(0);
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		team.celonis.faults.decide = undefined;
		const rest = await trigger.poll();
		const all = [...(first ?? []), ...(rest ?? [])];
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
		expect(all).toHaveLength(getVisibleRecords(team).length);
	});
});

describe('parallel polls', () => {
	it('of one trigger do not overlap: later ones return null, and no event is repeated', async () => {
		const team = await openTeam({ behaviour: { latencyMs: 50 } });
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.clock.advance(MINUTE_MS);
		const polls = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
		expect(polls.filter((poll) => poll !== null)).toHaveLength(1);
		expect(getNumbers(polls.flatMap((poll) => poll ?? []))).toEqual([1]);
	});

	it('of two triggers run independently', async () => {
		const team = await openTeam({ behaviour: { latencyMs: 50 } });
		const triggers = [activate(team).trigger, activate(team).trigger];
		for (const trigger of triggers) await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.clock.advance(MINUTE_MS);
		const polls = await Promise.all(triggers.map(async (trigger) => await trigger.poll()));
		expect(polls.map(getNumbers)).toEqual([[1], [1]]);
	});
});

describe('a test event', () => {
	it('is one of the newest few, and does not change the state', async () => {
		const team = await openTeam();
		for (let i = 0; i < 700; i++) addEvent(team, NOW - (700 - i) * MINUTE_MS, i);
		const { trigger } = activate(team);
		await trigger.poll();
		const saved = trigger.save();
		const sample = await trigger.poll('manual', 'manual');
		expect(getNumbers(sample)).toEqual([699, 698, 697, 696, 695]);
		expect(trigger.save()).toEqual(saved);
	});

	it('does not exist in a log without events, which is an error', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await expect(trigger.poll('manual', 'manual')).rejects.toMatchObject({
			message: 'No audit events in the last 30 days',
			description: expect.stringContaining('The connection works'),
		});
	});
});
