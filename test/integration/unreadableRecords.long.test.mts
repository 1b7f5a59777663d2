import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, getNumbers, getOutcome, openTeam, showAlways, type Team } from './n8n/team.mts';

const RECORDS: ReadonlyArray<readonly [unknown, string]> = [
	[{ event: 'GROUP_CREATED', timestamp: null, message: { name: 'a' } }, 'timestamp'],
	[{ event: 'GROUP_CREATED', timestamp: 'soon' }, 'timestamp'],
	[{ event: 'GROUP_CREATED' }, 'timestamp'],
	[{ event: 'GROUP_CREATED', timestamp: 0 }, 'timestamp'],
	[null, 'not an object'],
	['text', 'not an object'],
	[[1, 2], 'not an object'],
	[17, 'not an object'],
];

let workflows = 0;

function activate({ n8n }: Team, parameters: IDataObject = {}, staticData?: IDataObject) {
	const workflow = { ...loadWorkflow('trigger', parameters), id: `unreadable-${++workflows}` };
	return n8n.activate(workflow, { staticData });
}

describe.each(RECORDS)('the record %p', (record, problem) => {
	it('is delivered once by the trigger, and does not hold up the others', async () => {
		const team = await openTeam();
		const trigger = activate(team, { authentication: 'key' });
		await trigger.poll();
		showAlways(team, record);
		const odd: IDataObject[] = [];
		for (let poll = 0; poll < 30; poll++) {
			addEvent(team, team.celonis.clock.now() + 1000, poll);
			team.celonis.clock.advance(MINUTE_MS);
			const items = (await trigger.poll()) ?? [];
			odd.push(...items.filter(({ recordProblem }) => recordProblem));
			const readable = items.filter(({ recordProblem }) => !recordProblem);
			expect(getNumbers(readable)).toEqual([poll]);
		}
		expect(odd).toEqual([
			expect.objectContaining({
				eventId: expect.stringMatching(/^[\da-f]{32}$/),
				team: new URL(team.celonis.url).host,
				recordProblem: expect.stringContaining(problem),
				...(typeof record === 'object' && record !== null && !Array.isArray(record)
					? (record as object)
					: { record }),
			}),
		]);
		const saved = activate(team, { authentication: 'key' }, trigger.save());
		expect(await saved.poll()).toBeNull();
	});

	it.each(['event', 'summary', 'ecs', 'ocsf', 'raw'])(
		'is in a list with the output %s',
		async (output) => {
			const team = await openTeam();
			const nowMs = team.celonis.clock.now();
			for (let i = 0; i < 1700; i++) addEvent(team, nowMs - 5000 - i * 20_000, i);
			showAlways(team, record);
			const from = new Date(nowMs - 600 * MINUTE_MS).toISOString();
			const to = new Date(nowMs).toISOString();
			const run = await team.n8n.run(loadWorkflow('list', { returnAll: true, from, to, output }));
			const { items, error } = getOutcome(run);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1701);
			const texts = items.map(({ json }) => JSON.stringify(json));
			if (output === 'ecs') {
				expect(texts.filter((text) => text.includes('"pipeline_error"'))).toHaveLength(1);
			}
			if (output === 'ocsf') {
				expect(texts.filter((text) => text.includes('"class_uid":0'))).toHaveLength(1);
			}
		},
	);
});

describe('records that cannot be read', () => {
	it('are all delivered although a poll delivers few events, twins too', async () => {
		const team = await openTeam();
		const trigger = activate(team, { authentication: 'key', options: { maxEventsPerPoll: 2 } });
		await trigger.poll();
		showAlways(team, null, null, 'a', 'b', { event: 'X' });
		addEvent(team, team.celonis.clock.now() + 1000, 1);
		const ids: unknown[] = [];
		for (let poll = 0; poll < 10; poll++) {
			team.celonis.clock.advance(MINUTE_MS);
			const items = (await trigger.poll()) ?? [];
			expect(items.length).toBeLessThanOrEqual(2);
			ids.push(...items.map(({ eventId }) => eventId));
		}
		expect(ids).toHaveLength(6);
		expect(new Set(ids).size).toBe(6);
	});

	it('pass filters if they are no objects, and are filtered by their fields otherwise', async () => {
		const team = await openTeam();
		const filters = { eventTypes: ['GROUP_CREATED'] };
		const trigger = activate(team, { authentication: 'key', filters });
		await trigger.poll();
		showAlways(team, null, { event: 'GROUP_CREATED' }, { event: 'GROUP_DELETED' });
		team.celonis.clock.advance(MINUTE_MS);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ event, record }) => event ?? record)).toEqual(
			expect.arrayContaining([null, 'GROUP_CREATED']),
		);
		expect(items).toHaveLength(2);
	});

	it('are repeated with the last batch', async () => {
		const team = await openTeam();
		const parameters = { authentication: 'key', options: { repeatLastBatch: true } };
		const trigger = activate(team, parameters);
		await trigger.poll();
		showAlways(team, 'odd');
		team.celonis.clock.advance(MINUTE_MS);
		const [first] = (await trigger.poll()) ?? [];
		team.celonis.clock.advance(30 * MINUTE_MS);
		expect(await trigger.poll()).toBeNull();
		const saved = trigger.save();
		const [state] = Object.values(saved) as IDataObject[];
		(state?.cursor as IDataObject).savedBy = 'another process';
		const restarted = activate(team, parameters, saved);
		expect(await restarted.poll()).toEqual([first]);
		expect(await restarted.poll()).toBeNull();
	});
});
