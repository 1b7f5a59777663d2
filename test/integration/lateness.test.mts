import { afterEach, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ActiveTrigger } from './n8n/n8nHarness.mts';
import { addEvent, grantFullAccess, openTeam, type Team } from './n8n/team.mts';

afterEach(() => {
	jest.restoreAllMocks();
});

let workflows = 0;

/** A key does not expire while the days of a test pass. */
function activate(
	{ n8n }: Team,
	parameters: IDataObject,
	id = `late-${++workflows}`,
	staticData?: IDataObject,
): ActiveTrigger {
	const workflow = loadWorkflow('trigger', { authentication: 'key', ...parameters });
	return n8n.activate({ ...workflow, id }, { staticData });
}

/** A team whose time is that of this machine, and the warnings of all polls. */
async function openWatchedTeam(): Promise<{ team: Team; warnings: string[] }> {
	const team = await openTeam();
	grantFullAccess(team);
	const { clock } = team.celonis;
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	jest.spyOn(performance, 'now').mockImplementation(() => clock.now());
	const warnings: string[] = [];
	const warn = (text: string) => void warnings.push(text);
	jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
	return { team, warnings };
}

/** Adds an event of a minute ago, visible when the minutes have passed. */
function addLateEvent(team: Team, source: string, minutes: number, number: number): void {
	const { clock, logins } = team.celonis;
	const ms = clock.now() - MINUTE_MS;
	const visibleFrom = ms + minutes * MINUTE_MS;
	if (source === 'auditLog') addEvent(team, ms, number, visibleFrom);
	else {
		const login = {
			authenticationEventType: 'LOGIN',
			email: `a${number}@b.example`,
			success: true,
		};
		logins.append({ ...login, timestamp: new Date(ms).toISOString() }, { visibleFrom });
	}
}

it.each([
	['auditLog', 'audit events'],
	['loginHistory', 'login events'],
])('the trigger on the %s warns once a day of events that are late', async (source, entries) => {
	const { team, warnings } = await openWatchedTeam();
	const { clock } = team.celonis;
	const trigger = activate(team, { source });
	let delivered = 0;
	const pollMinutes = async (minutes: number) => {
		for (let i = 0; i < minutes; i++) {
			clock.advance(MINUTE_MS);
			delivered += (await trigger.poll())?.length ?? 0;
		}
	};
	await pollMinutes(3);
	addLateEvent(team, source, 4, 1);
	await pollMinutes(5);
	expect({ delivered, warnings }).toEqual({ delivered: 1, warnings: [] });

	addLateEvent(team, source, 8, 2);
	addLateEvent(team, source, 9, 3);
	await pollMinutes(10);
	expect(delivered).toBe(3);
	expect(warnings).toEqual([
		`Celonis Trigger: ${entries} appeared at least 7 minutes after their timestamp, and the 'Lookback (Minutes)' is 10. Raise it under Options: events that appear later than the lookback are not delivered.`,
	]);

	clock.advance(DAY_MS);
	await pollMinutes(2);
	addLateEvent(team, source, 9, 4);
	await pollMinutes(10);
	expect(delivered).toBe(4);
	expect(warnings).toHaveLength(2);
});

it('does not warn of a backlog, of a pause, or of what other filters excluded', async () => {
	const { team, warnings } = await openWatchedTeam();
	const { clock } = team.celonis;
	const startMs = clock.now() - 5 * HOUR_MS;
	for (let i = 0; i < 50; i++) addEvent(team, startMs + i * MINUTE_MS, i);
	const parameters = { startFrom: 'date', startDate: new Date(startMs).toISOString() };
	const id = `late-${++workflows}`;
	const trigger = activate(team, parameters, id);
	expect(await trigger.poll()).toHaveLength(50);
	clock.advance(MINUTE_MS);
	await trigger.poll();

	for (let i = 0; i < 8; i++) addEvent(team, clock.now() + i * 5 * MINUTE_MS, 100 + i);
	clock.advance(HOUR_MS);
	expect(await trigger.poll()).toHaveLength(8);

	addEvent(team, clock.now() + 1000, 200);
	const strict = activate(team, { ...parameters, filters: { text: 'nobody' } }, id, trigger.save());
	for (let i = 0; i < 8; i++) {
		clock.advance(MINUTE_MS);
		expect(await strict.poll()).toBeNull();
	}
	const open = activate(team, parameters, id, strict.save());
	expect(await open.poll()).toHaveLength(1);
	expect(warnings).toEqual([]);
});
