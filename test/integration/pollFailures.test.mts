import { describe, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject, JsonObject } from 'n8n-workflow';
import { serverError } from '../celonis/faults/index.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { skipPauses } from '../support/pauses.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, getNumbers, openTeam } from './n8n/team.mts';

skipPauses();

const NODE_NAME = 'Celonis Trigger';
const TROUBLE =
	/^Celonis returned 503: the service is not available\. '(.*)' has failed since (\S+)\.$/;

const ENGINES = [
	['in-memory', {}],
	['durable', { durableCursors: true, budgetMs: 36_000 }],
] as const;

let workflows = 0;

/** What n8n saves of an error of a poll, and hands to the error workflow of a worker. */
const serialize = (error: unknown) => JSON.parse(JSON.stringify(error)) as JsonObject;

async function openTrigger(options: object, parameters: IDataObject = {}) {
	const team = await openTeam();
	const id = `failures-${++workflows}`;
	const workflow = { ...loadWorkflow('trigger', { authentication: 'key', ...parameters }), id };
	const trigger = team.n8n.activate(workflow, options);
	const poll = async () => {
		team.celonis.clock.advance(MINUTE_MS);
		return await trigger.poll('trigger', 'update');
	};
	const fail = async () => {
		const error: unknown = await poll().then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		return { error: error as JsonObject, saved: serialize(error) };
	};
	return { team, poll, fail };
}

describe.each(ENGINES)('the error of a poll (%s engine)', (_engine, options) => {
	it('says which node has failed since when, and what to do, until a poll succeeds', async () => {
		const { team, poll, fail } = await openTrigger(options);
		expect(await poll()).toBeNull();
		team.celonis.faults.always({}, serverError(503));
		const before = Date.now();
		const first = await fail();
		const second = await fail();

		const [, nodeName, since = ''] = TROUBLE.exec(String(first.saved.message)) ?? [];
		expect(nodeName).toBe(NODE_NAME);
		expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
		expect(second.saved.message).toBe(first.saved.message);
		expect(first.saved.description).toMatch(
			/^Try again later\..*\nFailed polls in a row: 1\. Nothing is /,
		);
		expect(second.saved).toMatchObject({
			description: expect.stringContaining(
				'in a row: 2. Nothing is delivered until a poll succeeds',
			),
			context: { nodeName: NODE_NAME, failingSince: since, failedPolls: 2 },
		});
		expect(second.error.failure).toEqual({ cause: 'temporarily-unavailable' });

		team.celonis.faults.clear();
		addEvent(team, team.celonis.clock.now(), 1);
		expect(getNumbers(await poll())).toEqual([1]);
		team.celonis.faults.always({}, serverError(503));
		const third = await fail();
		expect(third.saved.context).toMatchObject({ failedPolls: 1 });
	});

	it('counts from the first poll of an activation, which n8n is not told of', async () => {
		const { team, poll, fail } = await openTrigger(options);
		team.celonis.faults.always({}, serverError(503));
		if (!('budgetMs' in options)) expect(await poll()).toBeNull();
		else await fail();
		expect((await fail()).saved.context).toMatchObject({ failedPolls: 2 });
	});

	it('of a parameter names the node too', async () => {
		const { poll, fail } = await openTrigger(options, { startFrom: 'date', startDate: 'soon' });
		if (!('budgetMs' in options)) await expect(poll()).rejects.toThrow('is not a date');
		const { saved } = await fail();
		expect(saved.message).toMatch(
			/^'Start Date': "soon" is not a date .* 'Celonis Trigger' has failed/,
		);
		expect(String(saved.message).split('has failed since')).toHaveLength(2);
		expect(saved.context).toMatchObject({ failedPolls: 1 });
	});
});

it("n8n's log is told of failing polls at first, every hour, and when they succeed again", async () => {
	const logged: string[] = [];
	const write = (text: string) => void logged.push(text);
	const logger = { warn: write, info: write };
	jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
	const { team, poll, fail } = await openTrigger({});
	await poll();
	team.celonis.faults.always({}, serverError(503));
	const startMs = Date.now();
	for (const minutes of [0, 1, 59, 61, 62, 130]) {
		const now = jest.spyOn(Date, 'now').mockReturnValue(startMs + minutes * MINUTE_MS);
		await fail();
		now.mockRestore();
	}
	team.celonis.faults.clear();
	await poll();
	await poll();

	jest.restoreAllMocks();
	const told = logged.filter((text) => !text.includes('the clock of'));
	expect(told).toHaveLength(4);
	expect(told[0]).toMatch(/^Celonis Trigger: Celonis returned 503: .* in a row: 1\. /);
	expect(told[1]).toContain('in a row: 4. ');
	expect(told[2]).toContain('in a row: 6. ');
	expect(told[3]).toMatch(/polls succeed again\. Polls that had failed since \S+: 6\.$/);
});
