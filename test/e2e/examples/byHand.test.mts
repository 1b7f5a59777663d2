import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { AuditRecord } from '../../celonis/records.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';
import { createLogOfDays, findQuietZone } from '../support/exampleLog.mts';
import { runWorkflow, type Json } from '../support/executions.mts';
import { askInChat } from '../support/openChat.mts';
import { startChatModel } from '../support/receivers/chatModel.mts';
import { startChat } from '../support/receivers/chat.mts';
import { findSecrets } from '../support/secrets.mts';
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
		const seen = toolResult(lines!.messages.at(-1)!.content);
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

/** The events that the tool has returned to the model. */
function toolResult(content: unknown): Json[] {
	const lines = JSON.parse(String(content)) as Json[] | { response: Json[] };
	return Array.isArray(lines) ? lines : lines.response;
}
