import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JSON_FILE, MARKDOWN_FILE, writeReport } from '../../../scripts/probe/files.mts';
import { formatMarkdown, formatTable } from '../../../scripts/probe/format.mts';
import { getSeen, type ProbeReport } from '../../../scripts/probe/report.mts';
import { pageWith, respondWith } from '../../celonis/faults/index.mts';
import type { Simulator } from '../../celonis/simulator.mts';
import { probeSimulator, toClientTeam } from '../../support/probeTeam.mts';
import { createHostileSchema, HOSTILE_TEXTS } from './hostileSchema.mts';
import { listSecrets, openHostileTeam } from './hostileTeam.mts';
import { findLeaks } from './leaks.mts';

let folder: string;
let simulator: Simulator;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'probe-'));
	simulator = await openHostileTeam('few records');
});
afterEach(async () => {
	await simulator.close();
	await rm(folder, { recursive: true });
});

describe('the report on a team full of mails, names and secrets', () => {
	it('has no value of a record, no host and no credential in either file', async () => {
		simulator.faults.always(
			{ when: { path: '/log/v3/api-docs' } },
			respondWith(200, {
				body: createHostileSchema(simulator.url),
				headers: { 'x-grace-hopper': 'sk-live-4711', 'x-request-id': 'request-of-grace' },
			}),
		);
		const report = await probeSimulator(simulator, { watchMinutes: 3 });
		expect(report.end).toBe('complete');
		await writeReport(report, folder);
		expect((await readdir(folder)).sort()).toEqual([JSON_FILE, MARKDOWN_FILE]);
		expect(getSeen(report, 'schema.recordFields')).toEqual({
			names: { event: ['text'], userId: ['text'] },
			others: 4,
		});
		const secrets = [...listSecrets(simulator), ...HOSTILE_TEXTS];
		expect(secrets.length).toBeGreaterThan(500);
		for (const file of [JSON_FILE, MARKDOWN_FILE]) {
			expect(findLeaks(await readFile(join(folder, file), 'utf8'), secrets)).toEqual([]);
		}
		expect(findLeaks(formatTable(report), secrets)).toEqual([]);
		expect(JSON.stringify(report)).not.toMatch(/grace|hopper|navy|4711.*4711/i);
	});

	it('has none when the pages are hostile, or the credential is refused', async () => {
		const page = {
			'grace@navy.example': 'Grace Hopper',
			nextPageToken: 'token-of-grace',
			totalCount: 'grace@navy.example',
		};
		simulator.faults.always({ when: ({ path }) => path !== '/oauth2/token' }, pageWith(page));
		const hostile = await probeSimulator(simulator);
		const team = toClientTeam(simulator);
		const oAuth2 = { ...team.oAuth2!, clientSecret: 'wrong-secret-of-grace' };
		const refused = await probeSimulator(simulator, { team: { ...team, oAuth2 } });
		expect(refused.end).toBe('not signed in');
		for (const report of [hostile, refused]) {
			expect(JSON.stringify(report) + formatMarkdown(report)).not.toMatch(/grace|hopper|navy/i);
		}
	});
});

/** What a report would be like if a value got into it, in each place that it could. */
const LEAKS: Array<[string, (report: ProbeReport, value: string) => unknown]> = [
	['a word', (report, value) => replaceSeen(report, 'v2.order', value)],
	['one of some words', (report, value) => replaceSeen(report, 'v2.timestamps', [value])],
	[
		'the name of a field',
		(report, value) =>
			replaceSeen(report, 'v2.recordFields', { names: { [value]: ['text'] }, others: 0 }),
	],
	['a further field', (report, value) => ({ ...report, sample: value })],
	['the end', (report, value) => ({ ...report, end: value })],
];

function replaceSeen(report: ProbeReport, id: string, seen: unknown): unknown {
	const findings = report.findings.map((each) =>
		each.id === id ? { id, seen, verdict: 'seen' } : each,
	);
	return { ...report, findings };
}

describe('a deliberate leak', () => {
	it('of any value is refused before a file is written, and would be found', async () => {
		const report = await probeSimulator(simulator);
		const secrets = listSecrets(simulator);
		const values = ['grace1@navy.example', 'Grace Hopper', new URL(simulator.url).host];
		for (const [, leak] of LEAKS) {
			for (const value of values) {
				const leaking = leak(report, value) as ProbeReport;
				await expect(writeReport(leaking, folder)).rejects.toThrow();
				expect(await readdir(folder)).toEqual([]);
				expect(findLeaks(JSON.stringify(leaking), secrets)).toContain(value);
			}
		}
	});
});
