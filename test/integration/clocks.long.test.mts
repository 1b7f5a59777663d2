import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { doubledDate, invalidDate, missingDate, shiftedDate } from '../celonis/faults/index.mts';
import type { InjectedFault } from '../celonis/faults/faultInjector.mts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ActiveTrigger } from './n8n/n8nHarness.mts';
import { addEvent, getNumbers, getOutcome, openTeam, type Team } from './n8n/team.mts';

const POLLS = 90;
const YEAR_MS = 365 * DAY_MS;

afterEach(() => {
	jest.restoreAllMocks();
});

let workflows = 0;

function activate({ n8n }: Team, parameters: IDataObject = {}): ActiveTrigger {
	const workflow = { ...loadWorkflow('trigger', parameters), id: `clocks-${++workflows}` };
	return n8n.activate(workflow);
}

/** Makes this machine's clock show the team's time, plus a difference. */
function setMachineClock({ celonis }: Team, getSkewMs: () => number = () => 0): void {
	jest.spyOn(Date, 'now').mockImplementation(() => celonis.clock.now() + getSkewMs());
}

/** Chooses the fault of each response of the log, by its number. */
function injectByNumber({ celonis }: Team, choose: (n: number) => InjectedFault | undefined): void {
	let n = 0;
	celonis.faults.decide = ({ path }) => (path.includes('/audit') ? choose(n++) : undefined);
}

/** Adds two events a minute, one of them nine minutes late, and polls after each minute. */
async function pollGrowingLog(team: Team, trigger: ActiveTrigger): Promise<unknown[]> {
	const delivered: unknown[] = [];
	const { clock } = team.celonis;
	for (let poll = 0; poll < POLLS + 10; poll++) {
		if (poll < POLLS) {
			addEvent(team, clock.now() + 1000, 2 * poll);
			addEvent(team, clock.now() + 2000, 2 * poll + 1, clock.now() + 9 * MINUTE_MS);
		}
		clock.advance(MINUTE_MS);
		delivered.push(...getNumbers(await trigger.poll()));
	}
	return delivered;
}

const ALL = Array.from({ length: 2 * POLLS }, (_, i) => i);

const sortNumbers = (numbers: unknown[]) => (numbers as number[]).sort((a, b) => a - b);

const only = (number: number, fault: InjectedFault) => (n: number) =>
	n === number ? fault : undefined;

const everyFourth = (fault: InjectedFault) => (n: number) => (n % 4 === 3 ? fault : undefined);

describe('the trigger delivers each event once although', () => {
	it.each<[string, (n: number) => InjectedFault | undefined]>([
		['one response of 90 is 15 minutes ahead', only(40, shiftedDate(15 * MINUTE_MS))],
		['one response is two hours ahead', only(40, shiftedDate(2 * HOUR_MS))],
		['one response is a year ahead', only(40, shiftedDate(YEAR_MS))],
		['the very first response is a year ahead', only(0, shiftedDate(YEAR_MS))],
		['every fourth response is 15 minutes ahead', everyFourth(shiftedDate(15 * MINUTE_MS))],
		['every response is 40 minutes ahead', () => shiftedDate(40 * MINUTE_MS)],
		['one response is two hours behind', only(40, shiftedDate(-2 * HOUR_MS))],
		['every fourth response is two hours behind', everyFourth(shiftedDate(-2 * HOUR_MS))],
		['every response is 40 minutes behind', () => shiftedDate(-40 * MINUTE_MS)],
		['no response has a date', () => missingDate()],
		['every response has two dates', () => doubledDate()],
		['every fourth response has an invalid date', everyFourth(invalidDate())],
	])('%s', async (_, choose) => {
		const team = await openTeam();
		setMachineClock(team);
		injectByNumber(team, choose);
		const trigger = activate(team);
		expect(await trigger.poll()).toBeNull();
		expect(sortNumbers(await pollGrowingLog(team, trigger))).toEqual(ALL);
	});

	it.each([
		['a day behind', -DAY_MS],
		['a day ahead', DAY_MS],
		['a year behind', -YEAR_MS],
		['a year ahead', YEAR_MS],
	])('the clock of this machine is %s', async (_, skewMs) => {
		const team = await openTeam();
		setMachineClock(team, () => skewMs);
		for (let i = 0; i < 1200; i++)
			addEvent(team, team.celonis.clock.now() - 2000 - i * 5000, `old ${i}`);
		const trigger = activate(team);
		expect(await trigger.poll()).toBeNull();
		expect(sortNumbers(await pollGrowingLog(team, trigger))).toEqual(ALL);
	});

	it('the first response is two hours behind', async () => {
		const team = await openTeam();
		setMachineClock(team);
		addEvent(team, team.celonis.clock.now() - 5000, 'before the start');
		injectByNumber(team, only(0, shiftedDate(-2 * HOUR_MS)));
		const trigger = activate(team);
		expect(await trigger.poll()).toBeNull();
		expect(sortNumbers(await pollGrowingLog(team, trigger))).toEqual(ALL);
	});

	it('the clock of this machine is set again and again', async () => {
		const team = await openTeam();
		let calls = 0;
		setMachineClock(team, () => (++calls % 7) * HOUR_MS - 3 * HOUR_MS);
		const trigger = activate(team);
		expect(await trigger.poll()).toBeNull();
		expect(sortNumbers(await pollGrowingLog(team, trigger))).toEqual(ALL);
	});
});

describe('a server that is set back', () => {
	it.each([2, 10.5, 15, 120])(
		'by %d minutes loses nothing, and repeats under the same ids',
		async (minutes) => {
			const team = await openTeam();
			const { clock } = team.celonis;
			jest.spyOn(Date, 'now').mockImplementation(() => trueMs);
			jest.spyOn(performance, 'now').mockImplementation(() => trueMs);
			let trueMs = clock.now();
			const ids = new Map<unknown, unknown>();
			const trigger = activate(team);
			expect(await trigger.poll()).toBeNull();
			for (let poll = 0; poll < POLLS; poll++) {
				if (poll === 40) clock.advance(-minutes * MINUTE_MS);
				addEvent(team, clock.now() + 1000, 2 * poll, 0);
				addEvent(team, clock.now() + 2000, 2 * poll + 1, 0);
				clock.advance(MINUTE_MS);
				trueMs += MINUTE_MS;
				for (const { eventId, message } of (await trigger.poll()) ?? []) {
					const { number } = message as IDataObject;
					expect(ids.get(number) ?? eventId).toBe(eventId);
					ids.set(number, eventId);
				}
			}
			expect(sortNumbers([...ids.keys()])).toEqual(ALL);
		},
	);

	it('moves no position back that a single server is behind', async () => {
		const team = await openTeam();
		setMachineClock(team);
		const trigger = activate(team);
		await trigger.poll();
		await pollGrowingLog(team, trigger);
		team.celonis.requests.length = 0;
		injectByNumber(team, only(0, shiftedDate(-DAY_MS)));
		team.celonis.clock.advance(MINUTE_MS);
		expect(await trigger.poll()).toBeNull();
		expect(team.celonis.requests).toHaveLength(2);
	});
});

describe('the costs', () => {
	it('of a quiet poll are one request where the clocks are right', async () => {
		const team = await openTeam();
		setMachineClock(team);
		const trigger = activate(team, { authentication: 'key' });
		await trigger.poll();
		for (let poll = 0; poll < 5; poll++) {
			team.celonis.clock.advance(MINUTE_MS);
			team.celonis.requests.length = 0;
			await trigger.poll();
			expect(team.celonis.requests).toHaveLength(1);
		}
		expect(JSON.stringify(trigger.save()).length).toBeLessThan(250);
	});
});

describe('a list without an end', () => {
	it.each([-5 * MINUTE_MS, -2 * HOUR_MS, -YEAR_MS, 2 * HOUR_MS])(
		'is complete although the dates of the server are %i ms off',
		async (offMs) => {
			const team = await openTeam();
			setMachineClock(team);
			const nowMs = team.celonis.clock.now();
			for (let i = 0; i < 3000; i++) addEvent(team, nowMs - 4 * HOUR_MS + i * 4790, i);
			injectByNumber(team, () => shiftedDate(offMs));
			const from = new Date(nowMs - DAY_MS).toISOString();
			const run = await team.n8n.run(loadWorkflow('list', { returnAll: true, from, to: '' }));
			const { items, error } = getOutcome(run);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(3000);
		},
	);
});

describe('the log of n8n', () => {
	const collectWarnings = () => {
		const warnings: string[] = [];
		const warn = (text: string) => void warnings.push(text);
		jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue({ warn } as never);
		return warnings;
	};

	it.each([
		[6 * MINUTE_MS, 1],
		[-6 * MINUTE_MS, 1],
		[4 * MINUTE_MS, 0],
	])('says once a day that clocks differ (%i ms)', async (skewMs, expected) => {
		const team = await openTeam();
		setMachineClock(team, () => skewMs);
		const warnings = collectWarnings();
		const trigger = activate(team);
		for (let poll = 0; poll < 5; poll++) {
			await trigger.poll();
			team.celonis.clock.advance(MINUTE_MS);
		}
		expect(warnings).toHaveLength(expected);
		const { clock } = team.celonis;
		const serverMs = clock.now() - 4 * MINUTE_MS;
		for (const text of warnings) {
			for (const ms of [serverMs, serverMs + skewMs]) {
				expect(text).toContain(new Date(ms).toISOString().slice(0, 19));
			}
		}
	});

	it('says that a response has no date', async () => {
		const team = await openTeam();
		setMachineClock(team);
		const warnings = collectWarnings();
		injectByNumber(team, () => missingDate());
		const trigger = activate(team);
		for (let poll = 0; poll < 3; poll++) await trigger.poll();
		expect(warnings).toEqual([expect.stringContaining("valid 'Date' header")]);
	});
});
