import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import { redirectTo } from '../celonis/faultKinds.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { getCapabilities } from './support/n8nCapabilities.mts';
import { secretAccess, secretsIn, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { saveCredential } from './support/workflows.mts';

interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

const { oauthClients, appKeys, apiKeys } = secretAccess();
const [postClient, basicClient, powerlessClient] = oauthClients;
const { ownWords, tokenTunnel } = getCapabilities(N8N_VERSION);

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
	/** The package says what to do; an n8n that does not pass that on has words of its own. */
	const refused = (inOwnWords: RegExp, inWordsOfN8n: RegExp) => ({
		status: 'Error',
		message: expect.stringMatching(ownWords ? inOwnWords : inWordsOfN8n),
	});

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
		expect(await key('appKey', wrongSecret)).toEqual(refused(/key/i, /^Authorization failed/));
	});

	test('fail without the permission, and name it', async () => {
		const lacking = refused(/Audit Log API/, /^Forbidden/);

		expect(await oAuth2(powerlessClient!)).toEqual(lacking);
		expect(await key('appKey', appKeys[1]!.key)).toEqual(lacking);
	});

	test('follow no redirect: the key stays with the team', async () => {
		const audit = { path: '/log/api/external/v2/audit' };
		const elsewhere = redirectTo(`${stranger.url}/log/api/external/v2/audit?limit=1`);
		celonis.faults.always({ when: audit }, elsewhere);

		const redirected = refused(/redirect/i, /status code 302$/);
		expect(await oAuth2(postClient!)).toEqual(redirected);
		expect(await key('appKey', appKeys[0]!.key)).toEqual(redirected);
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

	const exception = tokenTunnel ? '' : ', but a proxy can read the request of a token';
	test(`go to a public team by https only${exception}`, async () => {
		const teamUrl = 'https://my-team.eu-1.celonis.cloud/ui';

		expect((await oAuth2(postClient!, { teamUrl })).status).toBe('Error');
		expect((await key('appKey', appKeys[0]!.key, teamUrl)).status).toBe('Error');
		const tunnel = 'CONNECT my-team.eu-1.celonis.cloud:443';
		const inPlain = 'POST https://my-team.eu-1.celonis.cloud/oauth2/token';
		expect(new Set(n8n.outside.requests)).toEqual(
			new Set(tokenTunnel ? [tunnel] : [inPlain, tunnel]),
		);
		expect(secretsIn(n8n.outside.readable())).toEqual(
			tokenTunnel ? [] : [postClient!.clientSecret],
		);
	});

	test('leave no secret in what n8n writes', () => {
		expect(secretsIn(n8n.output())).toEqual([]);
	});
});
