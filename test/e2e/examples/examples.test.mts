import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { PRESETS } from '../../../nodes/Celonis/sources/auditLog/filters/presets.ts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { demoLogin } from '../../../scripts/n8n/owner.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { ecsProblems } from '../../schemas/ecs.mts';
import { startBrowser, type TestBrowser } from '../support/browser.mts';
import { DrawnWorkflow, overlapping } from '../support/drawnWorkflow.mts';
import { Editor } from '../support/editor.mts';
import { startExampleBench, type ExampleBench, type FilledIn } from '../support/exampleBench.mts';
import { daysOfEvents, happen, quietZone } from '../support/exampleLog.mts';
import {
	executionsOf,
	isFinished,
	runWorkflow,
	type Execution,
	type Json,
} from '../support/executions.mts';
import { askInChat } from '../support/openChat.mts';
import { startChat, type Chat } from '../support/receivers/chat.mts';
import { startChatModel } from '../support/receivers/chatModel.mts';
import { startElasticsearch, type Elasticsearch } from '../support/receivers/elasticsearch.mts';
import { startReports } from '../support/receivers/reports.mts';
import { dedup, startSplunk, type Splunk } from '../support/receivers/splunk.mts';
import { asSent } from '../support/records.mts';
import { secretsIn } from '../support/secrets.mts';
import { publish, recordsBetween } from '../support/workflows.mts';

const minute = 60_000;
const splunkToken = '00000000-feed-4000-8000-000000000001';
const elasticKey = 'ZTJlLWVsYXN0aWMta2V5';
const modelKey = 'e2e-model-key';

/** Those that start by themselves for new events; all poll at the same time. */
const forSplunk = 'forward-to-splunk.json';
const forElasticsearch = 'elasticsearch-bulk.json';
const forFile = 'json-lines-file.json';
const forChat = 'alert-on-permission-changes.json';

describe('the example workflows', () => {
	const zone = quietZone();
	const log = daysOfEvents(9);
	let bench: ExampleBench;
	let splunk: Splunk;
	let elasticsearch: Elasticsearch;
	let chat: Chat;
	/** What happened since the workflows were published. */
	let happened: AuditRecord[];
	const ids = new Map<string, string>();
	const closing: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		splunk = await startSplunk(splunkToken);
		elasticsearch = await startElasticsearch(elasticKey);
		chat = await startChat();
		bench = await startExampleBench(log);
		closing.push(bench.close, splunk.close, elasticsearch.close, chat.close);
		for (const file of [forSplunk, forElasticsearch, forFile, forChat]) {
			const id = await addToReceiver(file);
			ids.set(file, id);
			await publishAndPoll(id);
		}
		splunk.beBusyOnce();
		happened = await happen(log, 400);
	}, 5 * minute);

	afterAll(async () => {
		for (const close of closing) await close();
	});

	/** Imports one with what its receiver needs. */
	const addToReceiver = async (file: string, filledIn: FilledIn = {}) => {
		const header = async (value: string) => ({
			httpHeaderAuth: await bench.credential('httpHeaderAuth', { name: 'Authorization', value }),
		});
		const needs: Record<string, () => Promise<FilledIn>> = {
			[forSplunk]: async () => ({
				receiver: splunk.url,
				credentials: await header(`Splunk ${splunkToken}`),
			}),
			[forElasticsearch]: async () => ({
				receiver: elasticsearch.url,
				credentials: await header(`ApiKey ${elasticKey}`),
			}),
			[forChat]: async () => ({ receiver: chat.url }),
		};
		return await bench.add(file, { ...(await needs[file]?.()), ...filledIn });
	};

	/** Publishes a workflow and waits until its trigger has set its start. */
	const publishAndPoll = async (id: string) => {
		const seen = bench.celonis.requests.length;
		await publish(bench.n8n.api, id);
		const polled = () =>
			bench.celonis.requests
				.slice(seen)
				.find(({ path, status }) => path.startsWith('/log') && status === 200);
		await waitFor(polled, { what: 'the first poll', timeoutMs: minute });
	};

	/** The executions of a workflow, once they have had all events and are over. One poll may give a part. */
	const finished = async (id: string, events = happened.length): Promise<Execution[]> =>
		await waitFor(
			async () => {
				const all = await executionsOf(bench.n8n.api, id);
				const had = all.flatMap(({ items }) => items['Celonis Trigger'] ?? []);
				return had.length >= events && all.every(isFinished) ? all : undefined;
			},
			{ what: `executions of ${id}`, timeoutMs: 2.5 * minute, everyMs: 500 },
		);

	/** Delivers everything that happened once more, by another import of the same example. */
	const deliverAgain = async (file: string): Promise<Execution[]> => {
		const startDate = happened[0]!.timestamp;
		const id = await addToReceiver(file, { startDate });
		await publish(bench.n8n.api, id);
		return await finished(id);
	};

	const statusesOf = (executions: Execution[]) => executions.map(({ status }) => status);

	describe('run by hand', () => {
		test("archive-day-to-csv: yesterday's events, by the calendar of the workflow's time zone", async () => {
			const id = await bench.add('archive-day-to-csv.json', { timezone: zone });
			const first = await runWorkflow(bench.n8n.api, id, 'Run by hand');
			const again = await runWorkflow(bench.n8n.api, id, 'Run by hand');

			const today = DateTime.now().setZone(zone).startOf('day');
			const yesterday = today.minus({ days: 1 });
			const name = `celonis-audit-${yesterday.toFormat('yyyy-MM-dd')}.csv`;
			const text = await readFile(join(bench.files, name), 'utf8');
			const rows = parse(text, { bom: true, columns: true }) as Array<Record<string, string>>;
			const expected = recordsBetween(
				bench.celonis,
				yesterday.toMillis(),
				today.toMillis(),
			) as AuditRecord[];
			expect(statusesOf([first, again])).toEqual(['success', 'success']);
			expect(expected.length).toBeGreaterThan(200);
			expect(rows.map(archived)).toEqual(expected.map(archivable));
			expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(rows.length);
			// Each event is one line, whatever is in it.
			expect(text.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(expected.length + 1);
			for (const strange of ['"', '\r\n', '\n', '🎉', '👩🏽‍💼']) {
				const messages = rows.map(({ message }) => String(JSON.stringify(JSON.parse(message!))));
				const written = JSON.stringify(strange).slice(1, -1);
				expect(messages.some((message) => message.includes(written))).toBe(true);
			}
		});

		test('weekly-summary: counts by actor and category of the last seven days', async () => {
			const reports = await startReports();
			closing.push(reports.close);
			const id = await bench.add('weekly-summary.json', { receiver: reports.url, timezone: zone });
			const { status } = await runWorkflow(bench.n8n.api, id, 'Run by hand');

			const today = DateTime.now().setZone(zone).startOf('day');
			const from = today.minus({ days: 7 });
			const expected = recordsBetween(bench.celonis, from.toMillis(), today.toMillis());
			expect(status).toBe('success');
			expect(reports.received).toHaveLength(1);
			const { subject, html } = reports.received[0]!;
			const [actors, categories] = tablesIn(html);
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

		test('ai-agent-tool: the agent calls the node with what the model fills in', async () => {
			const [from, to] = [Date.now() - 3 * 24 * 60 * minute, Date.now() - 24 * 60 * minute];
			const chatModel = await startChatModel(modelKey, [
				{
					tool: 'Celonis',
					arguments: {
						limit: 5,
						from: new Date(from).toISOString(),
						to: new Date(to).toISOString(),
						actors: '*@example.com',
						events: 'STUDIO_*',
						text: '',
					},
				},
				{ text: 'Five changes in Studio.' },
			]);
			closing.push(chatModel.close);
			const openAiApi = await bench.credential('openAiApi', {
				apiKey: modelKey,
				url: `${chatModel.url}/v1`,
			});
			const id = await bench.add('ai-agent-tool.json', { credentials: { openAiApi } });

			const answer = await askInChat(bench.n8n.api, id, 'Chat', 'What changed in Studio?');

			const [asked, told] = chatModel.requests;
			expect(answer).toBe('Five changes in Studio.');
			expect(chatModel.replies.map(({ status }) => status)).toEqual([200, 200]);
			const { name, parameters } = asked!.tools[0]!.function;
			expect(asked!.tools).toHaveLength(1);
			expect(name).toBe('Celonis');
			expect(Object.keys(parameters.properties as Json).sort()).toEqual([
				'actors',
				'events',
				'from',
				'limit',
				'text',
				'to',
			]);
			const seen = toolResult(told!.messages.at(-1)!.content);
			const expected = (recordsBetween(bench.celonis, from, to) as AuditRecord[])
				.filter(
					({ event, userId }) => event.startsWith('STUDIO_') && userId.includes('@example.com'),
				)
				.reverse()
				.slice(0, 5);
			expect(expected).toHaveLength(5);
			expect(seen.map(({ timestamp, event }) => [timestamp, event])).toEqual(
				expected.map(({ timestamp, event }) => [timestamp, event]),
			);
			const fields = [
				'timestamp',
				'event',
				'category',
				'actor',
				'userRole',
				'ipAddress',
				'message',
			];
			for (const event of seen) {
				expect(fields).toEqual(expect.arrayContaining(Object.keys(event)));
			}
		});
	});

	describe('started by new events', () => {
		test('forward-to-splunk: every event once, as HEC wants it; a full queue is waited for', async () => {
			const executions = await finished(ids.get(forSplunk)!);

			expect(statusesOf(executions)).toEqual(executions.map(() => 'success'));
			expect(splunk.replies.map(({ status }) => status)).toEqual([
				503,
				...executions.map(() => 200),
			]);
			expect(sorted(splunk.index.map(({ event }) => asSent(event)))).toEqual(sorted(happened));
			for (const { time, fields, event } of splunk.index) {
				expect(Math.round(time * 1000)).toBe(Date.parse(event.timestamp as string));
				expect(fields).toEqual({ event_id: event.eventId });
			}
		});

		test('forward-to-splunk: what comes again is the same event by its event_id', async () => {
			const before = [...splunk.index];
			await deliverAgain(forSplunk);

			expect(before).toHaveLength(happened.length);
			expect(splunk.index).toHaveLength(2 * before.length);
			expect(dedup(splunk.index, 'event_id')).toEqual(before);
		});

		test('forward-to-splunk: a wrong token makes the execution fail; "Retry" sends the same', async () => {
			const before = splunk.index.length;
			splunk.token = 'another-token';
			const [execution] = await deliverAgain(forSplunk);

			expect(execution?.status).toBe('error');
			expect(JSON.stringify(execution?.error)).toContain('Invalid token');
			expect(splunk.index).toHaveLength(before);

			splunk.token = splunkToken;
			await bench.n8n.api.post(`/rest/executions/${execution!.id}/retry`, { loadWorkflow: true });
			expect(splunk.index).toHaveLength(before + happened.length);
		});

		test('elasticsearch-bulk: every event one valid document of its month, under its id', async () => {
			const executions = await finished(ids.get(forElasticsearch)!);

			expect(statusesOf(executions)).toEqual(executions.map(() => 'success'));
			const documents = documentsOf(elasticsearch);
			expect(sorted(documents.map(originalOf))).toEqual(sorted(happened));
			expect(documents.flatMap((document) => ecsProblems(document))).toEqual([]);
			for (const [index, held] of elasticsearch.indices) {
				for (const [id, document] of held) {
					expect(id).toBe((document.event as Json).id);
					expect(index).toBe(`celonis-audit-${String(document['@timestamp']).slice(0, 7)}`);
				}
			}
		});

		test('elasticsearch-bulk: what comes again changes nothing, and is no fault', async () => {
			const before = documentsOf(elasticsearch);
			const executions = await deliverAgain(forElasticsearch);

			const { body } = elasticsearch.replies.at(-1)!;
			expect(statusesOf(executions)).not.toContain('error');
			expect((body as { errors: boolean }).errors).toBe(true);
			expect(documentsOf(elasticsearch)).toEqual(before);
		});

		test('elasticsearch-bulk: a document that is refused makes the execution fail, by name', async () => {
			const held = [...elasticsearch.indices.values()];
			const [lost] = held.flatMap((index) => [...index.keys()]);
			for (const index of held) index.delete(lost!);
			elasticsearch.refuse = ({ event }) => (event as Json).id === lost;
			const [execution] = await deliverAgain(forElasticsearch);

			expect(execution?.status).toBe('error');
			expect(execution?.error?.message).toContain(
				`Elasticsearch refused 1 of ${happened.length} documents. The first, ${lost}: 400 document_parsing_exception`,
			);
		});

		test('json-lines-file: every event one line, appended', async () => {
			const executions = await finished(ids.get(forFile)!);
			const again = await deliverAgain(forFile);

			const names = readdirSync(bench.files).filter((name) => name.endsWith('.jsonl'));
			const texts = await Promise.all(
				names.map(async (name) => await readFile(join(bench.files, name), 'utf8')),
			);
			const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
			const events = lines.map((line) => JSON.parse(line) as Json);
			expect(statusesOf([...executions, ...again])).not.toContain('error');
			expect(names.every((name) => /^celonis-audit-\d{4}-\d\d-\d\d\.jsonl$/.test(name))).toBe(true);
			expect(sorted(events.map(asSent))).toEqual(sorted([...happened, ...happened]));
			expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(happened.length);
		});

		test('alert-on-permission-changes: a line for every change, and for nothing else', async () => {
			const names: readonly string[] = PRESETS.permissions.events;
			const changes = happened.filter(({ event }) => names.includes(event));
			const executions = await finished(ids.get(forChat)!, changes.length);

			const lines = chat.messages.flatMap((message) => message.split('\n'));
			expect(statusesOf(executions)).toEqual(executions.map(() => 'success'));
			expect(chat.messages).toHaveLength(executions.length);
			expect(changes.length).toBeGreaterThan(15);
			for (const { event, userId } of changes) {
				const who = /\((.*@.*)\)$/.exec(userId)?.[1] ?? userId.split(' ')[0]!;
				expect(lines.some((line) => line.includes(`*${event}* by ${who}`))).toBe(true);
			}
			expect(lines.filter((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \*/.test(line))).toHaveLength(
				changes.length,
			);
			expect(chat.messages.join('\n')).toContain(
				'*PERMISSIONS_UPDATE* by ada@example.com: <!channel> & friends on Order to Cash (READ → ADMIN, READ)',
			);
		});
	});

	test('no secret in what n8n writes', () => {
		expect(secretsIn(bench.n8n.output())).toEqual([]);
		for (const secret of [splunkToken, elasticKey, modelKey]) {
			expect(bench.n8n.output()).not.toContain(secret);
		}
	});

	describe("on the editor's canvas", () => {
		const files = readdirSync(join(packageRoot, 'examples')).filter((name) =>
			name.endsWith('.json'),
		);

		let browser: TestBrowser;

		beforeAll(async () => {
			browser = await startBrowser();
			closing.push(browser.close);
			await new Editor(browser.profile, bench.n8n.api.url).signIn(demoLogin);
		});

		test.each(files)('%s: no node covers another, and the note can be read', async (file) => {
			const id = await bench.add(file);
			const canvas = await DrawnWorkflow.open(browser.profile, bench.n8n.api.url, id);
			await canvas.picture(file.replace('.json', ''));

			const nodes = await canvas.nodes();
			const notes = await canvas.notes();
			const hidden = await canvas.hiddenText();
			await canvas.close();
			expect(nodes.length).toBeGreaterThan(1);
			expect(notes).toHaveLength(1);
			expect(overlapping([...nodes, ...notes])).toEqual([]);
			expect(hidden).toBeLessThanOrEqual(0);
		});
	});
});

/** A row of the archive, with its JSON read. */
function archived(row: Record<string, string>): object {
	const { timestamp, event, userId, userRole, ipAddress, port, message, diffPayload } = row;
	const parts = { message: JSON.parse(message!), diffPayload: JSON.parse(diffPayload!) };
	return { timestamp, event, userId, userRole, ipAddress, port, ...parts };
}

/** What the archive keeps of a record. */
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

function documentsOf({ indices }: Elasticsearch): Json[] {
	return [...indices.values()].flatMap((index) => [...index.values()]);
}

function originalOf({ event }: Json): object {
	return JSON.parse((event as { original: string }).original) as object;
}

/** The two tables of a report: name and count. */
function tablesIn(html: string): Array<Array<[string, number]>> {
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

/** The events that the tool has told the model. */
function toolResult(content: unknown): Json[] {
	const told = JSON.parse(String(content)) as Json[] | { response: Json[] };
	return Array.isArray(told) ? told : told.response;
}

function sorted(records: object[]): string[] {
	return records.map((record) => JSON.stringify(record)).sort();
}
