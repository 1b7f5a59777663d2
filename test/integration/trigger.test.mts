import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { answerWith, serverError } from '../celonis/faultKinds.mts';
import { addEvent, getNumbers, openTeam, getRecords, visible, type Team } from './n8n/team.mts';
import { loadWorkflow, type ActiveTrigger, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;

/** Activates the trigger workflow; each test takes a workflow of its own. */
let workflows = 0;
function activate({ n8n }: Team, parameters: ParameterChanges = {}) {
	const workflow = { ...loadWorkflow('trigger', parameters), id: `trigger-${++workflows}` };
	return {
		trigger: n8n.activate(workflow),
		/** n8n stops and starts again with what it had saved. */
		restart: (saved: IDataObject) =>
			n8n.activate(workflow, { staticData: JSON.parse(JSON.stringify(saved)) }),
	};
}

/** Polls once a minute of the server's time and gives all that is delivered. */
async function pollMinutes({ celonis }: Team, trigger: ActiveTrigger, minutes: number) {
	const delivered: IDataObject[] = [];
	for (let minute = 0; minute < minutes; minute++) {
		celonis.clock.advance(MINUTE);
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
	it('delivers every event of a growing log once, also late ones, also over a restart', async () => {
		const team = await openTeam({
			growth: { eventsPerMinute: 40, lateShare: 0.2, maxLatenessMs: 9 * MINUTE },
		});
		const { trigger, restart } = activate(team, { authentication, options: { apiVersion } });
		expect(await trigger.poll()).toBeNull();

		const before = await pollMinutes(team, trigger, 6);
		const after = await pollMinutes(team, restart(trigger.save()), 16);

		const delivered = getRecords([...before, ...after]).map((record) => JSON.stringify(record));
		const shown = visible(team).map((record) => JSON.stringify(record));
		expect(delivered.sort()).toEqual(shown.sort());
		expect(delivered.length).toBeGreaterThan(500);
	});
});

describe('the first poll', () => {
	it('delivers nothing, and what happens from then on comes with the next', async () => {
		const team = await openTeam();
		addEvent(team, NOW - MINUTE, 'before');
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
		team.celonis.clock.advance(MINUTE);
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
		[50, 30, 10].forEach((minutes) => addEvent(team, NOW - minutes * MINUTE, minutes));
		const { trigger } = activate(team, {
			startFrom: 'date',
			startDate: '2026-06-01T09:30:00', // Berlin: 30 minutes ago
		});
		expect(getNumbers(await trigger.poll())).toEqual([30, 10]);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('delivery', () => {
	it('brings events oldest first, whatever the order of the server', async () => {
		for (const order of ['asc', 'desc', 'shuffled'] as const) {
			const team = await openTeam({ behaviour: { order } });
			const { trigger } = activate(team);
			await trigger.poll();
			for (let i = 0; i < 700; i++) addEvent(team, NOW + i, i);
			const delivered = await pollMinutes(team, trigger, 1);
			expect(getNumbers(delivered)).toEqual(Array.from({ length: 700 }, (_, i) => i));
		}
	});

	it('keeps to the most events that one poll may deliver, and brings the rest later', async () => {
		const team = await openTeam();
		const { trigger } = activate(team, { options: { maxEventsPerPoll: 3 } });
		await trigger.poll();
		for (let i = 0; i < 8; i++) addEvent(team, NOW + i, i);
		const polls = [];
		for (let i = 0; i < 4; i++) polls.push(getNumbers(await pollMinutes(team, trigger, 1)));
		expect(polls).toEqual([[0, 1, 2], [3, 4, 5], [6, 7], []]);
	});

	it('tells identical records apart, also when one of them shows up late', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 'twin');
		addEvent(team, NOW + 500, 'twin');
		addEvent(team, NOW + 500, 'twin', NOW + 5 * MINUTE);
		const delivered = await pollMinutes(team, trigger, 8);
		expect(new Set(delivered.map(({ eventId }) => eventId)).size).toBe(3);
		expect(delivered).toHaveLength(3);
	});

	it('gives an event the identity that the Celonis node gives it', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		const [delivered] = await pollMinutes(team, trigger, 1);
		const run = await team.n8n.run(loadWorkflow('list', { from: new Date(NOW).toISOString() }));
		const [task] = run.data.resultData.runData.Celonis ?? [];
		expect(task?.data?.main?.[0]?.[0]?.json).toEqual(delivered);
	});

	it('brings the raw record where that is wanted', async () => {
		const team = await openTeam();
		const { trigger } = activate(team, { options: { output: 'raw' } });
		await trigger.poll();
		const record = addEvent(team, NOW + 500, 1);
		expect(await pollMinutes(team, trigger, 1)).toEqual([record]);
	});

	it('goes on after a poll that failed, with nothing lost', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		const saved = trigger.save();
		addEvent(team, NOW + 500, 1);
		team.celonis.access.oauthClients[0]!.auditLogPermission = false;
		team.celonis.clock.advance(MINUTE);
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		expect(trigger.save()).toEqual(saved);

		team.celonis.access.oauthClients[0]!.auditLogPermission = true;
		expect(getNumbers(await pollMinutes(team, trigger, 1))).toEqual([1]);
	});

	it('does not fail for a single fault of the server', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.faults.next({}, serverError(503));
		expect(getNumbers(await pollMinutes(team, trigger, 1))).toEqual([1]);
	});

	it('says when no state can be read, instead of starting anew', async () => {
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
	it('costs one request a poll, and one more when the token has expired', async () => {
		const team = await openTeam({ tokenLifeSeconds: 900 });
		const { trigger } = activate(team);
		await trigger.poll();
		for (let i = 0; i < 400; i++) addEvent(team, NOW + i, i);
		await pollMinutes(team, trigger, 1);

		const requestsOfPoll = async () => {
			const before = team.celonis.requests.length;
			await pollMinutes(team, trigger, 1);
			return team.celonis.requests.slice(before).map(({ path, status }) => `${path} ${status}`);
		};
		const audit = '/log/api/external/v2/audit';
		expect(await requestsOfPoll()).toEqual([`${audit} 200`]);
		team.celonis.tokens.expireAll();
		expect(await requestsOfPoll()).toEqual([`${audit} 401`, '/oauth2/token 200', `${audit} 200`]);
	});
});

describe('a backlog', () => {
	it.each(['v1', 'v2'] as const)(
		'is delivered slice by slice, each event once, by API %s',
		async (apiVersion) => {
			const team = await openTeam({ backlog: { events: 9000, days: 20 } });
			const { trigger, restart } = activate(team, {
				startFrom: 'date',
				startDate: new Date(NOW - 21 * 24 * 60 * MINUTE).toISOString(),
				options: { apiVersion, maxEventsPerPoll: 2500 },
			});
			const polls = [await trigger.poll()];
			const second = restart(trigger.save());
			for (let poll = 1; poll < 6; poll++) {
				team.celonis.clock.advance(MINUTE);
				polls.push(await second.poll());
			}
			expect(polls.map((items) => items?.length ?? 0).slice(0, 3)).toEqual([2500, 2500, 2500]);
			const texts = (records: IDataObject[]) =>
				records.map((record) => JSON.stringify(record)).sort();
			expect(texts(getRecords(polls.flatMap((items) => items ?? [])))).toEqual(
				texts(visible(team)),
			);
		},
	);

	it('is delivered as far as it was read when a failure stops the reading', async () => {
		const team = await openTeam({ backlog: { events: 3000, days: 20 } });
		const { trigger } = activate(team, {
			startFrom: 'date',
			startDate: new Date(NOW - 21 * 24 * 60 * MINUTE).toISOString(),
			options: { concurrency: 1 },
		});
		let requests = 0;
		team.celonis.faults.decide = ({ path }) =>
			path.startsWith('/log') && ++requests > 6 ? answerWith(403) : undefined;
		const first = await trigger.poll();
		expect(first?.length).toBeGreaterThan(0);
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: '403' });
		team.celonis.faults.decide = undefined;
		const rest = await trigger.poll();
		const all = [...(first ?? []), ...(rest ?? [])];
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
		expect(all).toHaveLength(visible(team).length);
	});
});

describe('the last batch', () => {
	it.each([
		[true, [[1], [2], null, [2, 3]]],
		[false, [[1], [2], null, [3]]],
	])(
		'comes once more after n8n was started, if that is wanted (%s)',
		async (repeatLastBatch, expected) => {
			const team = await openTeam();
			const changes = { options: { repeatLastBatch } };
			const workflow = { ...loadWorkflow('trigger', changes), id: `repeat-${repeatLastBatch}` };
			const trigger = team.n8n.activate(workflow);
			await trigger.poll('trigger', 'init');
			const polls: unknown[] = [];
			for (const number of [1, 2, undefined]) {
				if (number) addEvent(team, team.celonis.clock.now() + 1000, number);
				team.celonis.clock.advance(MINUTE);
				const items = await trigger.poll('trigger', 'init');
				polls.push(items && getNumbers(items));
			}
			const saved = trigger.save();
			addEvent(team, team.celonis.clock.now() + 1000, 3);
			team.celonis.clock.advance(MINUTE);
			// n8n was started, or takes over from another instance: it loads what was saved.
			const again = team.n8n.activate(workflow, { staticData: saved });
			const items = await again.poll('trigger', 'init');
			expect([...polls, items && getNumbers(items)]).toEqual(expected);
			expect(await again.poll('trigger', 'init')).toBeNull();
		},
	);
});

describe('the last batch with durable cursors, where each poll works on a copy of the state', () => {
	it('does not come again at every poll', async () => {
		const team = await openTeam();
		const workflow = {
			...loadWorkflow('trigger', { options: { repeatLastBatch: true } }),
			id: 'copies',
		};
		const trigger = team.n8n.activate(workflow, { durableCursors: true });
		await trigger.poll('trigger', 'init');
		addEvent(team, team.celonis.clock.now() + 1000, 1);
		const polls = [];
		for (let poll = 0; poll < 4; poll++) {
			team.celonis.clock.advance(MINUTE);
			polls.push(getNumbers(await trigger.poll('trigger', 'init')));
		}
		expect(polls).toEqual([[1], [], [], []]);
	});
});

describe('two polls at once', () => {
	it('do not happen: the later one gives nothing, and nothing comes twice', async () => {
		const team = await openTeam({ behaviour: { latencyMs: 50 } });
		const { trigger } = activate(team);
		await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.clock.advance(MINUTE);
		const polls = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
		expect(polls.filter((poll) => poll !== null)).toHaveLength(1);
		expect(getNumbers(polls.flatMap((poll) => poll ?? []))).toEqual([1]);
	});

	it('happen for two triggers', async () => {
		const team = await openTeam({ behaviour: { latencyMs: 50 } });
		const triggers = [activate(team).trigger, activate(team).trigger];
		for (const trigger of triggers) await trigger.poll();
		addEvent(team, NOW + 500, 1);
		team.celonis.clock.advance(MINUTE);
		const polls = await Promise.all(triggers.map(async (trigger) => await trigger.poll()));
		expect(polls.map(getNumbers)).toEqual([[1], [1]]);
	});
});

describe('a test event', () => {
	it('is one of the newest few, and moves nothing', async () => {
		const team = await openTeam();
		for (let i = 0; i < 700; i++) addEvent(team, NOW - (700 - i) * MINUTE, i);
		const { trigger } = activate(team);
		await trigger.poll();
		const saved = trigger.save();
		const sample = await trigger.poll('manual', 'manual');
		expect(getNumbers(sample)).toEqual([699, 698, 697, 696, 695]);
		expect(trigger.save()).toEqual(saved);
	});

	it('is not had from a log without events, and that is said', async () => {
		const team = await openTeam();
		const { trigger } = activate(team);
		await expect(trigger.poll('manual', 'manual')).rejects.toMatchObject({
			message: 'No audit events in the last 30 days',
			description: expect.stringContaining('The connection works'),
		});
	});
});
