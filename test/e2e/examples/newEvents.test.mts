import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PRESETS } from '../../../nodes/Celonis/sources/auditLog/filters/presets.ts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { ecsProblems } from '../../schemas/ecs.mts';
import { startExampleBench, type ExampleBench, type FilledIn } from '../support/exampleBench.mts';
import { daysOfEvents, happen } from '../support/exampleLog.mts';
import { executionsOf, isFinished, type Execution, type Json } from '../support/executions.mts';
import { startChat, type Chat } from '../support/receivers/chat.mts';
import { startElasticsearch, type Elasticsearch } from '../support/receivers/elasticsearch.mts';
import { dedup, startSplunk, type Splunk } from '../support/receivers/splunk.mts';
import { asSent } from '../support/records.mts';
import { secretsIn } from '../support/secrets.mts';
import { publish } from '../support/workflows.mts';

const minute = 60_000;
const splunkToken = '00000000-feed-4000-8000-000000000001';
const elasticKey = 'ZTJlLWVsYXN0aWMta2V5';

const forSplunk = 'forward-to-splunk.json';
const forElasticsearch = 'elasticsearch-bulk.json';
const forFile = 'json-lines-file.json';
const forChat = 'alert-on-permission-changes.json';

/** All poll at the same time. */
describe('the example workflows that start for new events', () => {
	const log = daysOfEvents(1);
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

	test('forward-to-splunk: every event once, as HEC wants it; a full queue is waited for', async () => {
		const executions = await finished(ids.get(forSplunk)!);

		expect(statusesOf(executions)).toEqual(executions.map(() => 'success'));
		expect(splunk.replies.map(({ status }) => status)).toEqual([503, ...executions.map(() => 200)]);
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

	test('no secret in what n8n writes', () => {
		expect(secretsIn(bench.n8n.output())).toEqual([]);
		for (const secret of [splunkToken, elasticKey]) {
			expect(bench.n8n.output()).not.toContain(secret);
		}
	});
});

function documentsOf({ indices }: Elasticsearch): Json[] {
	return [...indices.values()].flatMap((index) => [...index.values()]);
}

function originalOf({ event }: Json): object {
	return JSON.parse((event as { original: string }).original) as object;
}

function sorted(records: object[]): string[] {
	return records.map((record) => JSON.stringify(record)).sort();
}
