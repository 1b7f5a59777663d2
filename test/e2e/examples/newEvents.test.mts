import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PRESETS } from '../../../nodes/Celonis/sources/auditLog/filters/presets.ts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { compileRule } from '../../../scripts/sigma/evaluate.mts';
import { readRules } from '../../../scripts/sigma/rules.mts';
import { selectAlertRules } from '../../../scripts/sigma/workflowCode.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { findEcsProblems } from '../../schemas/ecs.mts';
import {
	startExampleHarness,
	type ExampleHarness,
	type ExampleSettings,
} from '../support/exampleHarness.mts';
import { createLogOfDays, appendEvents } from '../support/exampleLog.mts';
import {
	getExecutions,
	getTriggerItems,
	isFinished,
	type Execution,
	type Json,
} from '../support/executions.mts';
import { startChat, type Chat } from '../support/receivers/chat.mts';
import { startElasticsearch, type Elasticsearch } from '../support/receivers/elasticsearch.mts';
import { sentinelAccess, startSentinel, type Sentinel } from '../support/receivers/sentinel.mts';
import { dedupe, startSplunk, type Splunk } from '../support/receivers/splunk.mts';
import { removeAddedFields } from '../support/records.mts';
import { findSecrets } from '../support/secrets.mts';
import { publish } from '../support/workflows.mts';
import { MINUTE_MS } from '../../support/durations.mts';
import { toSortedJson } from '../../support/sortedJson.mts';

const splunkToken = '00000000-feed-4000-8000-000000000001';
const elasticKey = 'ZTJlLWVsYXN0aWMta2V5';

const forSplunk = 'forward-to-splunk.json';
const forElasticsearch = 'elasticsearch-bulk.json';
const forSentinel = 'sentinel-logs-ingestion.json';
const forFile = 'json-lines-file.json';
const forChat = 'alert-on-permission-changes.json';
const forAlerts = 'detections.json';

/** All workflows poll at the same time. */
describe('the example workflows that start for new events', () => {
	const log = createLogOfDays(1);
	let harness: ExampleHarness;
	let splunk: Splunk;
	let elasticsearch: Elasticsearch;
	let sentinel: Sentinel;
	let chat: Chat;
	let alerts: Chat;
	/** The events since the workflows were published. */
	let newEvents: AuditRecord[];
	const ids = new Map<string, string>();
	const cleanups: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		splunk = await startSplunk(splunkToken);
		elasticsearch = await startElasticsearch(elasticKey);
		sentinel = await startSentinel();
		chat = await startChat();
		alerts = await startChat();
		harness = await startExampleHarness(log);
		cleanups.push(harness.close, splunk.close, elasticsearch.close, sentinel.close);
		cleanups.push(chat.close, alerts.close);
		const files = [forSplunk, forElasticsearch, forSentinel, forFile, forChat, forAlerts];
		for (const file of files) {
			const id = await addToReceiver(file);
			ids.set(file, id);
			await publishAndPoll(id);
		}
		splunk.beBusyOnce();
		sentinel.beBusyOnce();
		elasticsearch.rejectOnce();
		newEvents = await appendEvents(log, 400);
	}, 5 * MINUTE_MS);

	afterAll(async () => {
		for (const close of cleanups) await close();
	});

	/** Imports an example with the settings that its receiver needs. */
	const addToReceiver = async (file: string, settings: ExampleSettings = {}) => {
		const header = async (value: string) => ({
			httpHeaderAuth: await harness.credential('httpHeaderAuth', { name: 'Authorization', value }),
		});
		const needs: Record<string, () => Promise<ExampleSettings>> = {
			[forSplunk]: async () => ({
				receiver: splunk.url,
				credentials: await header(`Splunk ${splunkToken}`),
			}),
			[forElasticsearch]: async () => ({
				receiver: elasticsearch.url,
				credentials: await header(`ApiKey ${elasticKey}`),
			}),
			[forSentinel]: async () => ({
				receiver: sentinel.url,
				credentials: { oAuth2Api: await harness.credential('oAuth2Api', getEntraClient()) },
			}),
			[forChat]: async () => ({ receiver: chat.url }),
			[forAlerts]: async () => ({ receiver: alerts.url }),
		};
		return await harness.add(file, { ...(await needs[file]?.()), ...settings });
	};

	/** The application that may send rows to Azure Monitor. */
	const getEntraClient = () => ({
		grantType: 'clientCredentials',
		accessTokenUrl: `${sentinel.url}/${sentinelAccess.tenantId}/oauth2/v2.0/token`,
		clientId: sentinelAccess.clientId,
		clientSecret: sentinelAccess.clientSecret,
		scope: sentinelAccess.scope,
		authentication: 'body',
	});

	/** Publishes a workflow and waits until its trigger has saved its start. */
	const publishAndPoll = async (id: string) => {
		const seen = harness.celonis.requests.length;
		await publish(harness.n8n.api, id);
		const waitForPoll = () =>
			harness.celonis.requests
				.slice(seen)
				.find(({ path, status }) => path.startsWith('/log') && status === 200);
		await waitFor(waitForPoll, { description: 'the first poll', timeoutMs: MINUTE_MS });
	};

	/** The executions of a workflow, once they have processed all events. One poll may deliver a part. */
	const finished = async (id: string, events = newEvents.length): Promise<Execution[]> =>
		await waitFor(
			async () => {
				const all = await getExecutions(harness.n8n.api, id);
				const had = getTriggerItems(all);
				return had.length >= events && all.every(isFinished) ? all : undefined;
			},
			{ description: `executions of ${id}`, timeoutMs: 2.5 * MINUTE_MS, everyMs: 500 },
		);

	/** Delivers all events again, by another import of the same example. */
	const deliverAgain = async (file: string): Promise<Execution[]> => {
		const startDate = newEvents[0]!.timestamp;
		const id = await addToReceiver(file, { startDate });
		await publish(harness.n8n.api, id);
		return await finished(id);
	};

	const getStatuses = (executions: Execution[]) => executions.map(({ status }) => status);

	test('forward-to-splunk: sends every event once, in OCSF; retries while its queue is full', async () => {
		const executions = await finished(ids.get(forSplunk)!);

		expect(getStatuses(executions)).toEqual(executions.map(() => 'success'));
		const [busy, ...others] = splunk.replies.map(({ status }) => status);
		expect(busy).toBe(503);
		expect(new Set(others)).toEqual(new Set([200]));
		expect(toSortedJson(splunk.index.map(({ event }) => getRecord(event)))).toEqual(
			toSortedJson(newEvents),
		);
		for (const { time, sourcetype, fields, event } of splunk.index) {
			expect(Math.round(time * 1000)).toBe(event.time);
			expect(sourcetype).toBe('ocsf:celonis:audit');
			expect(fields).toEqual({ event_id: (event.metadata as Json).uid });
		}
	});

	test('forward-to-splunk: a repeated event has the same event_id', async () => {
		const before = [...splunk.index];
		await deliverAgain(forSplunk);

		expect(before).toHaveLength(newEvents.length);
		expect(splunk.index).toHaveLength(2 * before.length);
		expect(dedupe(splunk.index, 'event_id')).toEqual(before);
	});

	test('forward-to-splunk: a revoked token fails the execution; "Retry" sends the rest', async () => {
		const before = splunk.index.length;
		splunk.requestsLeft = 1;
		const [execution] = await deliverAgain(forSplunk);

		expect(execution?.status).toBe('error');
		expect(JSON.stringify(execution?.error)).toContain('Invalid token');
		expect(splunk.index.length).toBeGreaterThan(before);
		expect(splunk.index.length).toBeLessThan(before + newEvents.length);

		splunk.requestsLeft = Infinity;
		await harness.n8n.api.post(`/rest/executions/${execution!.id}/retry`, { loadWorkflow: true });
		expect(splunk.index).toHaveLength(before + newEvents.length);
	});

	test('elasticsearch-bulk: creates one valid document per event; tries again while a queue is full', async () => {
		const executions = await finished(ids.get(forElasticsearch)!);

		expect(getStatuses(executions)).toEqual(executions.map(() => 'success'));
		const statuses = elasticsearch.replies.flatMap(({ body }) =>
			(body as { items: Array<{ create: Json }> }).items.map(({ create }) => create.status),
		);
		expect(statuses.filter((status) => status === 429)).toHaveLength(1);
		const documents = getDocuments(elasticsearch);
		expect(toSortedJson(documents.map(getOriginal))).toEqual(toSortedJson(newEvents));
		expect(documents.flatMap((document) => findEcsProblems(document))).toEqual([]);
		for (const [id, { event }] of getStream(elasticsearch).documents) {
			expect(id).toBe((event as Json).id);
		}
	});

	test('elasticsearch-bulk: a repeated event changes nothing, and is not an error', async () => {
		const before = getDocuments(elasticsearch);
		elasticsearch.beBusyOnce();
		const executions = await deliverAgain(forElasticsearch);

		const { body } = elasticsearch.replies.at(-1)!;
		expect(elasticsearch.replies.map(({ status }) => status)).toContain(429);
		expect(getStatuses(executions)).not.toContain('error');
		expect((body as { errors: boolean }).errors).toBe(true);
		expect(getDocuments(elasticsearch)).toEqual(before);
	});

	test('elasticsearch-bulk: a rejected document fails the execution, which names it', async () => {
		const stream = getStream(elasticsearch);
		const [lost] = stream.documents[0]!;
		stream.delete(lost);
		elasticsearch.refuse = ({ event }) => (event as Json).id === lost;
		const [execution] = await deliverAgain(forElasticsearch);

		expect(execution?.status).toBe('error');
		expect(execution?.error?.message).toMatch(
			new RegExp(
				`Elasticsearch refused 1 of \\d+ documents. The first, ${lost}: 400 document_parsing_exception`,
			),
		);
	});

	test('sentinel-logs-ingestion: sends every event once; retries if limited, with a new token', async () => {
		const executions = await finished(ids.get(forSentinel)!);

		expect(getStatuses(executions)).toEqual(executions.map(() => 'success'));
		const statuses = sentinel.replies.map(({ status }) => status);
		expect(statuses.filter((status) => ![200, 204].includes(status))).toEqual([429, 401]);
		expect(
			toSortedJson(sentinel.rows.map(({ RawData }) => JSON.parse(RawData as string) as object)),
		).toEqual(toSortedJson(newEvents));
		expect(new Set(sentinel.rows.map(({ EventUid }) => EventUid)).size).toBe(newEvents.length);
	});

	test('json-lines-file: appends one line per event', async () => {
		const executions = await finished(ids.get(forFile)!);
		const again = await deliverAgain(forFile);

		const names = readdirSync(harness.files).filter((name) => name.endsWith('.jsonl'));
		const texts = await Promise.all(
			names.map(async (name) => await readFile(join(harness.files, name), 'utf8')),
		);
		const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
		const events = lines.map((line) => JSON.parse(line) as Json);
		expect(getStatuses([...executions, ...again])).not.toContain('error');
		expect(names.every((name) => /^celonis-audit-\d{4}-\d\d-\d\d\.jsonl$/.test(name))).toBe(true);
		expect(toSortedJson(events.map(removeAddedFields))).toEqual(
			toSortedJson([...newEvents, ...newEvents]),
		);
		expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(newEvents.length);
	});

	test('alert-on-permission-changes: sends one line per change, and nothing else', async () => {
		const names: readonly string[] = PRESETS.permissions.events;
		const changes = newEvents.filter(({ event }) => names.includes(event));
		const executions = await finished(ids.get(forChat)!, changes.length);

		const lines = chat.messages.flatMap((message) => message.split('\n'));
		expect(getStatuses(executions)).toEqual(executions.map(() => 'success'));
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

	test('detections: sends one line per event and rule that it matches', async () => {
		const rules = selectAlertRules(readRules());
		const executions = await finished(ids.get(forAlerts)!);

		const items = getTriggerItems(executions);
		const expected = rules.flatMap((rule) =>
			items.filter(compileRule(rule)).map(({ eventId }) => `${rule.title} ${String(eventId)}`),
		);
		const found = executions.flatMap((execution) => execution.items.Rules ?? []);
		expect(getStatuses(executions)).toEqual(executions.map(() => 'success'));
		expect(new Set(expected.map((text) => text.split(' ').slice(0, -1).join(' '))).size).toBe(
			rules.filter(({ logsource }) => logsource.service === 'audit').length,
		);
		expect(found.map(({ title, eventId }) => `${String(title)} ${String(eventId)}`).sort()).toEqual(
			expected.sort(),
		);
		const lines = alerts.messages.flatMap((message) => message.split('\n'));
		expect(lines).toHaveLength(expected.length);
		expect(lines.join('\n')).toContain(
			'*HIGH: Celonis Admin Permission Granted* PERMISSIONS_UPDATE by ada@example.com: <!channel> & friends on Order to Cash (READ → ADMIN, READ)',
		);
	});

	test('no secret in the output of n8n', () => {
		expect(findSecrets(harness.n8n.output())).toEqual([]);
		for (const secret of [splunkToken, elasticKey, sentinelAccess.clientSecret]) {
			expect(harness.n8n.output()).not.toContain(secret);
		}
	});
});

function getStream(elasticsearch: Elasticsearch) {
	return elasticsearch.stream('logs-celonis.audit-default');
}

function getDocuments(elasticsearch: Elasticsearch): Json[] {
	return getStream(elasticsearch).documents.map(([, document]) => document);
}

/** The record of an OCSF document. */
function getRecord({ raw_data }: Json): object {
	return JSON.parse(raw_data as string) as object;
}

function getOriginal({ event }: Json): object {
	return JSON.parse((event as { original: string }).original) as object;
}
