import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { N8nHarness, loadWorkflow } from './n8n/n8nHarness.mts';
import { NOW_MS, toIso } from './n8n/runNode.mts';
import { getOutcome } from './n8n/team.mts';

const PLAIN = { client_id: 'plain', client_secret: 'not-a-secret-1.2_3~4-5' };
const PLUS = { client_id: 'with-plus', client_secret: 'not+a+secret/12345678901234567890=' };
const PERCENT = { client_id: 'with-percent', client_secret: 'not%a%secret1234567890' };
const COLON = { client_id: 'with:colon', client_secret: 'not-a-secret-1234567890' };

const CLIENTS = [PLAIN, PLUS, PERCENT, COLON];

let server: ChildProcess;
let teamUrl: string;

beforeAll(async () => {
	const script = fileURLToPath(new URL('n8n/oauthServer.mjs', import.meta.url));
	server = spawn(process.execPath, [script, JSON.stringify(CLIENTS)], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [address] = (await once(server.stdout!, 'data')) as [Buffer];
	teamUrl = address.toString().trim();
});

afterAll(async () => {
	const isClosed = once(server, 'close');
	server.kill();
	await isClosed;
});

/** Lists the events with a client, authenticated as n8n's option `authentication` says. */
async function list(
	client: typeof PLAIN,
	authentication: 'header' | 'body',
	changes: Record<string, string> = {},
) {
	const n8n = new N8nHarness();
	n8n.credentials.saved.set('oauth', {
		teamUrl,
		clientId: client.client_id,
		clientSecret: client.client_secret,
		authentication,
		...changes,
	});
	const from = toIso(NOW_MS - 3_600_000);
	const to = toIso(NOW_MS);
	return getOutcome(await n8n.run(loadWorkflow('list', { authentication: 'oAuth2', from, to })));
}

describe('a certified OAuth server', () => {
	it.each([
		['Client Secret Basic', PLAIN, 'header'],
		['Client Secret Post', PLAIN, 'body'],
		['Client Secret Post, with + and / in the secret', PLUS, 'body'],
		['Client Secret Post, with % in the secret', PERCENT, 'body'],
		['Client Secret Post, with : in the ID', COLON, 'body'],
	] as const)('issues a token by %s', async (_, client, authentication) => {
		const { items, error } = await list(client, authentication);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	it.each([
		['+', PLUS],
		['%', PERCENT],
		[':', COLON],
	])('refuses Client Secret Basic with %s, and the advice is Post', async (_, client) => {
		const { items, error } = await list(client, 'header');
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/^Celonis issued no access token: invalid_(client|request)$/);
		expect(error?.description).toContain('choose that');
		expect(error?.description).toContain("'Client Secret Post'");
		expect(`${error?.message} ${error?.description}`).not.toContain(client.client_secret);
	});

	it('names a wrong secret and a wrong scope', async () => {
		const wrongSecret = await list(PLAIN, 'body', { clientSecret: 'not-the-secret' });
		expect(wrongSecret.error?.message).toBe('Celonis issued no access token: invalid_client');
		const wrongScope = await list(PLAIN, 'body', { scope: 'audit.log:write' });
		expect(wrongScope.error?.message).toBe('Celonis issued no access token: invalid_scope');
	});
});
