import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../nodes/Celonis/errors/catalog';
import { CREDENTIAL_TEST_ERRORS } from '../../scripts/generate-troubleshooting.mts';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import {
	htmlPage,
	redirectTo,
	respondWith,
	serverError,
	unrelatedJson,
} from '../celonis/faults/index.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { getN8nCapabilities } from './support/n8nCapabilities.mts';
import { createSecretAccess, findSecrets, wrongSecret } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import { saveCredential } from './support/workflows.mts';

interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

const toPattern = (texts: readonly string[]): RegExp =>
	new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));

const { oauthClients, appKeys, apiKeys } = createSecretAccess();
const [postClient, basicClient, powerlessClient] = oauthClients;
const { showsNodeErrors, tunnelsTokenRequests } = getN8nCapabilities(N8N_VERSION);

describe("the credentials' tests in a real n8n", () => {
	let n8n: TestN8n;
	let celonis: Simulator;
	let stranger: Simulator;

	beforeAll(async () => {
		celonis = await startSimulator(createSecretAccess());
		stranger = await startSimulator(createSecretAccess());
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

	/** Saves and tests a credential as the editor's "Save" does; no response may show a secret. */
	const verdict = async (
		type: 'celonisOAuth2Api' | 'celonisApi',
		data: Record<string, unknown>,
	): Promise<Verdict> => {
		const id = await saveCredential(n8n.api, type, data);
		const credentials = { id, type, name: 'Tested', data };
		const response = await n8n.api.post<Verdict>('/rest/credentials/test', { credentials });
		expect(findSecrets(JSON.stringify(response))).toEqual([]);
		return response;
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
	/** The message of the package, or n8n's own message where n8n does not show the package's. */
	const rejected = (inOwnWords: RegExp, inWordsOfN8n: RegExp) => ({
		status: 'Error',
		message: expect.stringMatching(showsNodeErrors ? inOwnWords : inWordsOfN8n),
	});

	test('pass with an OAuth client, with its secret in the body or in a header', async () => {
		expect(await oAuth2(postClient!)).toEqual(passed);
		expect(await oAuth2(postClient!, { authentication: 'body' })).toEqual(passed);
		expect(await oAuth2(basicClient!, { authentication: 'header' })).toEqual(passed);
	});

	test('pass with an application key and with an API key', async () => {
		expect(await key('appKey', appKeys[0]!.key)).toEqual(passed);
		expect(await key('apiKey', apiKeys[0]!.key)).toEqual(passed);
	});

	test('pass with a URL copied from the browser', async () => {
		const copied = `${celonis.url}/ui/audit?tab=1#top`;

		expect(await oAuth2(postClient!, { teamUrl: copied })).toEqual(passed);
		expect(await key('appKey', appKeys[0]!.key, copied)).toEqual(passed);
	});

	/** A message that docs/troubleshooting.md explains as this error; older n8n have others. */
	const explained = (code: ErrorCode) => {
		const texts = CREDENTIAL_TEST_ERRORS.find((row) => row.code === code)!.shown;
		return rejected(toPattern(texts), /./);
	};

	test('fail with a wrong secret, as the documentation says', async () => {
		const wrong = { ...postClient!, clientSecret: wrongSecret };
		expect(await oAuth2(wrong)).toEqual(explained('invalidClient'));
		expect(await oAuth2(postClient!, { scope: 'other' })).toEqual(explained('invalidScope'));
	});

	test('fail where nothing can be reached, as the documentation says', async () => {
		const nobody = `http://127.0.0.1:${await findFreePort()}`;
		expect(await key('appKey', 'k', nobody)).toEqual(explained('unreachable'));
		expect(await oAuth2(postClient!, { teamUrl: nobody })).toEqual(explained('unreachable'));
		const invalid = await oAuth2(postClient!, { teamUrl: 'ftp://127.0.0.1' });
		expect(invalid).toEqual(explained('invalidTeamUrl'));
		celonis.faults.always({}, serverError(503));
		expect(await key('appKey', appKeys[0]!.key)).toEqual(rejected(/not available/, /./));
	});

	test('fail with a wrong key, and say what to check', async () => {
		expect(await key('appKey', wrongSecret)).toEqual(rejected(/key/i, /^Authorization failed/));
	});

	test('fail without the permission, and name it', async () => {
		const lacking = rejected(/Audit Log API/, /^Forbidden/);

		expect(await oAuth2(powerlessClient!)).toEqual(lacking);
		expect(await key('appKey', appKeys[1]!.key)).toEqual(lacking);
	});

	test.each([
		['a web page', htmlPage()],
		['JSON of another service', unrelatedJson()],
		['an error', respondWith(200, { body: { errors: [{ error: 'maintenance' }] } })],
	])('fail for %s with status 200', async (_, page) => {
		celonis.faults.always({ when: { path: '/log/api/external/v2/audit' } }, page);

		const stranger = rejected(/not a page of the audit log/, /not a page of the audit log/);
		expect(await oAuth2(postClient!)).toEqual(stranger);
		expect(await key('appKey', appKeys[0]!.key)).toEqual(stranger);
	});

	test('follow no redirects: the key is sent to the team only', async () => {
		const audit = { path: '/log/api/external/v2/audit' };
		const elsewhere = redirectTo(`${stranger.url}/log/api/external/v2/audit?limit=1`);
		celonis.faults.always({ when: audit }, elsewhere);

		const redirected = rejected(/redirect/i, /status code 302$/);
		expect(await oAuth2(postClient!)).toEqual(redirected);
		expect(await key('appKey', appKeys[0]!.key)).toEqual(redirected);
		expect(stranger.requests).toEqual([]);
	});

	test.each(['http://my-team.eu-1.celonis.cloud', 'my-team', 'ftp://127.0.0.1'])(
		'send nothing to anybody for the team URL %s',
		async (teamUrl) => {
			const before = celonis.requests.length;

			expect((await oAuth2(postClient!, { teamUrl })).status).toBe('Error');
			expect((await key('appKey', appKeys[0]!.key, teamUrl)).status).toBe('Error');
			expect(n8n.outside.requests).toEqual([]);
			expect(celonis.requests).toHaveLength(before);
		},
	);

	const exception = tunnelsTokenRequests ? '' : ', but a proxy can read the request of a token';
	test(`send requests to a public team by https only${exception}`, async () => {
		const teamUrl = 'https://my-team.eu-1.celonis.cloud/ui';

		expect((await oAuth2(postClient!, { teamUrl })).status).toBe('Error');
		expect((await key('appKey', appKeys[0]!.key, teamUrl)).status).toBe('Error');
		const tunnel = 'CONNECT my-team.eu-1.celonis.cloud:443';
		const inPlain = 'POST https://my-team.eu-1.celonis.cloud/oauth2/token';
		expect(new Set(n8n.outside.requests)).toEqual(
			new Set(tunnelsTokenRequests ? [tunnel] : [inPlain, tunnel]),
		);
		expect(findSecrets(n8n.outside.readable())).toEqual(
			tunnelsTokenRequests ? [] : [postClient!.clientSecret],
		);
	});

	test('leave no secret in the output of n8n', () => {
		expect(findSecrets(n8n.output())).toEqual([]);
	});
});
