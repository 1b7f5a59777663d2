import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { SUMMARY_FIELDS } from '../../../nodes/Celonis/output/summary.ts';
import { createTeam } from '../../../scripts/n8n/simulatedTeam.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import { AuditLog } from '../../celonis/log.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { createRecord } from '../../celonis/testRecords.mts';
import { pickArchived, parseArchivedRow, readCsv } from '../support/archives.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';
import { appendLastMonth, createLogOfDays, findQuietZone } from '../support/exampleLog.mts';
import { runWorkflow, type Json } from '../support/executions.mts';
import { askInChat } from '../support/openChat.mts';
import { startChatModel, type ModelRequest } from '../support/receivers/chatModel.mts';
import { startChat } from '../support/receivers/chat.mts';
import { createSecretAccess, findSecrets, loginClient } from '../support/secrets.mts';
import { attacked, createSignIns, describeAttack } from '../support/signIns.mts';
import { getRecordsBetween } from '../support/workflows.mts';
import { MINUTE_MS } from '../../support/durations.mts';

const modelKey = 'e2e-model-key';

describe('the example workflows that are run by hand, by a schedule or in a chat', () => {
	const zone = findQuietZone();
	const log = createLogOfDays(9);
	appendLastMonth(log);
	const logins = createSignIns();
	let harness: ExampleHarness;
	const cleanups: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		harness = await startExampleHarness(log, { ...createSecretAccess(), logins: { log: logins } });
		cleanups.push(harness.close);
	});

	afterAll(async () => {
		for (const close of cleanups) await close();
	});

	const getRecords = (from: DateTime, to: DateTime, celonis: Simulator = harness.celonis) =>
		getRecordsBetween(celonis, from.toMillis(), to.toMillis()) as AuditRecord[];

	test("archive-day-to-csv: yesterday's events, by the calendar of the workflow's time zone", async () => {
		const id = await harness.add('archive-day-to-csv.json', { timezone: zone });
		const first = await runWorkflow(harness.n8n.api, id, 'Run by hand');
		const again = await runWorkflow(harness.n8n.api, id, 'Run by hand');

		const today = DateTime.now().setZone(zone).startOf('day');
		const yesterday = today.minus({ days: 1 });
		const name = `celonis-audit-${yesterday.toFormat('yyyy-MM-dd')}.csv`;
		const { text, rows } = await readCsv(harness.files, name);
		const expected = getRecords(yesterday, today);
		expect([first.status, again.status]).toEqual(['success', 'success']);
		expect(expected.length).toBeGreaterThan(200);
		expect(rows.map(parseArchivedRow)).toEqual(expected.map(pickArchived));
		expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(rows.length);
		// Each event is one line.
		expect(text.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(expected.length + 1);
		for (const strange of ['"', '\r\n', '\n', '🎉', '👩🏽‍💼']) {
			const messages = rows.map(({ message }) => String(JSON.stringify(JSON.parse(message!))));
			const written = JSON.stringify(strange).slice(1, -1);
			expect(messages.some((message) => message.includes(written))).toBe(true);
		}
	});

	test("archive-month-to-csv: last month's events, always with the same columns", async () => {
		const id = await harness.add('archive-month-to-csv.json', { timezone: zone });
		const { status } = await runWorkflow(harness.n8n.api, id, 'Run by hand');

		const end = DateTime.now().setZone(zone).startOf('month');
		const start = end.minus({ months: 1 });
		const name = `celonis-audit-${start.toFormat('yyyy-MM')}.csv`;
		const { text, rows, columns } = await readCsv(harness.files, name);
		const expected = getRecords(start, end);
		expect(status).toBe('success');
		expect(expected.length).toBeGreaterThan(250);
		expect(columns).toEqual(SUMMARY_FIELDS);
		expect(rows.map(({ timestamp, event }) => [timestamp, event])).toEqual(
			expected.map(({ timestamp, event }) => [new Date(timestamp).toISOString(), event]),
		);
		expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(rows.length);
		expect(rows.filter(({ summary }) => summary === '')).toEqual([]);
		expect(text.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(expected.length + 1);
		const cells = rows.flatMap((row) => Object.values(row));
		expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
		expect(rows.map(({ actor }) => actor)).toContain(`'=HYPERLINK("http://example.com")`);
	});

	test('failed-sign-ins: who failed ten times in an hour, once a day and once more after a success', async () => {
		const chat = await startChat();
		cleanups.push(chat.close);
		const mayRead = { teamUrl: harness.celonis.url, ...loginClient };
		const id = await harness.add('failed-sign-ins.json', {
			receiver: chat.url,
			timezone: zone,
			nodeCredentials: {
				'Sign-ins of the last hour': await harness.credential('celonisOAuth2Api', mayRead),
			},
		});
		const run = async () => {
			const before = chat.messages.length;
			const { status } = await runWorkflow(harness.n8n.api, id, 'Run by hand');
			expect(status).toBe('success');
			return chat.messages.slice(before).flatMap((message) => message.split('\n').sort());
		};
		const first = await run();
		const second = await run();
		const success = { authenticationEventType: 'LOGIN', email: attacked.withstood, success: true };
		logins.append({ ...success, timestamp: new Date().toISOString() });
		const third = await run();

		const [withstood, intruded] = [attacked.withstood, attacked.intruded];
		expect(first).toHaveLength(2);
		expect(first[0]).toMatch(
			/^eve@example\.com: 12 failed sign-ins from [\d-]+ [\d:]+ to [\d-]+ [\d:]+$/,
		);
		expect(first[1]).toBe(describeAttack(logins, intruded, zone));
		expect(second).toEqual([]);
		expect(third).toEqual([describeAttack(logins, withstood, zone)]);
		expect(third[0]).toContain('and signed in at');
	});

	test('two-teams: the events of both in one list, told apart by their team', async () => {
		const other = await startSimulator({ ...createSecretAccess(), log: new AuditLog() });
		cleanups.push(other.close);
		const id = await harness.add('two-teams.json', {
			timezone: zone,
			nodeCredentials: {
				'Second team': await harness.credential('celonisOAuth2Api', createTeam(other).oAuth2!),
			},
		});
		const today = DateTime.now().setZone(zone).startOf('day');
		const yesterday = today.minus({ days: 1 });
		const run = async () => {
			const { status, items } = await runWorkflow(harness.n8n.api, id, 'Run by hand');
			expect(status).toBe('success');
			return items['Newest first'] ?? [];
		};

		// A team without events does not hold up the other one.
		const alone = await run();
		for (let hour = 0; hour < 24; hour++) {
			other.log.append(createRecord(today.toMillis() - (hour + 0.5) * 60 * MINUTE_MS));
		}
		other.log.append(createRecord(today.toMillis()));
		const both = await run();

		const expected = [harness.celonis, other].map(
			(celonis) =>
				[new URL(celonis.url).host, getRecords(yesterday, today, celonis).length] as const,
		);
		const times = both.map(({ timestamp }) => String(timestamp));
		expect(countBy(alone, 'team')).toEqual(Object.fromEntries(expected.slice(0, 1)));
		expect(countBy(both, 'team')).toEqual(Object.fromEntries(expected));
		expect(expected[1]![1]).toBe(24);
		expect(times).toEqual([...times].sort().reverse());
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

function countBy(items: Json[], field: string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const item of items) counts[String(item[field])] = (counts[String(item[field])] ?? 0) + 1;
	return counts;
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
