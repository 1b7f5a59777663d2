import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, getNumbers, openTeam, type Team } from './n8n/team.mts';

const ENGINES = [
	['in-memory', false],
	['durable', true],
] as const;

let workflows = 0;

/** A trigger whose credential is switched between teams: n8n activates it anew each time. */
async function openTrigger(count: number, durableCursors: boolean, parameters: IDataObject = {}) {
	const teams = await Promise.all(Array.from({ length: count }, async () => await openTeam()));
	const { n8n } = teams[0]!;
	const id = `teams-${++workflows}`;
	const workflow = { ...loadWorkflow('trigger', { authentication: 'key', ...parameters }), id };
	let staticData: IDataObject = {};
	const advance = () => teams.forEach(({ celonis }) => celonis.clock.advance(MINUTE_MS));
	/** Polls a team several times; returns the numbers of what was delivered. */
	const poll = async (team: Team, polls = 1): Promise<unknown[]> => {
		n8n.credentials.saved.set('key', {
			...n8n.credentials.saved.get('key'),
			teamUrl: team.celonis.url,
		});
		const trigger = n8n.activate(workflow, { staticData, durableCursors });
		const delivered: unknown[] = [];
		for (let i = 0; i < polls; i++) {
			advance();
			delivered.push(...getNumbers(await trigger.poll('trigger', 'update')));
		}
		staticData = trigger.save();
		return delivered;
	};
	const add = (team: Team, ...numbers: string[]) => {
		numbers.forEach((number, index) => {
			addEvent(team, team.celonis.clock.now() + 1000 + index, number);
		});
	};
	return { teams, poll, add, getState: () => staticData };
}

describe.each(ENGINES)(
	'a credential that is switched to another team (%s engine)',
	(_, durable) => {
		it('starts there from now on, and goes on where it was on the way back', async () => {
			const { teams, poll, add } = await openTrigger(2, durable);
			const [a, b] = teams as [Team, Team];
			add(b, 'b0');
			expect(await poll(a)).toEqual([]);
			add(a, 'a1', 'a2');
			expect(await poll(a, 2)).toEqual(['a1', 'a2']);
			add(a, 'a3');
			add(b, 'b1');
			expect(await poll(b)).toEqual([]);
			add(a, 'a4');
			add(b, 'b2');
			expect(await poll(b, 30)).toEqual(['b2']);
			expect(await poll(a, 2)).toEqual(['a3', 'a4']);
			add(b, 'b3');
			expect(await poll(a)).toEqual([]);
			expect(await poll(b, 2)).toEqual(['b3']);
		});

		it('starts at the start date in each team', async () => {
			const startDate = '2026-06-01T07:00:00Z';
			const { teams, poll, add } = await openTrigger(2, durable, { startFrom: 'date', startDate });
			const [a, b] = teams as [Team, Team];
			add(a, 'a1');
			add(b, 'b1');
			expect(await poll(a, 2)).toEqual(['a1']);
			expect(await poll(b, 2)).toEqual(['b1']);
			expect(await poll(a)).toEqual([]);
		});

		it('keeps the positions of the last four teams, in a small state', async () => {
			const { teams, poll, add, getState } = await openTrigger(5, durable);
			for (const team of teams) await poll(team, 2);
			teams.forEach((team, index) => add(team, `event ${index}`));
			const [, ...lastFour] = teams;
			for (const team of lastFour) {
				expect(await poll(team, 2)).toEqual([`event ${teams.indexOf(team)}`]);
			}
			expect(JSON.stringify(getState()).length).toBeLessThan(1500);
		});
	},
);
