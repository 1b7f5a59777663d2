import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultClient } from './access.mts';
import { auditV2Path } from './auditV2.mts';
import { manualClock } from './clock.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { createBasicHeader, get, requestToken, signIn } from './testClient.mts';

const { clientId, clientSecret } = defaultClient;
const inBody = { client_id: clientId, client_secret: clientSecret };

describe('the token endpoint', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startSimulator({ clock: manualClock() });
	});
	afterEach(() => simulator.close());

	const rejection = async (response: Promise<Response>) => {
		const { status, ...rest } = await response.then(async (got) => ({
			status: got.status,
			body: (await got.json()) as { error: string },
		}));
		return `${status} ${rest.body.error}`;
	};

	it('issues a bearer token of 899 seconds to a client with its secret in the body', async () => {
		const response = await requestToken(simulator, inBody);
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({
			access_token: expect.any(String),
			scope: 'audit.log:read',
			token_type: 'Bearer',
			expires_in: 899,
		});
		expect(simulator.tokens.issued).toBe(1);
	});

	it('accepts the secret only where the client is registered to send it', async () => {
		const client = simulator.access.oauthClients[0]!;
		const header = { authorization: createBasicHeader(clientId, clientSecret) };
		const statuses = async () => [
			(await requestToken(simulator, inBody)).status,
			(await requestToken(simulator, {}, header)).status,
		];
		expect(await statuses()).toEqual([200, 200]);
		client.authentication = 'post';
		expect(await statuses()).toEqual([200, 401]);
		client.authentication = 'basic';
		expect(await statuses()).toEqual([401, 200]);
	});

	it('responds with the errors of RFC 6749', async () => {
		const wrong = { ...inBody, client_secret: 'wrong' };
		expect(await rejection(requestToken(simulator, wrong))).toBe('401 invalid_client');
		expect(await rejection(requestToken(simulator))).toBe('401 invalid_client');
		const password = { ...inBody, grant_type: 'password' };
		expect(await rejection(requestToken(simulator, password))).toBe('400 unsupported_grant_type');
		const twice = requestToken(simulator, inBody, {
			authorization: createBasicHeader(clientId, clientSecret),
		});
		expect(await rejection(twice)).toBe('400 invalid_request');
		const json = { 'content-type': 'application/json' };
		expect(await rejection(requestToken(simulator, inBody, json))).toBe('400 invalid_request');
		expect((await get(simulator, '/oauth2/token')).status).toBe(405);
	});

	it('rejects a request with a scope that the client lacks, or without a scope', async () => {
		for (const scope of ['audit.log:read team.login-history:read', 'audit.log', '']) {
			const response = requestToken(simulator, { ...inBody, scope });
			expect(await rejection(response)).toBe('400 invalid_scope');
		}
	});

	it('expires tokens by its clock', async () => {
		const authorization = await signIn(simulator);
		const status = async () => (await get(simulator, auditV2Path, {}, authorization)).status;
		simulator.clock.advance(898_999);
		expect(await status()).toBe(200);
		simulator.clock.advance(1);
		expect(await status()).toBe(401);
	});

	it('can expire all tokens at once', async () => {
		const authorization = await signIn(simulator);
		simulator.tokens.expireAll();
		expect((await get(simulator, auditV2Path, {}, authorization)).status).toBe(401);
		const renewed = await signIn(simulator);
		expect((await get(simulator, auditV2Path, {}, renewed)).status).toBe(200);
	});

	it('records requests without secrets', async () => {
		const authorization = await signIn(simulator);
		await requestToken(simulator, {}, { authorization: createBasicHeader(clientId, clientSecret) });
		await requestToken(
			simulator,
			{},
			{ authorization: createBasicHeader('stranger', clientSecret) },
		);
		await get(simulator, auditV2Path, {}, authorization);
		await get(simulator, auditV2Path);
		await get(simulator, auditV2Path, {}, `Bearer ${clientSecret}`);
		expect(JSON.stringify(simulator.requests)).not.toContain('not-a-secret');
		expect(simulator.requests[0]?.form).toMatchObject({ client_secret: '[removed]' });
		expect(simulator.requests.map(({ headers }) => headers.authorization)).toEqual([
			undefined,
			`Basic ${clientId}`,
			'Basic unknown',
			'Bearer token#1',
			'AppKey appKey#1',
			'Bearer unknown',
		]);
	});
});
