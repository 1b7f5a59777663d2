import type { Access, OAuthClient } from './access.mts';
import type { SimulatedResponse } from './responses.mts';
import { jsonResponse } from './responses.mts';
import type { Tokens } from './tokens.mts';

export const tokenPath = '/oauth2/token';

const formType = 'application/x-www-form-urlencoded';

/** The client's own words: where it put its id and secret, and what they are. */
interface Claim {
	method: 'post' | 'basic';
	clientId: string;
	clientSecret: string;
}

/**
 * The client-credentials grant. The errors are those of RFC 6749, section 5.2.
 * A request without a scope is refused: what Celonis does with one is unknown.
 */
export function tokenEndpoint(access: Access, tokens: Tokens) {
	return (headers: Record<string, string>, body: string): SimulatedResponse => {
		if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== formType) {
			return refusal(400, 'invalid_request', `The body must be ${formType}.`);
		}
		const form = new URLSearchParams(body);
		if (new Set(form.keys()).size !== [...form.keys()].length) {
			return refusal(400, 'invalid_request', 'A parameter is given more than once.');
		}
		const grantType = form.get('grant_type');
		if (!grantType) return refusal(400, 'invalid_request', 'grant_type is missing.');

		const basic = basicClaim(headers.authorization);
		const post = postClaim(form);
		if (basic && form.has('client_secret')) {
			return refusal(400, 'invalid_request', 'More than one way of client authentication.');
		}
		const client = registered(access.oauthClients, basic ?? post);
		if (!client) return invalidClient(headers.authorization !== undefined);

		if (grantType !== 'client_credentials') {
			return refusal(400, 'unsupported_grant_type', `Grant type ${grantType} is not supported.`);
		}
		const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
		const lacking = scopes.filter((scope) => !client.scopes.includes(scope));
		if (scopes.length === 0 || lacking.length > 0) {
			return refusal(400, 'invalid_scope', `The client lacks the scope: ${lacking.join(' ')}`);
		}
		const answer = jsonResponse(200, {
			access_token: tokens.issue(client, scopes, access.tokenLifeSeconds),
			scope: scopes.join(' '),
			token_type: 'Bearer',
			expires_in: access.tokenLifeSeconds,
		});
		return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
	};
}

function registered(clients: OAuthClient[], claim: Claim | undefined): OAuthClient | undefined {
	return clients.find(
		(client) =>
			claim?.clientId === client.clientId &&
			claim.clientSecret === client.clientSecret &&
			(client.authentication === 'both' || client.authentication === claim.method),
	);
}

function postClaim(form: URLSearchParams): Claim | undefined {
	const clientId = form.get('client_id');
	const clientSecret = form.get('client_secret');
	if (clientId === null || clientSecret === null) return undefined;
	return { method: 'post', clientId, clientSecret };
}

function basicClaim(authorization: string | undefined): Claim | undefined {
	const encoded = /^Basic +(.+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
	return { method: 'basic', clientId, clientSecret: rest.join(':') };
}

function invalidClient(triedHeader: boolean): SimulatedResponse {
	const answer = refusal(401, 'invalid_client', 'Client authentication failed.');
	if (triedHeader) answer.headers['www-authenticate'] = 'Basic realm="oauth2"';
	return answer;
}

function refusal(status: number, error: string, description: string): SimulatedResponse {
	return jsonResponse(status, { error, error_description: description });
}
