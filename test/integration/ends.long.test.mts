import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { respondWith } from '../celonis/faults/index.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import { HOUR_MS } from '../support/durations.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { openTeam, type Team } from './n8n/team.mts';

const FROM_MS = NOW_MS - 24 * HOUR_MS;
const isOfLog = ({ path }: { path: string }) => path.startsWith('/log');

let number = 0;

/** Records at these times, which differ from all others. */
const createRecords = (times: readonly number[]) =>
	times.map((ms) => ({ timestamp: toIso(ms), event: 'E', message: { number: ++number } }));

const spread = (count: number, fromMs: number, toMs: number) =>
	Array.from({ length: count }, (_, i) => fromMs + Math.floor((i * (toMs - fromMs)) / count));

/** Responds to each request for the log with a page that has a further page. */
function respondEndlessly(
	{ celonis }: Team,
	create: (request: RecordedRequest) => unknown[],
): void {
	celonis.faults.decide = (request) =>
		isOfLog(request)
			? respondWith(200, {
					body: { content: create(request), nextPageToken: `token ${++number}` },
				})
			: undefined;
}

const WHOLE_DAY = spread(200, FROM_MS + 1000, NOW_MS - 1000);
const LAST_HOUR = spread(200, NOW_MS - HOUR_MS, NOW_MS - 1000);
const SAME_PAGE = createRecords(spread(200, NOW_MS - 2 * HOUR_MS, NOW_MS - HOUR_MS));

const LOGS: ReadonlyArray<readonly [string, (request: RecordedRequest) => unknown[]]> = [
	['of one record a page', () => createRecords([WHOLE_DAY[++number % 200]!])],
	['of records before the window', () => createRecords(spread(200, 0, FROM_MS - HOUR_MS))],
	['of records after the window', () => createRecords([NOW_MS + 2 * HOUR_MS])],
	['of the same page, whatever the window', () => SAME_PAGE],
	['of full pages, whatever the window', () => createRecords(LAST_HOUR)],
	['of empty pages', () => []],
];

describe.each(['v1', 'v2'])('an endless log of API %s', (apiVersion) => {
	it.each(LOGS)(
		'%s ends the list',
		async (title, create) => {
			// One after the other, full pages may be a log of a million events.
			for (const concurrency of title.startsWith('of full') ? [8] : [1, 8]) {
				const team = await openTeam({ contract: undefined });
				// An empty page of version 1 is the last one.
				const isEnd = apiVersion === 'v1' && create({} as RecordedRequest).length === 0;
				if (isEnd) return;
				respondEndlessly(team, create);
				const { items, error } = await runNode(team, {
					authentication: 'key',
					returnAll: true,
					from: toIso(FROM_MS),
					to: toIso(NOW_MS),
					options: { apiVersion, concurrency },
				});
				expect(items).toEqual([]);
				expect(error?.message).toContain('exceeded a safety limit');
				expect(team.celonis.requests.filter(isOfLog).length).toBeLessThan(6000);
			}
		},
		120_000,
	);

	it.each(LOGS)(
		'%s ends a poll, which says why',
		async (_name, create) => {
			const team = await openTeam({ contract: undefined });
			const isEnd = apiVersion === 'v1' && create({} as RecordedRequest).length === 0;
			if (isEnd) return;
			respondEndlessly(team, create);
			team.celonis.behaviour.latencyMs = 20;
			const options: IDataObject = { apiVersion };
			const startDate = toIso(FROM_MS);
			const workflow = loadWorkflow('trigger', {
				authentication: 'key',
				startFrom: 'date',
				startDate,
				options,
			});
			const trigger = team.n8n.activate(
				{ ...workflow, id: `ends-${++number}` },
				{ budgetMs: 2000 },
			);
			// The first poll only warns, so that the workflow becomes active.
			expect(await trigger.poll()).toBeNull();
			await expect(trigger.poll()).rejects.toMatchObject({
				message: expect.stringContaining('exceeded a safety limit'),
			});
		},
		20_000,
	);
});

describe('a log of many slices', () => {
	it('is read to its end, though most of it is empty', async () => {
		const team = await openTeam({ backlog: { events: 12_000, days: 30 } });
		const { error } = await runNode(team, {
			authentication: 'key',
			returnAll: true,
			from: toIso(NOW_MS - 365 * 24 * HOUR_MS),
			options: { concurrency: 16, apiVersion: 'v1' },
		});
		expect(error).toBeUndefined();
	});
});
