import type { IHttpRequestOptions, IN8nHttpFullResponse, IPollFunctions } from 'n8n-workflow';
import { fullAccessClient } from '../../celonis/access.mts';
import { tokenPath } from '../../celonis/tokenEndpoint.mts';
import { createRequestError, type Exchange, type Response } from '../celonis/exchange.mts';

export const CREDENTIAL_TYPE = 'celonisOAuth2Api';

/** n8n's store of credentials: tokens survive a restart. */
export interface TokenStore {
	token?: string;
}

/**
 * The part of n8n's context that the node's request code uses: authenticated requests, over the
 * simulated network. n8n fetches a token if it has none, and a new one once after a 401.
 */
export function createRequestContext(exchange: Exchange, store: TokenStore): IPollFunctions {
	const send = async (request: IHttpRequestOptions, token: string) =>
		await exchange(
			{
				method: 'GET',
				path: new URL(request.url).pathname,
				query: toSearchParams(request.qs),
				headers: { authorization: `Bearer ${token}` },
				body: '',
			},
			request.timeout ?? Infinity,
		);
	const fetchNewToken = async (request: IHttpRequestOptions) =>
		(store.token = await fetchToken(exchange, request.timeout ?? Infinity));
	const httpRequestWithAuthentication = async (
		_credentialType: string,
		request: IHttpRequestOptions,
	): Promise<IN8nHttpFullResponse> => {
		const first = await send(request, store.token ?? (await fetchNewToken(request)));
		if (first.statusCode !== 401) return toFullResponse(first);
		const second = await send(request, await fetchNewToken(request));
		if (second.statusCode !== 401) return toFullResponse(second);
		const { headers, body: data } = second;
		const response = { status: 401, headers, data };
		throw createRequestError('ERR_BAD_REQUEST', 'status code 401', { response });
	};
	const context = {
		getCredentials: async () => ({
			clientSecret: fullAccessClient.clientSecret,
			oauthTokenData: { access_token: store.token },
		}),
		helpers: { httpRequestWithAuthentication },
	};
	return context as unknown as IPollFunctions;
}

/** Converts to n8n's response, whose body is a stream: the node requests one. */
function toFullResponse({ statusCode, headers, body }: Response): IN8nHttpFullResponse {
	const stream = {
		destroy: () => {},
		async *[Symbol.asyncIterator]() {
			if (body !== '') yield Buffer.from(body);
		},
	};
	return { statusCode, headers: { ...headers }, body: stream as unknown as Buffer };
}

function toSearchParams(query: IHttpRequestOptions['qs']): URLSearchParams {
	return new URLSearchParams(
		Object.entries(query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
	);
}

async function fetchToken(exchange: Exchange, timeoutMs: number): Promise<string> {
	const { clientId, clientSecret, scopes } = fullAccessClient;
	const form = {
		grant_type: 'client_credentials',
		scope: scopes.join(' '),
		client_id: clientId,
		client_secret: clientSecret,
	};
	const { statusCode, body } = await exchange(
		{
			method: 'POST',
			path: tokenPath,
			query: new URLSearchParams(),
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(form).toString(),
		},
		timeoutMs,
	);
	const fields = parseJson(body);
	const token = (fields as { access_token?: unknown } | null)?.access_token;
	if (statusCode < 400 && typeof token === 'string') return token;
	throw createRequestError('ESTATUS', 'Unsupported response', { body: fields, status: statusCode });
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
