import type { Access, OAuthClient } from './access.mts';
import type { SimulatedResponse } from './responses.mts';
import { jsonResponse } from './responses.mts';
import type { Tokens } from './tokens.mts';

export const tokenPath = '/oauth2/token';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The credentials of a client, and where it sent them. */
interface ClientCredentials {
	method: 'post' | 'basic';
	clientId: string;
	clientSecret: string;
}

/**
 * The client-credentials grant. The errors are those of RFC 6749, section 5.2.
 * A request without a scope is rejected: what Celonis does with one is unknown.
 */
export function createTokenEndpoint(access: Access, tokens: Tokens) {
	return (headers: Record<string, string>, body: string): SimulatedResponse => {
		if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== FORM_TYPE) {
			return createOAuthError(400, 'invalid_request', `The body must be ${FORM_TYPE}.`);
		}
		const form = new URLSearchParams(body);
		if (new Set(form.keys()).size !== [...form.keys()].length) {
			return createOAuthError(400, 'invalid_request', 'A parameter is given more than once.');
		}
		const grantType = form.get('grant_type');
		if (!grantType) return createOAuthError(400, 'invalid_request', 'grant_type is missing.');

		const basic = parseBasicCredentials(headers.authorization);
		const post = parseBodyCredentials(form);
		if (basic && form.has('client_secret')) {
			return createOAuthError(
				400,
				'invalid_request',
				'More than one way of client authentication.',
			);
		}
		const client = findClient(access.oauthClients, basic ?? post);
		if (!client) return createInvalidClientError(headers.authorization !== undefined);

		if (grantType !== 'client_credentials') {
			return createOAuthError(
				400,
				'unsupported_grant_type',
				`Grant type ${grantType} is not supported.`,
			);
		}
		const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
		const lacking = scopes.filter((scope) => !client.scopes.includes(scope));
		if (scopes.length === 0 || lacking.length > 0) {
			return createOAuthError(
				400,
				'invalid_scope',
				`The client lacks the scope: ${lacking.join(' ')}`,
			);
		}
		const response = jsonResponse(200, {
			access_token: tokens.issue(client, scopes, access.tokenLifeSeconds),
			scope: scopes.join(' '),
			token_type: 'Bearer',
			expires_in: access.tokenLifeSeconds,
		});
		return { ...response, headers: { ...response.headers, 'cache-control': 'no-store' } };
	};
}

function findClient(
	clients: OAuthClient[],
	credentials: ClientCredentials | undefined,
): OAuthClient | undefined {
	return clients.find(
		(client) =>
			credentials?.clientId === client.clientId &&
			credentials.clientSecret === client.clientSecret &&
			(client.authentication === 'both' || client.authentication === credentials.method),
	);
}

function parseBodyCredentials(form: URLSearchParams): ClientCredentials | undefined {
	const clientId = form.get('client_id');
	const clientSecret = form.get('client_secret');
	if (clientId === null || clientSecret === null) return undefined;
	return { method: 'post', clientId, clientSecret };
}

function parseBasicCredentials(authorization: string | undefined): ClientCredentials | undefined {
	const encoded = /^Basic +(.+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
	return { method: 'basic', clientId, clientSecret: rest.join(':') };
}

function createInvalidClientError(triedHeader: boolean): SimulatedResponse {
	const response = createOAuthError(401, 'invalid_client', 'Client authentication failed.');
	if (triedHeader) response.headers['www-authenticate'] = 'Basic realm="oauth2"';
	return response;
}

function createOAuthError(status: number, error: string, description: string): SimulatedResponse {
	return jsonResponse(status, { error, error_description: description });
}
