import { afterEach, describe, expect, it } from '@jest/globals';
import { sentinelAccess, startSentinel } from '../e2e/support/receivers/sentinel.mts';
import { startElasticsearch } from '../e2e/support/receivers/elasticsearch.mts';
import { startSplunk } from '../e2e/support/receivers/splunk.mts';
import type { Receiver } from '../e2e/support/receivers/receiver.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { getAssignments, openExampleNode } from '../support/expressions.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, openTeam, type Team } from './n8n/team.mts';

const KEY = 'key';
const STREAM = 'logs-celonis.audit-default';

type Json = Record<string, unknown>;

let workflows = 0;

const started: Receiver[] = [];
afterEach(async () => {
	await Promise.all(started.splice(0).map(async ({ close }) => await close()));
});

async function start<R extends Receiver>(receiver: Promise<R>): Promise<R> {
	started.push(await receiver);
	return await receiver;
}

/** Lets the trigger deliver the events of a team in a format, from the start of its log. */
async function deliver(team: Team, output: string): Promise<Json[]> {
	const parameters = { startFrom: 'date', startDate: '2026-06-01T07:00:00Z' };
	const workflow = loadWorkflow('trigger', {
		authentication: 'key',
		...parameters,
		output,
	});
	const trigger = team.n8n.activate({ ...workflow, id: `stores-${++workflows}` });
	const delivered: Json[] = [];
	for (let i = 0; i < 2; i++) {
		team.celonis.clock.advance(MINUTE_MS);
		delivered.push(...((await trigger.poll('trigger', 'update')) ?? []));
	}
	return delivered;
}

/** The bodies of the requests that an example makes of events, by its own expressions. */
async function createBodies(file: string, request: string, events: object[]): Promise<string[]> {
	const cut = await openExampleNode(file, 'Cut by size');
	const send = await openExampleNode(file, request);
	const batches = cut.evaluate(getAssignments(cut).get('batches'), { events }) as object[];
	const { body } = send.parameters;
	// Behind a loop, the request is the current item.
	const expression = String(body).replace("$('Requests').item.json", '$json');
	return batches.map((batch) => send.evaluate(expression, batch) as string);
}

async function post(url: string, body: string, headers: Record<string, string>) {
	const response = await fetch(url, { method: 'POST', body, headers });
	const text = await response.text();
	return { status: response.status, json: text === '' ? {} : (JSON.parse(text) as Json) };
}

/** Two teams with the same records, at the same times. */
async function openTwoTeams(): Promise<[Team, Team]> {
	const teams = [await openTeam(), await openTeam()] as [Team, Team];
	for (const team of teams) {
		const at = Date.parse('2026-06-01T07:30:00Z');
		for (let i = 0; i < 40; i++) addEvent(team, at + Math.floor(i / 3) * 1000, i % 4);
	}
	return teams;
}

describe('two teams into one index of Elasticsearch', () => {
	const send = async (url: string, events: object[]) => {
		const outcomes: Json[] = [];
		for (const body of await createBodies('elasticsearch-bulk.json', 'Bulk request', events)) {
			const headers = { authorization: `ApiKey ${KEY}`, 'content-type': 'application/x-ndjson' };
			const { status, json } = await post(`${url}/_bulk`, body, headers);
			expect(status).toBe(200);
			outcomes.push(...(json.items as Array<{ create: Json }>).map(({ create }) => create));
		}
		return outcomes.map(({ status }) => status);
	};

	it('has every event once and tells the teams apart, however often they are sent', async () => {
		const elasticsearch = await start(startElasticsearch(KEY));
		const [first, second] = await openTwoTeams();
		const events = [await deliver(first, 'ecs'), await deliver(second, 'ecs')];

		for (const ofTeam of events) {
			expect(ofTeam).toHaveLength(40);
			expect(new Set(await send(elasticsearch.url, ofTeam))).toEqual(new Set([201]));
		}
		const before = elasticsearch.stream(STREAM).documents;
		expect(before).toHaveLength(80);
		expect(new Set(before.map(([id]) => id)).size).toBe(80);
		for (const [id, document] of before) {
			expect(id).toBe((document.event as Json).id);
			expect(Date.parse((document.event as Json).ingested as string)).not.toBeNaN();
		}
		const getIds = (documents: Json[]) => documents.map(({ event }) => (event as Json).id).sort();
		expect(getIds(before.map(([, document]) => document))).toEqual(getIds(events.flat()));
		[first, second].forEach(({ celonis }, i) => {
			const { host } = new URL(celonis.url);
			const documents = before.map(([, document]) => document);
			const ofTeam = documents.filter(({ organization }) => (organization as Json).name === host);
			expect(getIds(ofTeam)).toEqual(getIds(events[i]!));
		});

		expect(new Set(await send(elasticsearch.url, events.flat().reverse()))).toEqual(new Set([409]));
		expect(elasticsearch.stream(STREAM).documents).toEqual(before);
	});

	it('sets a missing ID, so that a shipper that sends none creates no duplicate either', async () => {
		const elasticsearch = await start(startElasticsearch(KEY));
		const events = await deliver((await openTwoTeams())[0], 'ecs');
		expect(events).toHaveLength(40);
		const bodies = await createBodies('elasticsearch-bulk.json', 'Bulk request', events);
		const body = bodies.join('').replaceAll(/,"_id":"[^"]+"/g, '');
		const headers = { authorization: `ApiKey ${KEY}`, 'content-type': 'application/x-ndjson' };
		for (let i = 0; i < 2; i++) await post(`${elasticsearch.url}/_bulk`, body, headers);

		const ids = elasticsearch.stream(STREAM).documents.map(([id]) => id);
		expect(ids.sort()).toEqual(events.map(({ event }) => (event as Json).id).sort());
	});
});

describe('the example for Elasticsearch', () => {
	/** What the nodes behind the request say to a response. */
	const judge = async (items: Json[], runIndex = 0) => {
		const evaluate = async (name: string, get: (parameters: Json) => unknown) => {
			const node = await openExampleNode('elasticsearch-bulk.json', name);
			const json = { items: items.map((create) => ({ create })) };
			return node.evaluate(get({ ...node.parameters }), json, runIndex);
		};
		type Conditions = { conditions: Array<{ leftValue: string }> };
		const ofIf = ({ conditions }: Json) => (conditions as Conditions).conditions[0]!.leftValue;
		const isRefused = await evaluate('Refused?', ofIf);
		return {
			isBusy: await evaluate('Busy?', ofIf),
			isRefused,
			why: isRefused ? await evaluate('Say why', ({ errorMessage }) => errorMessage) : undefined,
		};
	};
	const error = { type: 'document_parsing_exception', reason: 'failed to parse' };

	it('fails for documents that are refused, and for no others', async () => {
		expect(await judge([{ status: 201 }, { status: 409, error }])).toEqual({
			isBusy: false,
			isRefused: false,
		});
		expect(await judge([{ status: 201 }, { _id: 'a', status: 400, error }])).toEqual({
			isBusy: false,
			isRefused: true,
			why: 'Elasticsearch refused 1 of 2 documents. The first, a: 400 document_parsing_exception: failed to parse',
		});
	});

	it('fails for documents that Elasticsearch puts into the failure store, with status 201', async () => {
		const elasticsearch = await start(startElasticsearch(KEY));
		const stream = elasticsearch.stream(STREAM);
		stream.hasFailureStore = true;
		const refused = stream.create({
			document: { '@timestamp': '2026-02-02T00:00:00Z', celonis: 'x' },
		});
		expect(refused).toMatchObject({ status: 201, failure_store: 'used' });
		expect(await judge([{ ...refused }])).toMatchObject({
			isRefused: true,
			why: expect.stringContaining('failure store: search logs-celonis.audit-default::failures'),
		});
	});

	it('tries again while a queue is full, but not for ever', async () => {
		const busy = [{ status: 201 }, { _id: 'b', status: 429, error }];
		expect((await judge(busy, 0)).isBusy).toBe(true);
		expect(await judge(busy, 5)).toMatchObject({ isBusy: false, isRefused: true });
	});

	it('writes after a rollover into the next index, where an ID may exist again', async () => {
		const elasticsearch = await start(startElasticsearch(KEY));
		const stream = elasticsearch.stream(STREAM);
		const document = { '@timestamp': '2026-02-02T00:00:00Z', event: { id: 'e-1' } };
		const statuses = [stream.create({ document }).status, stream.create({ document }).status];
		stream.rollOver();
		statuses.push(stream.create({ document }).status);
		expect(statuses).toEqual([201, 409, 201]);
	});
});

/** Events with large records, and texts whose bytes are more than their characters. */
function createLargeEvents(count: number): Json[] {
	return Array.from({ length: count }, (_, i) => ({
		time: Date.parse('2026-02-02T00:00:00Z') + i,
		message: '売掛金 🎉 "quoted"\n',
		metadata: { uid: `e-${i}`, event_code: 'X', log_name: 'Audit Log', tenant_uid: 'acme' },
		raw_data: JSON.stringify({ text: '売'.repeat(1000 * ((i * 7) % 90)) }),
		unmapped: { text: '売'.repeat(1000 * ((i * 7) % 90)) },
	}));
}

describe('requests that are cut by size', () => {
	it('Splunk takes each, with every event once, its team as host', async () => {
		const splunk = await start(startSplunk(KEY));
		const events = createLargeEvents(24);
		const bodies = await createBodies('forward-to-splunk.json', 'Send to Splunk', events);
		for (const body of bodies) {
			const headers = { authorization: `Splunk ${KEY}` };
			expect(await post(`${splunk.url}/services/collector/event`, body, headers)).toMatchObject({
				status: 200,
			});
		}
		expect(bodies.length).toBeGreaterThan(5);
		expect(splunk.index.map(({ event }) => event)).toEqual(events);
		for (const { time, host, sourcetype, fields, event } of splunk.index) {
			expect([time * 1000, host, sourcetype]).toEqual([event.time, 'acme', 'ocsf:celonis:audit']);
			expect(fields.event_id).toBe((event.metadata as Json).uid);
		}
	});

	it('Sentinel takes each, with every event once; a long record is cut and says so', async () => {
		const sentinel = await start(startSentinel());
		const events = createLargeEvents(24);
		const { tenantId, clientId, clientSecret, scope, ruleId, stream } = sentinelAccess;
		const form = { grant_type: 'client_credentials', client_id: clientId, scope };
		const token = await post(
			`${sentinel.url}/${tenantId}/oauth2/v2.0/token`,
			new URLSearchParams({ ...form, client_secret: clientSecret }).toString(),
			{ 'content-type': 'application/x-www-form-urlencoded' },
		);
		const path = `/dataCollectionRules/${ruleId}/streams/${stream}?api-version=2023-01-01`;
		const bodies = await createBodies('sentinel-logs-ingestion.json', 'Send to Sentinel', events);
		for (const body of bodies) {
			const headers = {
				authorization: `Bearer ${String(token.json.access_token)}`,
				'content-type': 'application/json',
			};
			expect(await post(sentinel.url + path, body, headers)).toEqual({ status: 204, json: {} });
		}
		expect(bodies.length).toBeGreaterThan(5);
		expect(sentinel.rows.map(({ EventUid }) => EventUid)).toEqual(events.map((_, i) => `e-${i}`));
		for (const [i, { RawData, RawDataSize, Unmapped, TimeGenerated }] of sentinel.rows.entries()) {
			const original = events[i]!.raw_data as string;
			expect(RawData).toBe(original.slice(0, 65536));
			expect(RawDataSize).toBe(original.length);
			expect(Unmapped === undefined).toBe(original.length > 65536);
			expect(Date.parse(TimeGenerated as string)).toBe(events[i]!.time);
		}
	});
});
