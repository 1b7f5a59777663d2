import { describe, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { getTimeMs, itReads, LOGS, read, skipWriting, toIso } from './reader.mts';
import { SUMMARY_FIELDS } from '../../nodes/Celonis/output/summary.ts';
import { getSubject } from './subject.mts';

const { team, settledMs } = getSubject();
const DAY_MS = 86_400_000;
const SAMPLE = 60;

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const getIds = (items: readonly IDataObject[]) => items.map(({ eventId }) => String(eventId));

describe.each(LOGS)('the log $area', ({ area, parameters }) => {
	const { options, ...resource } = parameters;
	const list = async (changes: IDataObject = {}, more: IDataObject = {}) =>
		await read({ operation: 'getAll', ...resource, ...changes, options: { ...options, ...more } });

	let sample: IDataObject[] | undefined;
	/** The newest events of a week that is settled, newest first. */
	const getSample = async () =>
		(sample ??= await list({
			from: toIso(settledMs - 7 * DAY_MS),
			to: toIso(settledMs),
			limit: SAMPLE,
		}));
	/** The window of the sample: from its oldest event on. */
	const getWindow = async () => ({
		from: toIso(Math.min(...(await getSample()).map(getTimeMs))),
		to: toIso(settledMs),
	});

	itReads([area], 'lists the newest events first, each once, with ID and team', async () => {
		const events = await getSample();
		const times = events.map(getTimeMs);
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(new Set(getIds(events)).size).toBe(events.length);
		expect(new Set(events.map((event) => event.team))).toEqual(new Set([new URL(team.url).host]));
	});

	itReads([area], 'has no record that cannot be read', async () => {
		expect((await getSample()).filter((event) => 'recordProblem' in event)).toHaveLength(0);
	});

	itReads([area], 'returns the ends of a window by a limit, in both orders', async () => {
		const window = await getWindow();
		const all = getIds(await list({ ...window, returnAll: true }, { sortOrder: 'asc' }));
		const [oldest, newest] = [
			getIds(await list({ ...window, limit: 3 }, { sortOrder: 'asc' })),
			getIds(await list({ ...window, limit: 3 }, { sortOrder: 'desc' })),
		];
		expect(oldest).toEqual(all.slice(0, 3));
		expect(newest).toEqual(all.slice(-3).reverse());
	});

	itReads([area], 'includes the start of a window and excludes its end', async () => {
		const event = (await getSample()).at(-1)!;
		const ms = getTimeMs(event);
		const from = await list({ from: toIso(ms), to: toIso(ms + 1), returnAll: true });
		expect(getIds(from)).toContain(event.eventId);
		const until = await list({ from: toIso(ms - 1000), to: toIso(ms), returnAll: true });
		expect(getIds(until)).not.toContain(event.eventId);
	});

	itReads([area], 'returns the same with one request at a time and with several', async () => {
		const window = await getWindow();
		const [one, several] = [
			getIds(await list({ ...window, returnAll: true }, { concurrency: 1 })),
			getIds(await list({ ...window, returnAll: true }, { concurrency: 4 })),
		];
		expect(several).toEqual(one);
	});

	itReads([area], 'is empty for a day before there was a team', async () => {
		const window = { from: '2001-01-01T00:00:00Z', to: '2001-01-02T00:00:00Z' };
		expect(await list({ ...window, returnAll: true })).toHaveLength(0);
	});

	itReads([area], 'has an item for each event in each output', async () => {
		const window = await getWindow();
		const counts = [];
		for (const output of ['event', 'raw', 'summary', 'ecs', 'ocsf']) {
			counts.push((await list({ ...window, output, returnAll: true })).length);
		}
		expect(new Set(counts).size).toBe(1);
	});

	itReads([area], 'finds by a text what contains it', async () => {
		const [event] = await getSample();
		const text = String(event!.userId ?? event!.email);
		const found = await list({ ...(await getWindow()), filters: { text }, returnAll: true });
		expect(getIds(found)).toContain(event!.eventId);
	});

	itReads([area], 'has the same IDs in a second reading, by other pages', async () => {
		const ids = getIds(await getSample());
		const window = { ...(await getWindow()), returnAll: true };
		const again = getIds(await list(window, { sortOrder: 'asc', concurrency: 1 }));
		expect(ids.filter((id) => !again.includes(id))).toHaveLength(0);
		const [newest] = getIds(await list({ ...window, returnAll: false, limit: 1 }));
		expect(newest).toBe(again.at(-1));
	});

	itReads([area], 'has the selected fields, and null where there is none', async () => {
		const { from, to } = await getWindow();
		const items = await list({ from, to, limit: 3 }, { fields: 'timestamp, eventId, noSuchField' });
		expect(items).toHaveLength(3);
		for (const item of items) {
			expect(Object.keys(item)).toEqual(['timestamp', 'eventId', 'noSuchField']);
			expect(item.noSuchField).toBeNull();
		}
		expect(getIds(items)).toEqual(getIds(await getSample()).slice(0, 3));
	});

	itReads([area], 'has the same columns in each summary', async () => {
		const { from, to } = await getWindow();
		const summaries = await list({ from, to, limit: SAMPLE, output: 'summary' });
		const columns = new Set(summaries.map((summary) => Object.keys(summary).join()));
		expect([...columns]).toEqual([SUMMARY_FIELDS.join()]);
		expect(summaries.filter(({ summary }) => !summary)).toHaveLength(0);
		expect(getIds(summaries)).toEqual(getIds(await getSample()));
	});

	itReads([area], 'has the records in raw output, as they are in events', async () => {
		const { from, to } = await getWindow();
		const records = await list({ from, to, limit: 3, output: 'raw' });
		const events = (await getSample()).slice(0, 3);
		const isPart = records.every((record, i) =>
			Object.entries(record).every(([name, value]) => isSame(events[i]![name], value)),
		);
		expect(isPart).toBe(true);
	});

	itReads([area], 'has a status, which knows the newest event', async () => {
		const [status] = await read({ operation: 'getStatus', ...resource, options });
		const { host } = new URL(team.url);
		expect(status).toMatchObject({ ok: true, error: null, team: host });
		const access = status!.access as IDataObject;
		expect(access[area === 'logins' ? 'loginHistory' : 'auditLog']).toBe('readable');
		const newestMs = getTimeMs((await getSample())[0]!);
		if (status!.newestEvent !== null) {
			expect(Date.parse(String(status!.newestEvent))).toBeGreaterThanOrEqual(newestMs);
		}
	});
});

describe('both versions of the audit log', () => {
	itReads(['v2', 'v1'], 'have the same events with the same IDs', async () => {
		const window = { from: toIso(settledMs - DAY_MS), to: toIso(settledMs) };
		const list = async (apiVersion: string) =>
			getIds(
				await read({
					resource: 'auditEvent',
					operation: 'getAll',
					...window,
					limit: 200,
					options: { apiVersion },
				}),
			).sort();
		expect(await list('v1')).toEqual(await list('v2'));
	});
});

describe('what other tests cover', () => {
	skipWriting([
		'late events, page shifts and events in one millisecond',
		'faults of the server, of proxies and of connections',
		'rate limits, expired tokens and missing permissions',
		'records in odd forms, and records that cannot be read',
		'Push Rows, which writes to a data pool',
	]);
});
