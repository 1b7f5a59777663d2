import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { defaultPoolId } from '../celonis/access.mts';
import { runningClock } from '../celonis/clock.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { NOW_MS, toIso } from './n8n/runNode.mts';
import { skipPauses } from '../support/pauses.mts';
import { addEvent, getNumbers, grantFullAccess, openTeam, type Team } from './n8n/team.mts';

skipPauses();

/** The items that reach the nodes behind the two outputs, with the input items they belong to. */
async function runBranches({ n8n }: Team, parameters: ParameterChanges, items: IDataObject[]) {
	const run = await n8n.run(loadWorkflow('errorOutput', parameters), items);
	expect(run.data.resultData.error).toBeUndefined();
	const getOutput = (node: string, output: number): INodeExecutionData[] =>
		run.data.resultData.runData[node]?.[0]?.data?.main?.[output] ?? [];
	const getBranch = (node: string, output: number) => {
		const json = getOutput(node, 0).map((item) => item.json);
		const sent = getOutput('Celonis', output);
		expect(json).toEqual(sent.map((item) => item.json));
		return { json, pairedItems: sent.map(({ pairedItem }) => pairedItem) };
	};
	return { succeeded: getBranch('Succeeded', 0), failed: getBranch('Failed', 1) };
}

describe('On Error: Continue (using error output)', () => {
	it('sends exactly the failed items to the error output, with their input', async () => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		const from = toIso(NOW_MS - MINUTE_MS);
		const { succeeded, failed } = await runBranches(team, { from: '={{ $json.from }}' }, [
			{ from: 'soon', message: 'first' },
			{ from },
			{ from: 'never', message: 'third' },
			{ from },
		]);

		expect(getNumbers(succeeded.json)).toEqual([1, 1]);
		expect(succeeded.pairedItems).toEqual([{ item: 1 }, { item: 3 }]);
		expect(failed.json).toEqual([
			{ from: 'soon', message: 'first', error: expect.stringContaining(`'From': "soon"`) },
			{ from: 'never', message: 'third', error: expect.stringContaining(`'From': "never"`) },
		]);
		expect(failed.pairedItems).toEqual([{ item: 0 }, { item: 2 }]);
	});

	it('says in "details" what to do if Celonis refuses', async () => {
		const team = await openTeam();
		team.celonis.access.appKeys[0]!.auditLogPermission = false;
		const { succeeded, failed } = await runBranches(team, { authentication: 'key' }, [{ a: 1 }]);

		expect(succeeded.json).toEqual([]);
		expect(failed.pairedItems).toEqual([{ item: 0 }]);
		expect(failed.json[0]).toEqual({
			a: 1,
			error: expect.stringContaining('403'),
			details: expect.stringContaining('Admin & Settings'),
		});
	});

	it.each([
		[{ dataPoolId: '={{ "" }}' }, "'Data Pool' must not be empty"],
		[{ keys: 'id' }, "The key 'id' has no value"],
		[{ tableName: 'T' }, 'The data push job failed'],
	])('sends all rows of a failed push: %j', async (changes, message) => {
		const team = await openTeam({ clock: runningClock() });
		grantFullAccess(team);
		team.celonis.dataPools.setNextOutcome({ status: 'ERROR', logs: ['Out of space.'] });
		const parameters = {
			resource: 'dataPool',
			operation: 'push',
			dataPoolId: defaultPoolId,
			tableName: 'EVENTS',
			keys: '',
			...changes,
		};
		const rows = [{ n: 1, id: 'a' }, { n: 2 }, { n: 3, id: 'c' }];
		const { succeeded, failed } = await runBranches(team, parameters, rows);

		expect(succeeded.json).toEqual([]);
		expect(failed.json).toEqual(
			rows.map((row) => ({
				...row,
				error: expect.stringContaining(message),
				...(message.startsWith("'") ? {} : { details: expect.any(String) }),
			})),
		);
		expect(failed.pairedItems).toEqual([0, 1, 2].map((item) => ({ item })));
	});
});
