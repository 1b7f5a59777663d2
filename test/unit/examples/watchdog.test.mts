import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { createStatus, NOW, TEAM, Watchdog } from './watchdog.mts';

const FAILURE = { ok: false, newestEvent: null, eventsLastHour: null, eventsLastDay: null };

/** The workflow without the n8n API. */
class LogWatchdog extends Watchdog {
	async check(...input: IDataObject[]): Promise<string[]> {
		return await this.run({ input });
	}
}

describe('the watchdog of logs', () => {
	it('says nothing as long as all is well', async () => {
		const watchdog = new LogWatchdog();
		expect(await watchdog.check(createStatus(), createStatus({ log: 'loginHistory' }))).toEqual([]);
	});

	it('reports a log that cannot be read, once, and when it can be read again', async () => {
		const watchdog = new LogWatchdog();
		const failure = { ...FAILURE, error: 'Celonis returned 401', hint: 'Check <the key> & more.' };
		const logins = createStatus({ log: 'loginHistory' });
		expect(await watchdog.check(createStatus(failure), logins)).toEqual([
			`🔴 Audit log of ${TEAM}: Celonis returned 401. Check &lt;the key&gt; &amp; more.`,
		]);
		expect(await watchdog.check(createStatus(failure), logins)).toEqual([]);
		expect(await watchdog.check(createStatus(), logins)).toEqual([
			`🟢 Audit log of ${TEAM}: can be read again`,
		]);
	});

	it('tries again if the message could not be sent', async () => {
		const watchdog = new LogWatchdog();
		const checks = { input: [createStatus({ ...FAILURE, error: 'Down', hint: 'Wait.' })] };
		const message = [`🔴 Audit log of ${TEAM}: Down. Wait.`];
		expect(await watchdog.run(checks, { isSent: false })).toEqual(message);
		expect(await watchdog.run(checks, { isSent: false })).toEqual(message);
		expect(await watchdog.run(checks)).toEqual(message);
		expect(await watchdog.run(checks)).toEqual([]);
	});

	it.each<[string, string, string, boolean]>([
		['four hours of a working day', '2026-06-01T06:00:00Z', '2026-06-01T10:00:00Z', true],
		['less than four hours', '2026-06-01T06:30:00Z', '2026-06-01T10:00:00Z', false],
		['the hours before work', '2026-05-31T22:00:00Z', '2026-06-01T08:00:00Z', false],
		['a weekend', '2026-05-29T15:30:00Z', '2026-06-01T07:00:00Z', false],
		['a weekend and four hours', '2026-05-29T15:30:00Z', '2026-06-01T09:30:00Z', true],
		['Sunday', '2026-05-31T04:00:00Z', '2026-05-31T20:00:00Z', false],
		['years', '2020-01-01T00:00:00Z', '2026-06-01T02:00:00Z', true],
	])('counts working hours only: %s', async (_name, newestEvent, serverTime, isReported) => {
		const lines = await new LogWatchdog().check(createStatus({ newestEvent, serverTime }));
		const line = expect.stringMatching(/^🔴 Audit log of [\w.-]+: no event since 20\d\d-/);
		expect(lines).toEqual(isReported ? [line] : []);
	});

	it('keeps a quiet log reported over the night, and until an event comes', async () => {
		const watchdog = new LogWatchdog();
		const quiet = { newestEvent: '2026-06-01T06:00:00Z', eventsLastHour: 0 };
		expect(await watchdog.check(createStatus({ ...quiet, serverTime: NOW }))).toEqual([
			`🔴 Audit log of ${TEAM}: no event since 2026-06-01 08:00`,
		]);
		const atNight = createStatus({ ...quiet, serverTime: '2026-06-01T23:00:00Z' });
		expect(await watchdog.check(atNight)).toEqual([]);
		expect(await watchdog.check(createStatus({ ...quiet, newestEvent: null }))).toEqual([]);
		const unreadable = createStatus({ ...FAILURE, error: 'Down', hint: 'Wait.' });
		expect(await watchdog.check(unreadable)).toEqual([expect.stringContaining('🔴')]);
		expect(await watchdog.check(createStatus(quiet))).toEqual([
			`🟢 Audit log of ${TEAM}: can be read again`,
		]);
		expect(await watchdog.check(createStatus())).toEqual([
			`🟢 Audit log of ${TEAM}: has new events again`,
		]);
	});

	it('reports an empty log with its hint', async () => {
		const empty = { newestEvent: null, eventsLastHour: 0, eventsLastDay: 0, hint: 'Turn it on.' };
		const status = createStatus({ ...empty, log: 'loginHistory' });
		expect(await new LogWatchdog().check(status)).toEqual([
			`🔴 Login history of ${TEAM}: no event was found. Turn it on.`,
		]);
	});

	it.each([
		[3600, '60 minutes ahead of'],
		[-900, '15 minutes behind'],
	])('reports clocks that differ by %p seconds', async (clockDifferenceSeconds, words) => {
		const watchdog = new LogWatchdog();
		expect(await watchdog.check(createStatus({ clockDifferenceSeconds }))).toEqual([
			`🔴 Audit log of ${TEAM}: the clock of Celonis is ${words} the clock of n8n`,
		]);
		expect(await watchdog.check(createStatus({ clockDifferenceSeconds: null }))).toEqual([]);
		expect(await watchdog.check(createStatus({ clockDifferenceSeconds: 200 }))).toEqual([
			`🟢 Audit log of ${TEAM}: the clocks agree again`,
		]);
	});
});

describe('the watchdog of several teams', () => {
	const other = 'other.us-1.celonis.cloud';
	const down = { ...FAILURE, error: 'Down', hint: 'Wait.' };

	it('keeps their problems apart', async () => {
		const watchdog = new LogWatchdog();
		const well = createStatus({ team: other });
		expect(await watchdog.check(createStatus(down), well)).toEqual([
			`🔴 Audit log of ${TEAM}: Down. Wait.`,
		]);
		const bothDown = [createStatus(down), createStatus({ team: other, ...down })];
		expect(await watchdog.check(...bothDown)).toEqual([`🔴 Audit log of ${other}: Down. Wait.`]);
		expect(await watchdog.check(...bothDown.reverse())).toEqual([]);
		expect(await watchdog.check(createStatus(), createStatus({ team: other, ...down }))).toEqual([
			`🟢 Audit log of ${TEAM}: can be read again`,
		]);
		expect(await watchdog.check(createStatus(), well)).toEqual([
			`🟢 Audit log of ${other}: can be read again`,
		]);
	});

	it('gives the all-clear of a team whose address was unknown', async () => {
		const watchdog = new LogWatchdog();
		const unknown = createStatus({ ...down, team: null, error: 'The team URL is invalid' });
		expect(await watchdog.check(createStatus(), unknown)).toEqual([
			'🔴 Audit log of Celonis: The team URL is invalid. Wait.',
		]);
		expect(await watchdog.check(createStatus(), unknown)).toEqual([]);
		expect(await watchdog.check(createStatus(), createStatus({ team: other }))).toEqual([
			'🟢 Audit log of Celonis: can be read again',
		]);
	});

	it('keeps a problem of a team that was not checked this time', async () => {
		const watchdog = new LogWatchdog();
		expect(await watchdog.check(createStatus(), createStatus({ team: other, ...down }))).toEqual([
			`🔴 Audit log of ${other}: Down. Wait.`,
		]);
		expect(await watchdog.check(createStatus())).toEqual([]);
		expect(await watchdog.check(createStatus(), createStatus({ team: other }))).toEqual([
			`🟢 Audit log of ${other}: can be read again`,
		]);
	});
});
