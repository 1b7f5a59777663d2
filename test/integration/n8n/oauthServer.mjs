/**
 * A team whose tokens come from a certified OAuth server: `node oauthServer.mjs CLIENTS`, where CLIENTS
 * is JSON of the clients' metadata (RFC 7591). It prints its address. Its audit log has one event, for
 * tokens with the scope `audit.log:read`.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const SCOPE = 'audit.log:read';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
	const url = `http://127.0.0.1:${server.address().port}`;
	const clients = JSON.parse(process.argv[2]).map((client) => ({
		grant_types: ['client_credentials'],
		redirect_uris: [],
		response_types: [],
		scope: SCOPE,
		...client,
	}));
	const provider = new Provider(url, {
		clients,
		scopes: [SCOPE, 'audit.log:write'],
		features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
		ttl: { ClientCredentials: 900 },
		routes: { token: '/oauth2/token' },
	});
	const handleOAuth = provider.callback();
	server.on('request', async (request, response) => {
		if (!request.url.startsWith('/log/')) return handleOAuth(request, response);
		const [, value = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
		const token = await provider.ClientCredentials.find(value);
		const isValid = token?.scope === SCOPE;
		const event = { event: 'TEAM_UPDATED', timestamp: '2026-06-01T07:59:00.000Z' };
		response.writeHead(isValid ? 200 : 401, { 'content-type': 'application/json' });
		response.end(JSON.stringify(isValid ? { content: [event] } : { error: 'Unauthorized' }));
	});
	process.stdout.write(`${url}\n`);
});
