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
		const [hint] = await getHints({ filters: { actors: 'nobody' } });
		expect(hint).toMatch(/^None of the audit events .* passes the filters\.$/);
	});

	it('say that the Login History may be switched off', async () => {
		const [hint] = await getHints({ resource: 'loginEvent', from: '1999-01-01', to: '1999-01-02' });
		expect(hint).toContain('There are no login events');
		expect(hint).toContain('may be switched off');
	});

	it("say that 'Limit' cut the list, and which fields are empty", async () => {
		const options = { fields: 'event, diffPayload, evnt' };
		expect(await getHints({ limit: 2, options })).toEqual([
			"'Limit' ends the list at 2: there may be more audit events.",
			"No item has a value in these of the 'Fields': diffPayload, evnt.",
		]);
	});
});
