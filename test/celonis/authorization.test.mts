import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultApiKey, defaultAppKey } from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { appKeyHeader, get, signIn } from './testClient.mts';

const apiKeyHeader = `Bearer ${defaultApiKey.key}`;

describe.each([auditV1Path, auditV2Path])('authorization of %s', (path) => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startSimulator();
	});
	afterEach(() => simulator.close());

	const ask = async (authorization: string | null) => {
		const response = await get(simulator, path, {}, authorization);
		return {
			status: response.status,
			type: response.headers.get('content-type'),
			body: await response.text(),
		};
	};
	const unauthorized = {
		status: 401,
		type: 'application/json',
		body: '{"error":"Unauthorized"}',
	};
	const denied = {
		status: 403,
		type: 'application/json',
		body: '{"title":"Access Denied.","status":403,"detail":"Access is denied","errorCode":"ADMIN_ACCESS_ERROR"}',
	};

	it('accepts a client, an application key and an API key, with the prefix in any case', async () => {
		const token = await signIn(simulator);
		for (const header of [token, appKeyHeader, apiKeyHeader]) {
			expect((await ask(header)).status).toBe(200);
			expect((await ask(header.replace(/^\w+/, (scheme) => scheme.toUpperCase()))).status).toBe(
				200,
			);
		}
	});

	it('responds to a missing header and to an unknown key with a 401 as JSON', async () => {
		const mixedUp = [`Bearer ${defaultAppKey.key}`, `AppKey ${defaultApiKey.key}`];
		for (const header of [null, 'Bearer nobody', 'AppKey nobody', ...mixedUp]) {
			expect(await ask(header)).toEqual(unauthorized);
		}
	});

	it('responds to a wrong prefix with a 401 as plain text', async () => {
		for (const header of [defaultAppKey.key, 'Basic abc', 'AppKeys abc']) {
			expect(await ask(header)).toEqual({
				status: 401,
				type: 'text/plain;charset=UTF-8',
				body: 'Invalid "Authorization" header format. Should start either with "Bearer " or "AppKey " (case insensitive).',
			});
		}
	});

	it('denies a caller without the permission or the scope', async () => {
		const { access } = simulator;
		access.oauthClients[0]!.scopes.push('team.login-history:read');
		expect(await ask(await signIn(simulator, 'team.login-history:read'))).toEqual(denied);

		const token = await signIn(simulator);
		access.oauthClients[0]!.auditLogPermission = false;
		access.appKeys[0]!.auditLogPermission = false;
		access.apiKeys[0]!.auditLogPermission = false;
		for (const header of [token, appKeyHeader, apiKeyHeader]) {
			expect(await ask(header)).toEqual(denied);
		}
	});

	it('denies an application key for use inside the platform', async () => {
		simulator.access.appKeys[0]!.platformOnly = true;
		expect(await ask(appKeyHeader)).toEqual(denied);
	});

	it('responds with an empty 403 to known callers when the API is disabled', async () => {
		simulator.access.auditApiEnabled = false;
		expect(await ask(appKeyHeader)).toEqual({ status: 403, type: null, body: '' });
		expect(await ask(null)).toEqual(unauthorized);
	});

	it('can require the other scope name of the documents', async () => {
		simulator.access.auditScope = 'audit.log';
		expect(await ask(await signIn(simulator))).toEqual(denied);
		simulator.access.oauthClients[0]!.scopes = ['audit.log'];
		expect((await ask(await signIn(simulator, 'audit.log'))).status).toBe(200);
	});

	it('responds with a 405 to other methods and a 404 to other paths', async () => {
		const post = await get(simulator, path, {}, appKeyHeader, { method: 'POST' });
		expect(post.status).toBe(405);
		expect((await get(simulator, `${path}/`)).status).toBe(404);
		expect((await get(simulator, path.replace('/log', ''))).status).toBe(404);
		Object.assign(simulator.behaviour, { v1Available: false, v2Available: false });
		expect((await ask(appKeyHeader)).status).toBe(404);
	});

	it('does not share its settings with other simulators', async () => {
		simulator.access.appKeys[0]!.auditLogPermission = false;
		const other = await startSimulator();
		expect(other.access.appKeys[0]!.auditLogPermission).toBe(true);
		await other.close();
	});
});
