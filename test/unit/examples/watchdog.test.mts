import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { runCodeNode } from '../../support/codeNode.mts';

const FILE = 'watchdog.json';

/** Monday, 12:00 in Berlin. */
const NOW = '2026-06-01T10:00:00.000Z';
const ZONE = 'Europe/Berlin';

/** A status of Get Status. */
function createStatus(changes: IDataObject = {}): IDataObject {
	return {
		ok: true,
		team: 'acme.eu-1.celonis.cloud',
		log: 'auditLog',
		newestEvent: '2026-06-01T09:50:00.000Z',
		eventsLastHour: 3,
		eventsLastDay: 50,
		serverTime: NOW,
		clockDifferenceSeconds: 0,
		error: null,
		hint: null,
		...changes,
	};
}

const FAILURE = { ok: false, newestEvent: null, eventsLastHour: null, eventsLastDay: null };

const now = DateTime.fromISO(NOW).setZone(ZONE);

/** A workflow between its runs. Each run gets statuses; the message is sent, or not. */
class Watchdog {
	private readonly staticData: IDataObject = {};

	async run(statuses: IDataObject[], isSent = true): Promise<string | undefined> {
		const { staticData } = this;
		const context = { staticData, now };
		const [item] = await runCodeNode(FILE, 'What has changed', { ...context, input: statuses });
		if (item && isSent) {
			const nodes = { 'What has changed': [item.json] };
			const remembered = await runCodeNode(FILE, 'Remember', { ...context, input: [{}], nodes });
			expect(remembered).toEqual([]);
		}
		return item?.json.text as string | undefined;
	}
}

describe('the watchdog', () => {
	it('says nothing as long as all is well', async () => {
		const watchdog = new Watchdog();
		expect(await watchdog.run([createStatus(), createStatus({ log: 'loginHistory' })])).toBe(
			undefined,
		);
	});

	it('reports a log that cannot be read, once, and when it can be read again', async () => {
		const watchdog = new Watchdog();
		const failure = { ...FAILURE, error: 'Celonis returned 401', hint: 'Check <the key> & more.' };
		const statuses = [createStatus(failure), createStatus({ log: 'loginHistory' })];
		expect(await watchdog.run(statuses)).toBe(
			'🔴 Audit log of acme.eu-1.celonis.cloud: Celonis returned 401. Check &lt;the key&gt; &amp; more.',
		);
		expect(await watchdog.run(statuses)).toBe(undefined);
		expect(await watchdog.run([createStatus(), createStatus({ log: 'loginHistory' })])).toBe(
			'🟢 Audit log of acme.eu-1.celonis.cloud: can be read again',
		);
	});

	it('tries again if the message could not be sent', async () => {
		const watchdog = new Watchdog();
		const statuses = [createStatus({ ...FAILURE, error: 'Down', hint: 'Wait.', team: null })];
		expect(await watchdog.run(statuses, false)).toBe('🔴 Audit log of Celonis: Down. Wait.');
		expect(await watchdog.run(statuses, false)).toBe('🔴 Audit log of Celonis: Down. Wait.');
		expect(await watchdog.run(statuses)).toBe('🔴 Audit log of Celonis: Down. Wait.');
		expect(await watchdog.run(statuses)).toBe(undefined);
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
		const text = await new Watchdog().run([createStatus({ newestEvent, serverTime })]);
		if (isReported) expect(text).toMatch(/^🔴 Audit log of [\w.-]+: no event since 20\d\d-/);
		else expect(text).toBe(undefined);
	});

	it('keeps a quiet log reported over the night, and until an event comes', async () => {
		const watchdog = new Watchdog();
		const quiet = { newestEvent: '2026-06-01T06:00:00Z', eventsLastHour: 0 };
		expect(await watchdog.run([createStatus({ ...quiet, serverTime: NOW })])).toBe(
			'🔴 Audit log of acme.eu-1.celonis.cloud: no event since 2026-06-01 08:00',
		);
		expect(
			await watchdog.run([createStatus({ ...quiet, serverTime: '2026-06-01T23:00:00Z' })]),
		).toBe(undefined);
		expect(await watchdog.run([createStatus({ ...quiet, newestEvent: null })])).toBe(undefined);
		const unreadable = createStatus({ ...FAILURE, error: 'Down', hint: 'Wait.' });
		expect(await watchdog.run([unreadable])).toContain('🔴');
		expect(await watchdog.run([createStatus(quiet)])).toBe(
			'🟢 Audit log of acme.eu-1.celonis.cloud: can be read again',
		);
		expect(await watchdog.run([createStatus()])).toBe(
			'🟢 Audit log of acme.eu-1.celonis.cloud: has new events again',
		);
	});

	it('reports an empty log with its hint', async () => {
		const empty = { newestEvent: null, eventsLastHour: 0, eventsLastDay: 0, hint: 'Turn it on.' };
		const status = createStatus({ ...empty, log: 'loginHistory' });
		expect(await new Watchdog().run([status])).toBe(
			'🔴 Login history of acme.eu-1.celonis.cloud: no event was found. Turn it on.',
		);
	});

	it.each([
		[3600, '60 minutes ahead of'],
		[-900, '15 minutes behind'],
	])('reports clocks that differ by %p seconds', async (clockDifferenceSeconds, words) => {
		const watchdog = new Watchdog();
		expect(await watchdog.run([createStatus({ clockDifferenceSeconds })])).toContain(
			`the clock of Celonis is ${words} the clock of n8n`,
		);
		expect(await watchdog.run([createStatus({ clockDifferenceSeconds: null })])).toBe(undefined);
		expect(await watchdog.run([createStatus({ clockDifferenceSeconds: 200 })])).toContain(
			'the clocks agree again',
		);
	});
});
