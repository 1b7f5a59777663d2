import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { createTeam } from '../../../scripts/n8n/simulatedTeam.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { createRecord } from '../../celonis/testRecords.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';
import { createLogOfDays, findQuietZone } from '../support/exampleLog.mts';
import { runWorkflow, type Json } from '../support/executions.mts';
import { askInChat } from '../support/openChat.mts';
import { startChatModel, type ModelRequest } from '../support/receivers/chatModel.mts';
import { startChat } from '../support/receivers/chat.mts';
import { startReports } from '../support/receivers/reports.mts';
import { createSecretAccess, findSecrets } from '../support/secrets.mts';
import { getRecordsBetween, publish, unpublish } from '../support/workflows.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { MINUTE_MS } from '../../support/durations.mts';

const modelKey = 'e2e-model-key';

describe('the example workflows that are run by hand, by a schedule or in a chat', () => {
	const zone = findQuietZone();
	const log = createLogOfDays(9);
	let harness: ExampleHarness;
	const cleanups: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		harness = await startExampleHarness(log);
		cleanups.push(harness.close);
	});

	afterAll(async () => {
		for (const close of cleanups) await close();
	});

	test("archive-day-to-csv: yesterday's events, by the calendar of the workflow's time zone", async () => {
		const id = await harness.add('archive-day-to-csv.json', { timezone: zone });
		const first = await runWorkflow(harness.n8n.api, id, 'Run by hand');
		const again = await runWorkflow(harness.n8n.api, id, 'Run by hand');

		const today = DateTime.now().setZone(zone).startOf('day');
		const yesterday = today.minus({ days: 1 });
		const name = `celonis-audit-${yesterday.toFormat('yyyy-MM-dd')}.csv`;
		const text = await readFile(join(harness.files, name), 'utf8');
		const rows = parse(text, { bom: true, columns: true }) as Array<Record<string, string>>;
		const expected = getRecordsBetween(
			harness.celonis,
			yesterday.toMillis(),
			today.toMillis(),
		) as AuditRecord[];
		expect([first.status, again.status]).toEqual(['success', 'success']);
		expect(expected.length).toBeGreaterThan(200);
		expect(rows.map(archived)).toEqual(expected.map(archivable));
		expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(rows.length);
		// Each event is one line.
		expect(text.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(expected.length + 1);
		for (const strange of ['"', '\r\n', '\n', '🎉', '👩🏽‍💼']) {
			const messages = rows.map(({ message }) => String(JSON.stringify(JSON.parse(message!))));
			const written = JSON.stringify(strange).slice(1, -1);
			expect(messages.some((message) => message.includes(written))).toBe(true);
		}
	});

	test('weekly-summary: counts by actor and category of the last seven days', async () => {
		const reports = await startReports();
		cleanups.push(reports.close);
		const id = await harness.add('weekly-summary.json', { receiver: reports.url, timezone: zone });
		const { status } = await runWorkflow(harness.n8n.api, id, 'Run by hand');

		const today = DateTime.now().setZone(zone).startOf('day');
		const from = today.minus({ days: 7 });
		const expected = getRecordsBetween(harness.celonis, from.toMillis(), today.toMillis());
		expect(status).toBe('success');
		expect(reports.received).toHaveLength(1);
		const { subject, html } = reports.received[0]!;
		const [actors, categories] = parseTables(html);
		expect(subject).toBe(
			`Celonis audit log, ${from.toFormat('d LLLL')} to ${today.minus({ days: 1 }).toFormat('d LLLL yyyy')}`,
		);
		expect(html).toContain(`<h2>${expected.length} events</h2>`);
		expect(Object.fromEntries(actors!)).toEqual(countsByActor(expected as AuditRecord[]));
		expect(sum(categories!)).toBe(expected.length);
		expect(categories!.map(([name]) => name)).toContain('Data Integration');
		for (const rows of [actors!, categories!]) {
			const counts = rows.map(([, count]) => count);
			expect(counts).toEqual([...counts].sort((a, b) => b - a));
		}
	});

	test('watchdog: says that something is wrong, and that it is well again', async () => {
		const chat = await startChat();
		cleanups.push(chat.close);
		const team = new URL(harness.celonis.url).host;
		const id = await harness.add('watchdog.json', { receiver: chat.url, everySeconds: 4 });
		await publish(harness.n8n.api, id);
		const waitForMessages = async (count: number) =>
			await waitFor(async () => (chat.messages.length >= count ? true : undefined), {
				timeoutMs: 60_000,
				description: `message ${count} of the watchdog`,
			});

		// The credential may not read the login history.
		await waitForMessages(1);
		harness.celonis.access.auditApiEnabled = false;
		await waitForMessages(2);
		harness.celonis.access.auditApiEnabled = true;
		await waitForMessages(3);
		await unpublish(harness.n8n.api, id);

		const scope = "the credential does not request the scope 'team.login-history:read'";
		// On a slow machine, two executions may overlap.
		expect([...new Set(chat.messages)]).toEqual([
			expect.stringContaining(`🔴 Login history of ${team}: Celonis returned 403: ${scope}. `),
			expect.stringMatching(`^🔴 Audit log of ${team}: Celonis returned 403 without a reason. `),
			`🟢 Audit log of ${team}: can be read again`,
		]);
	});

	test('ai-agent-tool: the agent calls the node with the parameters of the model', async () => {
		const [from, to] = [Date.now() - 3 * 24 * 60 * MINUTE_MS, Date.now() - 24 * 60 * MINUTE_MS];
		const chatModel = await startChatModel(modelKey, [
			{
				tool: 'Celonis',
				arguments: {
					limit: 5,
					from: new Date(from).toISOString(),
					to: new Date(to).toISOString(),
					actors: '*@example.com',
					events: 'STUDIO_*',
					grantedPermissions: '',
					targets: '',
					text: '',
				},
			},
			{ text: 'Five changes in Studio.' },
		]);
		cleanups.push(chatModel.close);
		const openAiApi = await harness.credential('openAiApi', {
			apiKey: modelKey,
			url: `${chatModel.url}/v1`,
		});
		const id = await harness.add('ai-agent-tool.json', { credentials: { openAiApi } });

		const response = await askInChat(harness.n8n.api, id, 'Chat', 'What changed in Studio?');

		const [requested, lines] = chatModel.requests;
		expect(response).toBe('Five changes in Studio.');
		expect(chatModel.replies.map(({ status }) => status)).toEqual([200, 200]);
		const { name, parameters } = requested!.tools[0]!.function;
		expect(requested!.tools).toHaveLength(1);
		expect(name).toBe('Celonis');
		expect(Object.keys(parameters.properties as Json).sort()).toEqual([
			'actors',
			'events',
			'from',
			'grantedPermissions',
			'limit',
			'targets',
			'text',
			'to',
		]);
		const [note, ...seen] = toolResult(lines!.messages.at(-1)!.content);
		expect(note!.note).toMatch(/^'Limit' ends the list at 5: there are more audit events\. /);
		expect(note!.note).toMatch(/\d+ of the \d+ audit events that were read passed the filters\./);
		const expected = (getRecordsBetween(harness.celonis, from, to) as AuditRecord[])
			.filter(({ event, userId }) => event.startsWith('STUDIO_') && userId.includes('@example.com'))
			.reverse()
			.slice(0, 5);
		expect(expected).toHaveLength(5);
		expect(seen.map(({ timestamp }) => Date.parse(String(timestamp)))).toEqual(
			expected.map(({ timestamp }) => Date.parse(timestamp)),
		);
		for (const [i, event] of seen.entries()) {
			const who = /\((.*@.*)\)$/.exec(expected[i]!.userId)![1]!;
			expect(Object.keys(event)).toEqual(['timestamp', 'summary']);
			expect(event.summary).toMatch(/^\S+ (?!triggered)(\w+ed|reset) .*(Studio|variable)/);
			expect(String(event.summary).startsWith(`${who} `)).toBe(true);
		}
	});

	test('ai-agent-tool: finds who got admin rights last week, in three calls and 6000 tokens', async () => {
		const now = Date.now();
		const growth = { eventsPerMinute: 0 };
		const company = await startSimulator({
			...createSecretAccess(),
			...createCompanyTeam(20_260, now, growth),
		});
		cleanups.push(company.close);
		grantAdminRights(company, now);
		const received = findAdminRights(company, now);
		expect(received.length).toBeGreaterThanOrEqual(3);
		const find = { limit: 50, from: 'now-7d', to: '', actors: '', text: '' };
		const chatModel = await startChatModel(modelKey, [
			{
				tool: 'Celonis',
				arguments: {
					...find,
					from: 'last week',
					events: '',
					grantedPermissions: 'ADMIN',
					targets: '',
				},
			},
			// It reads in the error which dates the tool understands.
			({ messages }) => {
				const [, example] =
					/relative date: .*(now-7d)/.exec(String(messages.at(-1)!.content)) ?? [];
				const from = String(example);
				return {
					tool: 'Celonis',
					arguments: { ...find, from, events: '', grantedPermissions: 'ADMIN', targets: '' },
				};
			},
			{
				tool: 'Celonis',
				arguments: {
					...find,
					events: 'USER_JOIN_GROUP',
					grantedPermissions: '',
					targets: '*Administrators*',
				},
			},
			({ messages }) => ({
				text: messages
					.filter(({ role }) => role === 'tool')
					.slice(1)
					.flatMap(({ content }) => toolResult(content))
					.map(({ timestamp = '', summary, note }) => [timestamp, summary ?? note].join(' ').trim())
					.join('\n'),
			}),
		]);
		cleanups.push(chatModel.close);
		const openAiApi = await harness.credential('openAiApi', {
			apiKey: modelKey,
			url: `${chatModel.url}/v1`,
		});
		const team = createTeam(company);
		const id = await harness.add('ai-agent-tool.json', { credentials: { openAiApi }, team });

		const answer = await askInChat(harness.n8n.api, id, 'Chat', 'Who got admin rights last week?');

		expect(chatModel.replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		const granted = answer.split('\n').filter((line) => /granted ADMIN|Administrators/.test(line));
		expect(granted).toHaveLength(received.length);
		for (const { timestamp, email } of received) {
			expect(answer).toMatch(new RegExp(`^${timestamp} .*${email}`, 'm'));
		}
		expect(answer).toMatch(/^\d+ of \d\d\d+ audit events passed the filters\.$/m);
		expect(chatModel.requests).toHaveLength(4);
		expect(countTokens(chatModel.requests)).toBeLessThan(6000);
	});

	test('no secret in the output of n8n', () => {
		expect(findSecrets(harness.n8n.output())).toEqual([]);
		expect(harness.n8n.output()).not.toContain(modelKey);
	});
});

/** A row of the archive, with its JSON parsed. */
function archived(row: Record<string, string>): object {
	const { timestamp, event, userId, userRole, ipAddress, port, message, diffPayload } = row;
	const parts = { message: JSON.parse(message!), diffPayload: JSON.parse(diffPayload!) };
	return { timestamp, event, userId, userRole, ipAddress, port, ...parts };
}

/** The part of a record that the archive keeps. */
function archivable(record: AuditRecord): object {
	const { timestamp, event, userId, userRole } = record;
	const { ipAddress, port, message = null, diffPayload = null } = record;
	const texts = {
		timestamp,
		event,
		userId,
		userRole,
		ipAddress: ipAddress ?? '',
		port: port ?? '',
	};
	return { ...texts, message, diffPayload };
}

/** The two tables of a report: name and count. */
function parseTables(html: string): Array<Array<[string, number]>> {
	return [...html.matchAll(/<table>(.*?)<\/table>/gs)].map(([, rows = '']) =>
		[...rows.matchAll(/<tr><td>(.*?)<\/td><td align="right">(\d+)<\/td><\/tr>/gs)].map(
			([, name = '', count]): [string, number] => [name, Number(count)],
		),
	);
}

function countsByActor(records: AuditRecord[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { userId } of records) {
		const name = /\((.*@.*)\)$/.exec(userId)?.[1] ?? userId.split(' ')[0]!;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

function sum(rows: Array<[string, number]>): number {
	return rows.reduce((total, [, count]) => total + count, 0);
}

/** Three people get admin rights in the last week: two by a permission, one by a group. */
function grantAdminRights({ log }: Simulator, nowMs: number): void {
	const append = (ageDays: number, event: string, message: object) => {
		const base = createRecord(nowMs - ageDays * 24 * 60 * MINUTE_MS);
		const userId = '5f0c7d1e-0000-4000-8000-000000000001 (ada@example.com)';
		log.append({ ...base, userId, event, message }, { visibleFrom: 0 });
	};
	const grant = (email: string) => ({
		subject_description: `Somebody (${email})`,
		subject_type: 'USER',
		object_description: 'Order to Cash',
		old_permissions: ['READ'],
		new_permissions: ['READ', 'ADMIN'],
	});
	append(8, 'PERMISSIONS_UPDATE', grant('too-early@example.com'));
	append(6, 'PERMISSIONS_UPDATE', grant('bob@example.com'));
	append(3, 'USER_JOIN_GROUP', { userEmail: 'mallory@example.com', name: ADMIN_GROUP, id: 'g-1' });
	append(1, 'PERMISSIONS_UPDATE', grant('eve@example.com'));
}

const ADMIN_GROUP = 'Platform Administrators';

/** Who got admin rights in the last seven days, and when. */
function findAdminRights(company: Simulator, nowMs: number) {
	const records = getRecordsBetween(company, nowMs - 7 * 24 * 60 * MINUTE_MS, nowMs);
	return (records as AuditRecord[]).flatMap(({ event, timestamp, message }) => {
		const { new_permissions: granted = [], subject_description: subject } = message as Json;
		if ((granted as string[]).includes('ADMIN')) {
			return [{ timestamp, email: /\((.*)\)/.exec(String(subject))![1]! }];
		}
		const { name, userEmail } = message as Json;
		const isJoin = event === 'USER_JOIN_GROUP' && name === ADMIN_GROUP;
		return isJoin ? [{ timestamp, email: String(userEmail) }] : [];
	});
}

/** Of all requests to the model together. Three characters a token are more tokens than there are. */
function countTokens(requests: readonly ModelRequest[]): number {
	const characters = requests.map((request) => JSON.stringify(request).length);
	return characters.reduce((total, count) => total + count, 0) / 3;
}

/** The events that the tool has returned to the model. */
function toolResult(content: unknown): Json[] {
	const lines = JSON.parse(String(content)) as Json[] | { response: Json[] };
	return Array.isArray(lines) ? lines : lines.response;
}
