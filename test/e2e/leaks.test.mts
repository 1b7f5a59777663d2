import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CredentialReferences } from '../../scripts/n8n/credentials.mts';
import { teamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import * as faults from '../celonis/faultKinds.mts';
import type { Fault } from '../celonis/faults.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { executionsOf, isFinished, runWorkflow } from './support/executions.mts';
import { secretAccess, secretsIn, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	listWorkflow,
	publish,
	saveCredential,
	saveCredentials,
	saveWorkflow,
	triggerWorkflow,
	type Access,
} from './support/workflows.mts';

const minute = 60_000;

const ways: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** Answers that could make a key come to light. */
const badAnswers: Readonly<Record<string, (secret: string) => Fault>> = {
	'a refusal that repeats the key': (secret) =>
		faults.answerWith(400, { body: { detail: `Unknown: ${secret}, ${secret}` } }),
	'a refusal in plain text that does': (secret) =>
		faults.answerWith(403, { body: `Not for AppKey ${secret} or Bearer ${secret}` }),
	'a 401': () => faults.answerWith(401, { body: { error: 'Unauthorized' } }),
	'a fault of the server': () => faults.serverError(500),
	'a redirect': () => faults.redirectTo('https://login.example.com/'),
	'a web page': () => faults.htmlPage(),
	'a connection that is reset': () => faults.resetBeforeAnswer(),
	'an answer cut off': () => faults.truncatedBody(),
	'no answer': () => faults.hang(),
};

describe('keys, secrets and tokens in a real n8n on a bad day', () => {
	let n8n: TestN8n;
	let celonis: Simulator;
	let credentials: Required<CredentialReferences>;
	const texts: string[] = [];

	beforeAll(async () => {
		celonis = await startSimulator({ ...secretAccess(), backlog: { events: 50, days: 1 } });
		n8n = await startTestN8n();
		credentials = await saveCredentials(n8n.api, teamOf(celonis));
	});

	afterAll(async () => {
		await n8n?.close();
		await celonis?.close();
	});

	const secretOf = ({ authentication }: Access): string => {
		const { oauthClients, appKeys } = celonis.access;
		return authentication === 'key' ? appKeys[0]!.key : oauthClients[0]!.clientSecret;
	};

	const fail = async (access: Access, chosen = credentials) => {
		const workflow = listWorkflow({ options: { timeout: 0.5 } }, access, chosen);
		const id = await saveWorkflow(n8n.api, workflow);
		const execution = await runWorkflow(n8n.api, id, 'Start');
		expect(execution.status).toBe('error');
		texts.push(execution.text);
		return execution.error;
	};

	describe.each(ways)('%j', (access) => {
		test.each(Object.entries(badAnswers))('%s', async (_name, makeFault) => {
			const when = ({ path }: { path: string }) => path.startsWith('/log');
			celonis.faults.always({ when }, makeFault(secretOf(access)));
			const error = await fail(access);
			celonis.faults.clear();

			expect(error?.description).toMatch(/\S+ \S+/);
			expect(secretsIn(JSON.stringify(error))).toEqual([]);
		});
	});

	test('a wrong secret', async () => {
		const { oAuth2 } = teamOf(celonis);
		const wrong = { ...oAuth2, clientSecret: wrongSecret };
		const id = await saveCredential(n8n.api, 'celonisOAuth2Api', wrong);
		const celonisOAuth2Api = { id, name: 'Wrong' };
		const error = await fail(ways[0]!, { ...credentials, celonisOAuth2Api });

		expect(error?.message).toBe('Celonis gave no access token: invalid_client');
	});

	test('polls that fail', async () => {
		for (const access of ways) {
			const id = await saveWorkflow(n8n.api, triggerWorkflow({}, access, credentials));
			const before = celonis.requests.length;
			await publish(n8n.api, id);
			const isPoll = ({ path, status }: (typeof celonis.requests)[number]) =>
				path.startsWith('/log') && status === 200;
			await waitFor(() => celonis.requests.slice(before).find(isPoll), {
				what: 'the first poll',
				timeoutMs: minute,
			});
			const answer = { body: { detail: `No ${secretOf(access)}` } };
			celonis.faults.always({}, faults.answerWith(400, answer));
			const executions = await waitFor(
				async () => {
					const all = (await executionsOf(n8n.api, id)).filter(isFinished);
					return all.length > 0 ? all : undefined;
				},
				{ what: 'a failed poll', timeoutMs: 3 * minute, everyMs: 1000 },
			);
			celonis.faults.clear();
			expect(executions[0]?.status).toBe('error');
			texts.push(...executions.map(({ text }) => text));
		}
	});

	test('are nowhere in what n8n answers, logs and keeps', async () => {
		expect(texts.length).toBeGreaterThan(2 * Object.keys(badAnswers).length);
		expect(texts.flatMap(secretsIn)).toEqual([]);
		expect(secretsIn(n8n.output())).toEqual([]);

		const saved = await n8n.api.send('GET', '/rest/credentials?includeData=true');
		expect(secretsIn(saved)).toEqual([]);

		const files = await n8n.files();
		const names = [...files.keys()];
		expect(names.filter((name) => name.includes('database.sqlite'))).not.toEqual([]);
		const telling = names.filter((name) => secretsIn(files.get(name) ?? '').length > 0);
		expect(telling).toEqual([]);
		// The search would find what is there.
		const all = [...files.values()].join('');
		expect(all).toContain('Celonis gave no access token');
	});
});
