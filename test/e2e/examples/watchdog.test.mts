import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import type { Workflow, WorkflowNode } from '../../../scripts/n8n/workflows.mts';
import { AuditLog } from '../../celonis/log.mts';
import { LoginHistory } from '../../celonis/loginEvents.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { createRecord } from '../../celonis/testRecords.mts';
import { HOUR_MS, MINUTE_MS } from '../../support/durations.mts';
import { createApiKey } from '../support/apiKey.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';
import { getExecutions, isFinished, type Execution } from '../support/executions.mts';
import { startChat, type Chat } from '../support/receivers/chat.mts';
import { createSecretAccess, findSecrets, loginClient } from '../support/secrets.mts';
import { everyTenSeconds, publish, unpublish, waitForPublication } from '../support/workflows.mts';

const FILE = 'watchdog.json';
const SCHEDULE = 'Every 15 minutes';
const TITLE = 'Workflow "Celonis: new audit events"';
/** Without them, the second watchdog never minds a quiet log. */
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** What a user changes in a workflow. */
type Edit = (workflow: Workflow) => Workflow;

const editNode =
	(name: string, edit: (node: WorkflowNode) => Partial<WorkflowNode>): Edit =>
	(workflow) => ({
		...workflow,
		nodes: workflow.nodes.map((node) => (node.name === name ? { ...node, ...edit(node) } : node)),
	});

const setWorkDays = (days: readonly number[]): Edit =>
	editNode('What has changed', ({ parameters }) => ({
		parameters: {
			jsCode: String(parameters.jsCode)
				.replace(/WORK_DAYS = .*?;/, `WORK_DAYS = ${JSON.stringify(days)};`)
				.replace(/WORK_STARTS_AT = .*?;/, 'WORK_STARTS_AT = 0;')
				.replace(/WORK_ENDS_AT = .*?;/, 'WORK_ENDS_AT = 24;'),
		},
	}));

const retryAtOnce = editNode('Post to chat', () => ({ waitBetweenTries: 100 }));

/** Each request to it is one check. */
const startByWebhook = editNode(SCHEDULE, () => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { path: 'check', httpMethod: 'POST', options: {} },
	webhookId: '5f0c7d1e-0011-4000-8000-0000000000ff',
}));

type Connections = Record<
	string,
	{ main: Array<Array<{ node: string; type: string; index: number }>> }
>;

/** Adds a second team as the README says. */
function addTeam(workflow: Workflow): Workflow {
	const audit = workflow.nodes.find(({ name }) => name === 'Audit log')!;
	const copy = { ...audit, id: `${String(audit.id).slice(0, -2)}fe`, name: 'Audit log 2' };
	const connections = structuredClone(workflow.connections) as Connections;
	connections[SCHEDULE]!.main[0]!.push({ node: copy.name, type: 'main', index: 0 });
	connections[copy.name] = { main: [[{ node: 'All checks', type: 'main', index: 3 }]] };
	return editNode('All checks', () => ({ parameters: { numberInputs: 4 } }))({
		...workflow,
		nodes: [...workflow.nodes, copy],
		connections,
	});
}

/** Deletes the nodes for n8n's API, as the README says. */
function withoutApi(workflow: Workflow): Workflow {
	const deleted = ['Watched workflows', 'Executions'];
	const connections = Object.entries(workflow.connections as Connections)
		.filter(([name]) => !deleted.includes(name))
		.map(([name, { main }]) => {
			const kept = main.map((targets) => targets.filter(({ node }) => !deleted.includes(node)));
			return [name, { main: kept }];
		});
	return {
		...workflow,
		nodes: workflow.nodes.filter(({ name }) => !deleted.includes(name)),
		connections: Object.fromEntries(connections) as object,
	};
}

describe('the watchdog', () => {
	const log = new AuditLog();
	const logins = new LoginHistory();
	let harness: ExampleHarness;
	let other: Simulator;
	/** Receives what is wrong at any hour, by request. */
	let chat: Chat;
	/** Receives what is wrong with two teams, by a schedule, and never that a log is quiet. */
	let scheduledChat: Chat;
	let triggerId: string;
	let watchdogId: string;
	let hosts: { own: string; other: string };
	const cleanups: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		const now = Date.now();
		log.append(createRecord(now - 6 * HOUR_MS));
		logins.append({
			authenticationEventType: 'LOGIN',
			email: 'ada@example.com',
			success: true,
			timestamp: new Date(now - MINUTE_MS).toISOString(),
		});
		chat = await startChat();
		scheduledChat = await startChat();
		other = await startSimulator({ ...createSecretAccess(), log: new AuditLog() });
		other.log.append(createRecord(now - 6 * HOUR_MS));
		harness = await startExampleHarness(
			log,
			{ ...createSecretAccess(), logins: { log: logins } },
			({ url, access }) => ({
				url,
				oAuth2: { teamUrl: url, ...loginClient },
				key: { teamUrl: url, keyType: 'appKey', authKey: access.appKeys[0]!.key },
			}),
		);
		cleanups.push(harness.close, other.close, chat.close, scheduledChat.close);
		hosts = { own: new URL(harness.celonis.url).host, other: new URL(other.url).host };
		triggerId = await addTrigger();
		watchdogId = await harness.add(FILE, {
			receiver: chat.url,
			edit: (file) => retryAtOnce(startByWebhook(setWorkDays(ALL_DAYS)(file))),
		});
	}, 3 * MINUTE_MS);

	afterAll(async () => {
		for (const close of cleanups) await close();
	});

	const publishAndWait = async (id: string) => {
		await publish(harness.n8n.api, id);
		expect(await waitForPublication(harness.n8n.api, id)).toMatchObject({ status: 'published' });
	};

	/** A workflow with a Celonis Trigger, a credential of its own and the tag that is watched. */
	const addTrigger = async (): Promise<string> => {
		const { api } = harness.n8n;
		const { clientId, clientSecret } = harness.celonis.access.oauthClients[0]!;
		const oAuth2 = { teamUrl: harness.celonis.url, clientId, clientSecret };
		const id = await harness.add('new-audit-events.json', {
			nodeCredentials: { 'Celonis Trigger': await harness.credential('celonisOAuth2Api', oAuth2) },
			edit: editNode('Celonis Trigger', ({ parameters }) => ({
				parameters: { ...parameters, pollTimes: everyTenSeconds },
			})),
		});
		const { id: tag } = await api.post<{ id: string }>('/rest/tags', { name: 'celonis' });
		await api.patch(`/rest/workflows/${id}`, { tags: [tag] });
		await publishAndWait(id);
		return id;
	};

	/** Gives the nodes for n8n's API a credential, and publishes the watchdog. Returns its ID. */
	const setApiKey = async (apiKey: string): Promise<string> => {
		const { api } = harness.n8n;
		const n8nApi = await harness.credential('n8nApi', { apiKey, baseUrl: `${api.url}/api/v1` });
		const { nodes } = await api.get<Workflow>(`/rest/workflows/${watchdogId}`);
		await api.patch(`/rest/workflows/${watchdogId}`, {
			nodes: nodes.map((node) =>
				node.type.endsWith('.n8n') ? { ...node, credentials: { n8nApi } } : node,
			),
		});
		await publishAndWait(watchdogId);
		return n8nApi.id;
	};

	const getFinished = async (id: string) =>
		(await getExecutions(harness.n8n.api, id)).filter(isFinished);

	/** Runs the watchdog once. Returns the lines that it has sent. */
	const check = async ({ status = 'success' } = {}): Promise<string[]> => {
		const { api } = harness.n8n;
		const before = chat.messages.length;
		const { length } = await getFinished(watchdogId);
		await api.send('POST', '/webhook/check', {});
		const executions = await waitFor(
			async () => {
				const all = await getFinished(watchdogId);
				return all.length > length ? all : undefined;
			},
			{ description: 'a check of the watchdog', timeoutMs: 60_000 },
		);
		expect(executions.at(-1)).toMatchObject({ status });
		return chat.messages.slice(before).flatMap((message) => message.split('\n'));
	};

	/** Waits for an execution of the workflow with the trigger. Returns all. */
	const waitForExecution = async (
		description: string,
		isFound: (execution: Execution, index: number) => boolean,
	): Promise<Execution[]> =>
		await waitFor(
			async () => {
				const all = await getFinished(triggerId);
				return all.some(isFound) ? all : undefined;
			},
			{ description, timeoutMs: 60_000 },
		);

	test('goes on without the API of n8n, and says so once', async () => {
		const quiet = `🔴 Audit log of ${hosts.own}: no event since `;
		const { api } = harness.n8n;
		const apiKey = await createApiKey(api);
		const credential = await setApiKey(apiKey);
		const first = await check();
		await api.delete(`/rest/credentials/${credential}`);
		const withoutCredential = await check();
		await setApiKey('wrong');
		const withWrongKey = await check();
		await setApiKey(apiKey);
		const withKey = await check();

		expect(first).toEqual([expect.stringContaining(quiet)]);
		expect(withoutCredential).toEqual([
			expect.stringMatching(/^🔴 Executions of n8n: a credential is missing\. Check the n8n API /),
		]);
		expect(withWrongKey).toEqual([]);
		expect(withKey).toEqual(['🟢 Executions of n8n: can be read again']);
		expect(await check()).toEqual([]);
	});

	test('reports failed executions of a workflow once, and that one has succeeded', async () => {
		const client = harness.celonis.access.oauthClients[0]!;
		client.auditLogPermission = false;
		const isFailed = ({ status }: Execution) => status === 'error';
		await waitForExecution('a failed poll', isFailed);
		const first = await check();
		const again = await check();
		const failed = await waitForExecution('a further failed poll', (execution, index) => {
			return isFailed(execution) && index > 0;
		});
		const later = await check();
		client.auditLogPermission = true;
		log.append(createRecord(Date.now()));
		await waitForExecution('a poll with an event', ({ status }) => status === 'success');
		const solved = await check();
		const all = await getFinished(triggerId);

		expect(failed[0]!.error!.message).toContain('403');
		expect(first).toEqual([
			expect.stringMatching(`^🔴 ${TITLE}: \\d failed executions?, the last at [\\d-]+ [\\d:]+$`),
		]);
		expect([again, later]).toEqual([[], []]);
		const [count] = /\d(?= failed)/.exec(first[0]!)!;
		const more = all.filter(isFailed).length - Number(count);
		expect(more).toBeGreaterThan(0);
		expect(solved).toEqual([
			`🟢 Audit log of ${hosts.own}: has new events again`,
			expect.stringMatching(
				`^🟢 ${TITLE}: succeeded at [\\d-]+ [\\d:]+ after ${more} more failed$`,
			),
		]);
		expect(await check()).toEqual([]);
	});

	test('reports a log that cannot be read, and clocks that differ', async () => {
		const { access, clock } = harness.celonis;
		const client = access.oauthClients.find(({ clientId }) => clientId === 'login-client')!;
		client.auditLogPermission = false;
		const unreadable = await check();
		client.auditLogPermission = true;
		clock.advance(20 * MINUTE_MS);
		const ahead = await check();
		const again = await check();
		clock.advance(-20 * MINUTE_MS);
		const agreed = await check();

		expect(unreadable).toEqual([
			expect.stringMatching(`^🔴 Audit log of ${hosts.own}: Celonis returned 403`),
		]);
		const clocks = 'the clock of Celonis is 20 minutes ahead of the clock of n8n';
		expect(ahead).toEqual([
			`🔴 Audit log of ${hosts.own}: ${clocks}`,
			`🟢 Audit log of ${hosts.own}: can be read again`,
			`🔴 Login history of ${hosts.own}: ${clocks}`,
		]);
		expect(again).toEqual([]);
		expect(agreed).toEqual([
			`🟢 Audit log of ${hosts.own}: the clocks agree again`,
			`🟢 Login history of ${hosts.own}: the clocks agree again`,
		]);
	});

	test('sends a message later that could not be sent, also an all-clear', async () => {
		const { access } = harness.celonis;
		const failed = { status: 'error' };
		chat.isDown = true;
		access.loginHistoryEnabled = false;
		const unsent = await check(failed);
		chat.isDown = false;
		const sent = await check();
		chat.isDown = true;
		access.loginHistoryEnabled = true;
		const unsentToo = await check(failed);
		chat.isDown = false;

		expect([unsent, unsentToo]).toEqual([[], []]);
		expect(sent).toEqual([expect.stringMatching(`^🔴 Login history of ${hosts.own}: `)]);
		expect(await check()).toEqual([`🟢 Login history of ${hosts.own}: can be read again`]);
		expect(await check()).toEqual([]);
	});

	test('watches two teams by its schedule, and minds no quiet log outside working hours', async () => {
		const { api } = harness.n8n;
		const secondTeam = await harness.credential('celonisOAuth2Api', {
			teamUrl: other.url,
			...loginClient,
		});
		const id = await harness.add(FILE, {
			receiver: scheduledChat.url,
			everySeconds: 3,
			edit: (file) => {
				const credentials = { celonisOAuth2Api: secondTeam };
				const changed = withoutApi(addTeam(setWorkDays([])(file)));
				return editNode('Audit log 2', () => ({ credentials }))(changed);
			},
		});
		await publishAndWait(id);
		await waitFor(async () => ((await getFinished(id)).length > 1 ? true : undefined), {
			description: 'two checks by the schedule',
			timeoutMs: 60_000,
		});
		const whileWell = [...scheduledChat.messages];
		const [own, second] = [harness.celonis, other].map(({ access }) => {
			return access.oauthClients.find(({ clientId }) => clientId === 'login-client')!;
		});
		const waitForLine = async (line: string) =>
			await waitFor(
				() => scheduledChat.messages.some((sent) => sent.startsWith(line)) || undefined,
				{
					description: line,
					timeoutMs: 60_000,
				},
			);
		second!.auditLogPermission = false;
		await waitForLine(`🔴 Audit log of ${hosts.other}`);
		own!.auditLogPermission = false;
		await waitForLine(`🔴 Audit log of ${hosts.own}`);
		second!.auditLogPermission = true;
		await waitForLine(`🟢 Audit log of ${hosts.other}`);
		own!.auditLogPermission = true;
		await waitForLine(`🟢 Audit log of ${hosts.own}`);
		await unpublish(api, id);

		expect(whileWell).toEqual([]);
		// On a slow machine, two executions may overlap.
		expect([...new Set(scheduledChat.messages)]).toEqual([
			expect.stringMatching(`^🔴 Audit log of ${hosts.other}: Celonis returned 403.*$`),
			expect.stringMatching(`^🔴 Audit log of ${hosts.own}: Celonis returned 403.*$`),
			`🟢 Audit log of ${hosts.other}: can be read again`,
			`🟢 Audit log of ${hosts.own}: can be read again`,
		]);
	});

	test('no secret in the output of n8n', () => {
		expect(findSecrets(harness.n8n.output())).toEqual([]);
	});
});
