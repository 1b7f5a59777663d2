import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { NOW_MS, toIso } from './n8n/runNode.mts';
import { addEvent, grantFullAccess, openTeam } from './n8n/team.mts';

const WINDOW = { from: toIso(NOW_MS - MINUTE_MS), to: toIso(NOW_MS) };

/** The hints beside the items of a team with three events. */
async function getHints(parameters: ParameterChanges): Promise<string[]> {
	const team = await openTeam();
	grantFullAccess(team);
	for (const number of [1, 2, 3]) addEvent(team, NOW_MS - number, number);
	const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
	const { hints = [], error } = run.data.resultData.runData.Celonis![0]!;
	expect(error).toBeUndefined();
	return hints.map(({ message }) => message);
}

describe('the hints beside the items', () => {
	it('are none for a complete list', async () => {
		expect(await getHints({})).toEqual([]);
	});

	it('say what was searched if nothing was found', async () => {
		const window = { from: toIso(NOW_MS - 2 * MINUTE_MS), to: toIso(NOW_MS - MINUTE_MS) };
		const [hint, ...others] = await getHints(window);
		expect(others).toEqual([]);
		expect(hint).toMatch(/^There are no audit events of 127\.0\.0\.1:\d+ from 2026-/);
		expect(hint).toContain(`from ${window.from} to ${window.to}.`);
	});

	it('say that the filters left nothing', async () => {
		const [hint] = await getHints({ filters: { actors: 'nobody', text: '' } });
		expect(hint).toMatch(/^None of the audit events of .* from 2026-.* to 2026-/);
		expect(hint).toContain(' passes the filters (0 of 3). Filters: Actors "nobody".');
	});

	it('say that the Login History may be switched off', async () => {
		const [hint] = await getHints({ resource: 'loginEvent', from: '1999-01-01', to: '1999-01-02' });
		expect(hint).toContain('There are no login events');
		expect(hint).toContain('may be switched off');
	});

	it("say that 'Limit' cut the list, and which fields are empty", async () => {
		const options = { fields: 'event, diffPayload, evnt' };
		expect(await getHints({ limit: 2, options })).toEqual([
			"'Limit' ends the list at 2: there are more audit events.",
			"No item has a value in these of the 'Fields': diffPayload, evnt.",
		]);
	});

	it('say how many events passed the filters, also if all of them do', async () => {
		const filters = { actors: 'user1@example.com, user3@example.com' };
		expect(await getHints({ filters })).toEqual(['2 of 3 audit events passed the filters.']);
		expect(await getHints({ filters: { actors: '*' }, limit: 3 })).toEqual([
			"'Limit' ends the list at 3: there may be more audit events.",
			'3 of the 3 audit events that were read passed the filters.',
		]);
		expect(await getHints({ filters, limit: 1 })).toEqual([
			"'Limit' ends the list at 1: there are more audit events.",
			'2 of the 3 audit events that were read passed the filters.',
		]);
	});

	it('say that there is no event for the filters', async () => {
		const [hint] = await getHints({ from: '1999-01-01', to: '1999-01-02', filters: { text: 'a' } });
		expect(hint).toMatch(/^There are no audit events of /);
	});

	it.each([
		['member', {}, "'Limit' ends the list at 2: there may be more members."],
		['permission', {}, /^'Limit' ends the list at 2: there are \d\d+ permissions\.$/],
	])('say that Limit cut a list of the resource %s', async (resource, changes, expected) => {
		expect(await getHints({ resource, ...changes, limit: 2 })).toEqual([
			typeof expected === 'string' ? expected : expect.stringMatching(expected),
		]);
		expect(await getHints({ resource, ...changes, returnAll: true })).toEqual([]);
	});

	it('say how many permissions passed the filters', async () => {
		const resource = 'permission';
		const [hint, ...others] = await getHints({ resource, filters: { actions: '*' }, limit: 5000 });
		expect(others).toEqual([]);
		expect(hint).toMatch(/^(\d+) of \1 permissions passed the filters\.$/);
		const [none] = await getHints({ resource, filters: { actions: 'nothing' } });
		expect(none).toMatch(
			/^None of the permissions of \S+ passes the filters \(0 of \d+\)\. Filters: Actions "nothing"\.$/,
		);
	});

	it('are few however many items there are, and name the item', async () => {
		const team = await openTeam();
		const items = Array.from({ length: 15 }, () => ({}));
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW }), items);
		const { hints = [] } = run.data.resultData.runData.Celonis![0]!;
		expect(hints).toHaveLength(10);
		expect(hints[3]!.message).toMatch(/^There are no audit events .*\. \[item 3\]$/);
	});
});
