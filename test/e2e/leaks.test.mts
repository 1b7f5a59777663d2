import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CredentialReferences } from '../../scripts/n8n/credentials.mts';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import * as faults from '../celonis/faults/index.mts';
import type { InjectedFault } from '../celonis/faults/faultInjector.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { getExecutions, isFinished, runWorkflow } from './support/executions.mts';
import { createSecretAccess, findSecrets, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	createListWorkflow,
	publish,
	saveCredential,
	saveCredentials,
	saveWorkflow,
	unpublish,
	createErrorWorkflow,
	createTriggerWorkflow,
	type Access,
} from './support/workflows.mts';
import { MINUTE_MS } from '../support/durations.mts';

const connections: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** Responses that could reveal a key. */
const faultsByName: Readonly<Record<string, (secret: string) => InjectedFault>> = {
	'a refusal that repeats the key': (secret) =>
		faults.respondWith(400, { body: { detail: `Unknown: ${secret}, ${secret}` } }),
	'a refusal in plain text that does': (secret) =>
		faults.respondWith(403, { body: `Not for AppKey ${secret} or Bearer ${secret}` }),
	'a 401': () => faults.respondWith(401, { body: { error: 'Unauthorized' } }),
	'a fault of the server': () => faults.serverError(500),
	'a redirect': () => faults.redirectTo('https://login.example.com/'),
	'a web page': () => faults.htmlPage(),
	'a connection that is reset': () => faults.resetBeforeResponse(),
	'an answer cut off': () => faults.truncatedBody(),
	'no answer': () => faults.hang(),
};

describe('keys, secrets and tokens in a real n8n with faults', () => {
	let n8n: TestN8n;
	let celonis: Simulator;
	let credentials: Required<CredentialReferences>;
	const texts: string[] = [];

	beforeAll(async () => {
		celonis = await startSimulator({ ...createSecretAccess(), backlog: { events: 50, days: 1 } });
		n8n = await startTestN8n();
		credentials = await saveCredentials(n8n.api, createTeam(celonis));
	});

	afterAll(async () => {
		await n8n?.close();
		await celonis?.close();
	});

	const getSecret = ({ authentication }: Access): string => {
		const { oauthClients, appKeys } = celonis.access;
		return authentication === 'key' ? appKeys[0]!.key : oauthClients[0]!.clientSecret;
	};

	const fail = async (access: Access, selected = credentials) => {
		const workflow = createListWorkflow({ options: { timeout: 0.5 } }, access, selected);
		const id = await saveWorkflow(n8n.api, workflow);
		const execution = await runWorkflow(n8n.api, id, 'Start');
		expect(execution.status).toBe('error');
		texts.push(execution.text);
		return execution.error;
	};

	describe.each(connections)('%j', (access) => {
		test.each(Object.entries(faultsByName))('%s', async (_name, makeFault) => {
			const when = ({ path }: { path: string }) => path.startsWith('/log');
			celonis.faults.always({ when }, makeFault(getSecret(access)));
			const error = await fail(access);
			celonis.faults.clear();

			expect(error?.description).toMatch(/\S+ \S+/);
			expect(findSecrets(JSON.stringify(error))).toEqual([]);
		});
	});

	test('a wrong secret', async () => {
		const { oAuth2 } = createTeam(celonis);
		const wrong = { ...oAuth2, clientSecret: wrongSecret };
		const id = await saveCredential(n8n.api, 'celonisOAuth2Api', wrong);
		const celonisOAuth2Api = { id, name: 'Wrong' };
		const error = await fail(connections[0]!, { ...credentials, celonisOAuth2Api });

		expect(error?.message).toBe('Celonis issued no access token: invalid_client');
	});

	test('failing polls', async () => {
		const errorWorkflow = await saveWorkflow(n8n.api, createErrorWorkflow());
		await publish(n8n.api, errorWorkflow);
		for (const access of connections) {
			const workflow = createTriggerWorkflow({}, access, credentials);
			const settings = { ...workflow.settings, errorWorkflow };
			const id = await saveWorkflow(n8n.api, { ...workflow, settings });
			const before = celonis.requests.length;
			await publish(n8n.api, id);
			const isPoll = ({ path, status }: (typeof celonis.requests)[number]) =>
				path.startsWith('/log') && status === 200;
			await waitFor(() => celonis.requests.slice(before).find(isPoll), {
				description: 'the first poll',
				timeoutMs: MINUTE_MS,
			});
			const response = { body: { detail: `No ${getSecret(access)}` } };
			celonis.faults.always({}, faults.respondWith(400, response));
			const executions = await waitFor(
				async () => {
					const all = (await getExecutions(n8n.api, id)).filter(isFinished);
					return all.length > 0 ? all : undefined;
				},
				{ description: 'a failed poll', timeoutMs: 3 * MINUTE_MS, everyMs: 1000 },
			);
			celonis.faults.clear();
			// It knows its own secrets only, and must not see those of the next one.
			await unpublish(n8n.api, id);
			expect(executions[0]?.status).toBe('error');
			texts.push(...executions.map(({ text }) => text));
			const told = await waitFor(
				async () => {
					const all = (await getExecutions(n8n.api, errorWorkflow)).filter(isFinished);
					return all.find(({ items }) => items.Tell?.[0]?.workflow === workflow.name);
				},
				{ description: 'the error workflow', timeoutMs: MINUTE_MS },
			);
			texts.push(told.text);
			// What a person reads there: which workflow and trigger, what happened, since when, what to do.
			expect(told.items.Tell?.[0]).toEqual({
				workflow: workflow.name,
				message: expect.stringMatching(
					/^Celonis returned 400: .*\. 'Celonis Trigger' has failed since 20\d\d-\S+Z\.$/,
				),
				description: expect.stringMatching(
					/^Check 'From' and 'To'.*\nFailed polls in a row: \d+\. /s,
				),
				context: expect.objectContaining({
					nodeName: 'Celonis Trigger',
					failingSince: expect.any(String),
					failedPolls: expect.any(Number),
				}),
				execution: null,
			});
		}
	});

	test('are not in the responses, logs and files of n8n', async () => {
		expect(texts.length).toBeGreaterThan(2 * Object.keys(faultsByName).length);
		expect(texts.flatMap(findSecrets)).toEqual([]);
		expect(findSecrets(n8n.output())).toEqual([]);

		const saved = await n8n.api.send('GET', '/rest/credentials?includeData=true');
		expect(findSecrets(saved)).toEqual([]);

		const files = await n8n.files();
		const names = [...files.keys()];
		expect(names.filter((name) => name.includes('database.sqlite'))).not.toEqual([]);
		const revealing = names.filter((name) => findSecrets(files.get(name) ?? '').length > 0);
		expect(revealing).toEqual([]);
		// The search finds existing texts.
		const all = [...files.values()].join('');
		expect(all).toContain('Celonis issued no access token');
	});
});
