import { buildAuthorization } from '../../nodes/Celonis/http/authKey';
import type { OAuth2Values, Team } from '../n8n/team.mts';
import type { Answer, ProbeClient } from './client.mts';
import { APIS, type Api } from './facts.mts';
import { isObject } from './fields.mts';
import type { Findings } from './findings.mts';
import type { CredentialKind } from './report.mts';

/** The `Authorization` header for each API that the credential may be used for. */
export type Authorizations = ReadonlyMap<Api, string>;

export function getCredentialKind({ oAuth2, key }: Team): CredentialKind {
	if (oAuth2) return 'client';
	return key?.keyType === 'appKey' ? 'application key' : 'API key';
}

/** Scopes to try for each API, the first that is granted. A scope that the client lacks fails a request. */
const SCOPES: ReadonlyArray<readonly [readonly Api[], readonly string[]]> = [
	[
		['v2', 'v1'],
		['audit.log:read', 'audit.log'],
	],
	[['logins'], ['team.login-history:read']],
	[['members'], ['team.user-group-info:read']],
];

const TOKEN_PATH = '/oauth2/token';

/** Signs in for all APIs. An empty map: the credential is refused for all of them. */
export async function signIn(
	client: ProbeClient,
	{ oAuth2, key }: Team,
	findings: Findings,
): Promise<Authorizations> {
	if (oAuth2) return await requestTokens(client, oAuth2, findings);
	findings.miss('not used here', 'token.scope', 'token.authentication', 'token.seconds');
	const header = key ? buildAuthorization(key.keyType, key.authKey) : '';
	return new Map(APIS.map((api) => [api, header]));
}

async function requestTokens(
	client: ProbeClient,
	values: OAuth2Values,
	findings: Findings,
): Promise<Authorizations> {
	const authorizations = new Map<Api, string>();
	let method: 'post' | 'basic' = 'post';
	for (const [apis, scopes] of SCOPES) {
		for (const scope of scopes) {
			let answer = await postTokenRequest(client, values, scope, method);
			if (authorizations.size === 0 && isInvalidClient(answer) && method === 'post') {
				method = 'basic';
				answer = await postTokenRequest(client, values, scope, method);
			}
			const token = getToken(answer);
			if (token === undefined) continue;
			for (const api of apis) authorizations.set(api, `Bearer ${token}`);
			findings.see('token.authentication', method);
			if (apis.includes('v2')) findings.see('token.scope', scope);
			noteLife(answer, findings);
			break;
		}
	}
	if (!authorizations.has('v2')) findings.see('token.scope', 'refused');
	if (authorizations.size === 0) findings.see('token.authentication', 'refused');
	findings.miss('not readable', 'token.seconds');
	for (const api of APIS) {
		if (!authorizations.has(api)) findings.see(`${api}.access`, 'scope refused');
	}
	return authorizations;
}

/** Requests an access token for a scope; `undefined` if there is none. */
export async function requestToken(
	client: ProbeClient,
	values: OAuth2Values,
	scope: string,
	method: 'post' | 'basic',
): Promise<string | undefined> {
	return getToken(await postTokenRequest(client, values, scope, method));
}

async function postTokenRequest(
	client: ProbeClient,
	{ clientId, clientSecret }: OAuth2Values,
	scope: string,
	method: 'post' | 'basic',
): Promise<Answer> {
	const form = { grant_type: 'client_credentials', scope };
	if (method === 'post') {
		return await client.post(TOKEN_PATH, {
			...form,
			client_id: clientId,
			client_secret: clientSecret,
		});
	}
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	return await client.post(TOKEN_PATH, form, { authorization: `Basic ${basic}` });
}

function getToken({ access, json }: Answer): string | undefined {
	const token = access === 'ok' && isObject(json) ? json.access_token : undefined;
	return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

const isInvalidClient = ({ status, json }: Answer): boolean =>
	status === 401 || (isObject(json) && json.error === 'invalid_client');

function noteLife({ json }: Answer, findings: Findings): void {
	const seconds = isObject(json) ? Number(json.expires_in) : NaN;
	if (Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= 10_000_000) {
		findings.see('token.seconds', seconds);
	}
}
