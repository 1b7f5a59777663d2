import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { getNumbers, addEvent, openTeam } from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';

/** An HTTP proxy that records what it is asked for, and refuses everything. */
interface RecordingProxy {
	readonly url: string;
	readonly requests: IncomingMessage[];
}

const opened: Server[] = [];

afterEach(async () => {
	delete process.env.HTTP_PROXY;
	delete process.env.NO_PROXY;
	await Promise.all(
		opened.splice(0).map(async (server) => {
			server.close();
			await once(server, 'close');
		}),
	);
});

async function openProxy(): Promise<RecordingProxy> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		response.writeHead(403, { 'content-type': 'text/html', connection: 'close' });
		response.end('<html><head><title>403 Filtered</title></head></html>');
	});
	opened.push(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const AUTHENTICATIONS = ['key', 'oAuth2'] as const;

describe.each(AUTHENTICATIONS)('a team on this machine without TLS, by %s', (authentication) => {
	it('is refused if n8n would send the credential to a proxy', async () => {
		const proxy = await openProxy();
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		process.env.HTTP_PROXY = proxy.url;

		const { items, error } = await runNode(team, { authentication });
		expect(error).toMatchObject({
			message: 'n8n would send the key to a proxy without encryption',
			description: expect.stringContaining('NO_PROXY=localhost,127.0.0.1'),
		});
		expect(items).toEqual([]);
		const trigger = team.n8n.activate(loadWorkflow('trigger', { authentication }));
		await expect(trigger.poll()).rejects.toMatchObject({
			failure: { cause: 'configuration-invalid' },
		});

		expect(team.celonis.requests).toEqual([]);
		expect(proxy.requests.length).toBeGreaterThan(0);
		for (const { method, headers } of proxy.requests) {
			expect(method).toBe('GET');
			expect(headers).not.toHaveProperty('authorization');
		}
	});

	it('is reached directly if the proxy is not for it', async () => {
		const proxy = await openProxy();
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		process.env.HTTP_PROXY = proxy.url;
		process.env.NO_PROXY = 'localhost,127.0.0.1';

		const from = toIso(NOW_MS - 60_000);
		const { items, error } = await runNode(team, { authentication, from });
		expect(error).toBeUndefined();
		expect(getNumbers(getJson(items))).toEqual([1]);
		expect(proxy.requests).toEqual([]);
	});
});
