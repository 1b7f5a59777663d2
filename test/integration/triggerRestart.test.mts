import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { IDataObject, WorkflowActivateMode } from 'n8n-workflow';
import { addEvent, getNumbers, openTeam, type Team } from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { MINUTE_MS } from '../support/durations.mts';

const ENGINES = [
	['in-memory', false],
	['durable', true],
] as const;

const MODES: readonly WorkflowActivateMode[] = [
	'init',
	'leadershipChange',
	'activate',
	'update',
	'create',
];

let workflows = 0;

/** An n8n that makes a new context and new static data for each poll. */
function createForgetfulN8n(team: Team, durableCursors: boolean, options: IDataObject) {
	const workflow = { ...loadWorkflow('trigger', { options }), id: `restart-${++workflows}` };
	const n8n = {
		staticData: {} as IDataObject,
		/** Polls after a minute; gives the numbers of the delivered events. */
		poll: async (mode: WorkflowActivateMode): Promise<unknown[]> => {
			team.celonis.clock.advance(MINUTE_MS);
			const { staticData } = n8n;
			const trigger = team.n8n.activate(workflow, { staticData, durableCursors });
			const items = await trigger.poll('trigger', mode);
			n8n.staticData = trigger.save();
			return getNumbers(items);
		},
		/** n8n restarts, or another instance takes over: the state was saved by another process. */
		restart: () => {
			const [state] = Object.values(n8n.staticData) as IDataObject[];
			(state?.cursor as IDataObject).savedBy = 'another process';
		},
	};
	return n8n;
}

describe.each(ENGINES)('Repeat Last Batch on the %s engine', (_, durableCursors) => {
	it.each(MODES)('repeats it once after a start, and never again (mode %s)', async (mode) => {
		const team = await openTeam();
		const n8n = createForgetfulN8n(team, durableCursors, { repeatLastBatch: true });
		const now = () => team.celonis.clock.now();
		expect(await n8n.poll(mode)).toEqual([]);
		addEvent(team, now() + 1000, 1);
		expect(await n8n.poll(mode)).toEqual([1]);
		addEvent(team, now() + 1000, 2);
		expect(await n8n.poll(mode)).toEqual([2]);
		expect(await n8n.poll(mode)).toEqual([]);

		n8n.restart();
		addEvent(team, now() + 1000, 3);
		expect(await n8n.poll(mode)).toEqual([2, 3]);
		for (const next of MODES) expect(await n8n.poll(next)).toEqual([]);
	});

	it('repeats nothing where the option is off', async () => {
		const team = await openTeam();
		const n8n = createForgetfulN8n(team, durableCursors, {});
		await n8n.poll('activate');
		addEvent(team, team.celonis.clock.now() + 1000, 1);
		expect(await n8n.poll('update')).toEqual([1]);
		n8n.restart();
		addEvent(team, team.celonis.clock.now() + 1000, 2);
		expect(await n8n.poll('init')).toEqual([2]);
	});
});

/** What version 1.0.0 saved, and the records that it had read by then. */
const { records, staticData } = JSON.parse(
	readFileSync(fileURLToPath(new URL('n8n/savedState.json', import.meta.url)), 'utf8'),
) as { records: IDataObject[]; staticData: IDataObject };

describe('the state that version 1.0.0 saved', () => {
	it.each([
		[false, [5]],
		// The first poll of this process: the last batch was the fourth record.
		[true, [4, 5]],
	])('is continued (Repeat Last Batch: %s)', async (repeatLastBatch, expected) => {
		const team = await openTeam();
		for (const record of records) team.celonis.log.append(record, { visibleFrom: 0 });
		addEvent(team, team.celonis.clock.now() - 30_000, 5);
		const workflow = loadWorkflow('trigger', { options: { repeatLastBatch } });
		const [node] = workflow.nodes;
		const trigger = team.n8n.activate(
			{ ...workflow, id: `saved-${repeatLastBatch}` },
			{ staticData: { [`node:${node?.name}`]: structuredClone(staticData) } },
		);
		expect(getNumbers(await trigger.poll('trigger', 'init'))).toEqual(expected);
		expect(await trigger.poll('trigger', 'init')).toBeNull();
	});
});
