import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { defaultPoolId } from '../celonis/access.mts';
import { runningClock } from '../celonis/clock.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { skipPauses } from '../support/pauses.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { NOW_MS, toIso } from './n8n/runNode.mts';
import { addEvent, grantFullAccess, openTeam, showAlways, type Team } from './n8n/team.mts';

skipPauses();

const WAYS = ['engine', 'call'] as const;
type Way = (typeof WAYS)[number];

const WINDOW = { from: toIso(NOW_MS - MINUTE_MS), to: toIso(NOW_MS) };

/** What the model of an agent sees after it has called the tool with these arguments. */
async function callTool(
	{ n8n }: Team,
	parameters: ParameterChanges,
	args: IDataObject = {},
	way: Way = 'engine',
): Promise<string> {
	const workflow = loadWorkflow('agentTool', parameters);
	workflow.nodes[1]!.parameters = { way };
	const run = await n8n.run(workflow, [args]);
	expect(run.data.resultData.error).toBeUndefined();
	const [task] = run.data.resultData.runData.Agent!;
	return String(task?.data?.main?.[0]?.[0]?.json.seen);
}

async function openTeamWithEvents(count: number): Promise<Team> {
	const team = await openTeam();
	grantFullAccess(team);
	for (let number = 1; number <= count; number++) addEvent(team, NOW_MS - number, number);
	return team;
}

/** The items that the model sees: a note, if there is one, and the others. */
async function getAnswer(...call: Parameters<typeof callTool>) {
	const items = JSON.parse(await callTool(...call)) as IDataObject[];
	const note = items[0] && 'note' in items[0] ? String(items[0].note) : undefined;
	return { note, items: note === undefined ? items : items.slice(1) };
}

const REFUSAL = 'An AI agent cannot push rows with this tool. Nothing was pushed. Use';

const fromAI = (key: string, type = 'string') => `={{ $fromAI('${key}', 'what', '${type}') }}`;

describe.each(WAYS)('an agent that runs its tool by %s', (way) => {
	it('gets the events that it asks for', async () => {
		const team = await openTeamWithEvents(3);
		const parameters = {
			...WINDOW,
			filters: { actors: fromAI('actors') },
			output: 'summary',
			options: { fields: 'timestamp, summary' },
		};
		const args = { actors: 'user2@example.com' };
		const { note, items } = await getAnswer(team, parameters, args, way);
		expect(items).toEqual([
			{ timestamp: toIso(NOW_MS - 2), summary: expect.stringContaining('user2@example.com') },
		]);
		expect(note).toBe('1 of 3 audit events passed the filters.');
	});

	it('is told that nothing was found, and what was searched', async () => {
		const team = await openTeamWithEvents(3);
		const parameters = { ...WINDOW, filters: { actors: fromAI('actors'), text: fromAI('text') } };
		const answer = await getAnswer(team, parameters, { actors: 'nobody', text: '' }, way);
		expect(answer.items).toEqual([]);
		expect(answer.note).toMatch(/^None of the audit events of 127\.0\.0\.1:\d+ from 2026-/);
		expect(answer.note).toContain(
			`from ${WINDOW.from} to ${WINDOW.to} passes the filters (0 of 3)`,
		);
		expect(answer.note).toMatch(/Filters: Actors "nobody"\.$/);
	});

	it('gets the value, the reason and an example in the message of an error', async () => {
		const team = await openTeam();
		const message = await callTool(
			team,
			{ from: fromAI('from') },
			{ from: 'beginning of last week' },
			way,
		);
		expect(message).toContain(`'From': `);
		expect(message).toContain('beginning of last week');
		expect(message).toContain('is not a date and time');
		expect(message).toContain('2026-01-31T08:00:00Z');
	});

	it('gets what to do in the message of an error of Celonis, once', async () => {
		const team = await openTeam();
		team.celonis.access.appKeys[0]!.auditLogPermission = false;
		const message = await callTool(team, { authentication: 'key' }, {}, way);
		expect(message).toContain('403');
		expect(message.split('Admin & Settings')).toHaveLength(2);
	});

	it.each([
		['in the panel', { resource: 'dataPool', operation: 'push' }, REFUSAL],
		['by the model', { resource: fromAI('resource'), operation: fromAI('operation') }, REFUSAL],
		// n8n evaluates no other expressions in these two parameters.
		['by the input', { resource: '={{ $json.resource }}' }, 'is not one of the choices'],
	])('cannot push rows or replace a table, chosen %s', async (_where, chosen, refusal) => {
		const team = await openTeam({ clock: runningClock() });
		grantFullAccess(team);
		const target = { dataPoolId: defaultPoolId, tableName: 'NOTES', keys: '' };
		const args = { resource: 'dataPool', operation: 'push', mode: 'replace', text: 'a' };
		const parameters = { ...chosen, ...target, mode: fromAI('mode') };
		expect(await callTool(team, parameters, args, way)).toContain(refusal);
		expect(team.celonis.dataPools.jobs.size).toBe(0);
	});

	it('may choose what it reads, also in another case', async () => {
		const team = await openTeamWithEvents(2);
		const parameters = { ...WINDOW, resource: fromAI('resource'), operation: fromAI('operation') };
		const args = { resource: 'AUDITEVENT', operation: 'GetAll' };
		expect((await getAnswer(team, parameters, args, way)).items).toHaveLength(2);
		const message = await callTool(team, parameters, { ...args, resource: 'auditLog' }, way);
		expect(message).toContain(
			'is not one of the choices. Write one of: auditEvent, dataPool, loginEvent, member, permission.',
		);
	});
});

describe('the answer to an agent', () => {
	const summary = { output: 'summary', options: { fields: 'timestamp, summary' } };

	it('has at most 200 events, whatever the agent asks for, and says how to read on', async () => {
		const team = await openTeamWithEvents(450);
		const pages: Array<Awaited<ReturnType<typeof getAnswer>>> = [];
		let to = WINDOW.to;
		for (let next: string | undefined = to; next; ) {
			const args = { all: 'true', to: next };
			const parameters = { ...WINDOW, ...summary, returnAll: fromAI('all'), to: fromAI('to') };
			pages.push(await getAnswer(team, parameters, args));
			const [, readOn] = / and 'To' to (\S+),/.exec(pages.at(-1)!.note ?? '') ?? [];
			to = next;
			next = readOn;
		}
		expect(pages.map(({ items }) => items.length)).toEqual([200, 200, 52]);
		expect(pages[0]!.note).toMatch(
			/^The list ends at 200, because an AI agent gets at most 200 items: there (are|may be) more audit events\. /,
		);
		expect(pages[2]!.note).toBeUndefined();
		const times = new Set(pages.flatMap(({ items }) => items.map(({ timestamp }) => timestamp)));
		expect(times.size).toBe(450);
	});

	it('reads on from the last event of the oldest ones', async () => {
		const team = await openTeamWithEvents(3);
		const options = { sortOrder: 'asc' };
		const { note } = await getAnswer(team, { ...WINDOW, limit: 2, options });
		expect(note).toBe(
			`'Limit' ends the list at 2: there are more audit events. For fewer, use a shorter period or filters. To read on, set 'From' to ${toIso(NOW_MS - 2)} and 'To' to ${WINDOW.to}, which repeats the last one.`,
		);
	});

	it.each([
		['desc', "set 'From' to 2", toIso(NOW_MS - 1000)],
		['asc', `set 'From' to ${toIso(NOW_MS - 1000 + 1)}`, WINDOW.to],
	])('goes on behind a millisecond with more events than fit, %s', async (sortOrder, from, to) => {
		const team = await openTeam();
		grantFullAccess(team);
		for (let number = 0; number < 250; number++) addEvent(team, NOW_MS - 1000, number);
		const options = { ...summary.options, sortOrder };
		const parameters = { ...WINDOW, ...summary, returnAll: true, options };
		const { note } = await getAnswer(team, parameters);
		expect(note).toContain(`All of these have the time ${toIso(NOW_MS - 1000)}`);
		expect(note).toContain(from);
		expect(note).toContain(` and 'To' to ${to}.`);
	});

	it('does not go on at a record without a time', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		showAlways(team, { event: 'GROUP_CREATED', timestamp: null });
		for (let number = 1; number <= 3; number++) addEvent(team, NOW_MS - 1000 * number, number);
		const { note } = await getAnswer(team, { ...WINDOW, limit: 3 });
		expect(note).toContain(` and 'To' to ${toIso(NOW_MS - 2000 + 1)},`);
	});

	it('is short enough for a model, though events are long', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		const long = 'ü🎉'.repeat(4000);
		for (let number = 1; number <= 100; number++) {
			const base = { userId: 'u', userRole: 'ADMIN', event: 'GROUP_CREATED', message: { long } };
			const timestamp = toIso(NOW_MS - number);
			team.celonis.log.append({ ...base, timestamp }, { visibleFrom: 0 });
		}
		const answer = await callTool(team, { ...WINDOW, returnAll: true });
		expect(answer.length).toBeLessThan(41_000);
		const [first, ...items] = JSON.parse(answer) as IDataObject[];
		expect(items.length).toBeGreaterThan(20);
		expect(items.length).toBeLessThan(100);
		expect(first!.note).toContain(
			`The list ends at ${items.length}, because an AI agent gets at most 40000 characters`,
		);
		expect(first!.note).toContain(': there are 100 audit events.');
		expect(first!.note).toContain("end with '… [truncated]'");
		const [{ message } = {}] = items as Array<{ message?: { long: string } }>;
		expect(message!.long).toMatch(/^(ü🎉)+ü?… \[truncated\]$/u);
	});

	it.each([
		['member', {}, /there may be more members\. A higher 'Limit'/],
		['permission', { filters: { actions: '*' } }, /there are \d+ permissions\. .*Use 'Filters'/],
		['loginEvent', { from: '1999-01-01', to: 'now' }, /^There are no login events .*switched off/],
	])('has a note about a list of the resource %s', async (resource, changes, expected) => {
		const team = await openTeam();
		grantFullAccess(team);
		const { note } = await getAnswer(team, { resource, limit: fromAI('n'), ...changes }, { n: 1 });
		expect(note).toMatch(expected);
	});

	it('has no note if there is nothing to say', async () => {
		const team = await openTeamWithEvents(2);
		const answer = JSON.parse(await callTool(team, WINDOW)) as IDataObject[];
		expect(answer.map(({ event }) => event)).toEqual(['PERMISSIONS_UPDATE', 'PERMISSIONS_UPDATE']);
	});

	it('is an error with all in its message also if the tool continues on errors', async () => {
		const team = await openTeam();
		team.celonis.access.appKeys[0]!.auditLogPermission = false;
		const workflow = loadWorkflow('agentTool', { authentication: 'key' });
		workflow.nodes[2]!.onError = 'continueRegularOutput';
		const run = await team.n8n.run(workflow);
		const [{ error, ...rest } = {}] = JSON.parse(
			String(run.data.resultData.runData.Agent?.[0]?.data?.main?.[0]?.[0]?.json.seen),
		) as [IDataObject];
		expect(error).toMatch(/403.* Admin & Settings/);
		expect(rest).toEqual({});
	});
});

it('a node in a workflow has no item if nothing was found', async () => {
	const team = await openTeam();
	const run = await team.n8n.run(loadWorkflow('list', WINDOW));
	expect(run.data.resultData.runData.Celonis![0]!.data!.main).toEqual([[]]);
});
