import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { redirectTo } from '../celonis/faultKinds.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { secretAccess, secretsIn, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { saveCredential } from './support/workflows.mts';

interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

const { oauthClients, appKeys, apiKeys } = secretAccess();
const [postClient, basicClient, powerlessClient] = oauthClients;

describe("the credentials' tests in a real n8n", () => {
	let n8n: TestN8n;
	let celonis: Simulator;
	let stranger: Simulator;

	beforeAll(async () => {
		celonis = await startSimulator(secretAccess());
		stranger = await startSimulator(secretAccess());
		n8n = await startTestN8n();
	});

	afterAll(async () => {
		await n8n?.close();
		await celonis?.close();
		await stranger?.close();
	});

	beforeEach(() => {
		celonis.faults.clear();
		n8n.outside.requests.length = 0;
	});

	/** Saves and tests as the editor does when a user presses "Save"; no answer may show a secret. */
	const verdict = async (
		type: 'celonisOAuth2Api' | 'celonisApi',
		data: Record<string, unknown>,
	): Promise<Verdict> => {
		const id = await saveCredential(n8n.api, type, data);
		const credentials = { id, type, name: 'Tested', data };
		const answer = await n8n.api.post<Verdict>('/rest/credentials/test', { credentials });
		expect(secretsIn(JSON.stringify(answer))).toEqual([]);
		return answer;
	};
	const oAuth2 = async (client: { clientId: string; clientSecret: string }, more: object = {}) => {
		const { clientId, clientSecret } = client;
		return await verdict('celonisOAuth2Api', {
			teamUrl: celonis.url,
			clientId,
			clientSecret,
			...more,
		});
	};
	const key = async (keyType: 'appKey' | 'apiKey', authKey: string, teamUrl = celonis.url) =>
		await verdict('celonisApi', { teamUrl, keyType, authKey });

	const passed = { status: 'OK', message: 'Connection successful!' };

	test('pass with an OAuth client, by either way of sending its secret', async () => {
		expect(await oAuth2(postClient!)).toEqual(passed);
		expect(await oAuth2(postClient!, { authentication: 'body' })).toEqual(passed);
		expect(await oAuth2(basicClient!, { authentication: 'header' })).toEqual(passed);
	});

	test('pass with an application key and with an API key', async () => {
		expect(await key('appKey', appKeys[0]!.key)).toEqual(passed);
		expect(await key('apiKey', apiKeys[0]!.key)).toEqual(passed);
	});

	test('pass with an address copied from the browser', async () => {
		const copied = `${celonis.url}/ui/audit?tab=1#top`;

		expect(await oAuth2(postClient!, { teamUrl: copied })).toEqual(passed);
		expect(await key('appKey', appKeys[0]!.key, copied)).toEqual(passed);
	});

	test('fail with a wrong secret', async () => {
		const answer = await oAuth2({ ...postClient!, clientSecret: wrongSecret });

		expect(answer.status).toBe('Error');
		expect(answer.message).not.toBe('');
	});

	test('fail with a wrong key, and say where to look', async () => {
		expect(await key('appKey', wrongSecret)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/key/i),
		});
	});

	test('fail without the permission, and name it', async () => {
		const lacking = { status: 'Error', message: expect.stringContaining('Audit Log API') };

		expect(await oAuth2(powerlessClient!)).toEqual(lacking);
		expect(await key('appKey', appKeys[1]!.key)).toEqual(lacking);
	});

	test('follow no redirect: the key stays with the team', async () => {
		const audit = { path: '/log/api/external/v2/audit' };
		const elsewhere = redirectTo(`${stranger.url}/log/api/external/v2/audit?limit=1`);
		celonis.faults.always({ when: audit }, elsewhere);

		const refused = { status: 'Error', message: expect.stringMatching(/redirect/i) };
		expect(await oAuth2(postClient!)).toEqual(refused);
		expect(await key('appKey', appKeys[0]!.key)).toEqual(refused);
		expect(stranger.requests).toEqual([]);
	});

	test.each(['http://my-team.eu-1.celonis.cloud', 'my-team.eu-1.celonis.cloud', 'ftp://127.0.0.1'])(
		'send nothing to anybody for the team URL %s',
		async (teamUrl) => {
			const before = celonis.requests.length;

			expect((await oAuth2(postClient!, { teamUrl })).status).toBe('Error');
			expect((await key('appKey', appKeys[0]!.key, teamUrl)).status).toBe('Error');
			expect(n8n.outside.requests).toEqual([]);
			expect(celonis.requests).toHaveLength(before);
		},
	);

	test('go to a public team by https only', async () => {
		const teamUrl = 'https://my-team.eu-1.celonis.cloud/ui';

		expect((await oAuth2(postClient!, { teamUrl })).status).toBe('Error');
		expect((await key('appKey', appKeys[0]!.key, teamUrl)).status).toBe('Error');
		expect(new Set(n8n.outside.requests)).toEqual(
			new Set(['CONNECT my-team.eu-1.celonis.cloud:443']),
		);
	});

	test('leave no secret in what n8n writes', () => {
		expect(secretsIn(n8n.output())).toEqual([]);
	});
});
