import type { Query, SendRequest } from '../../../nodes/Celonis/http/request';
import { wideClient } from '../../celonis/access.mts';
import { tokenPath } from '../../celonis/tokenEndpoint.mts';
import type { VirtualTime } from '../time.mts';
import { CelonisError, classifyResponse, classifyFailure } from '../trigger';
import { failure, type Exchange, type Response } from './exchange.mts';

/** n8n's store of credentials: tokens survive a restart. */
export interface TokenStore {
	token?: string;
}

/** The node's `createSend` over the simulated way: the same answers, the same faults. */
export function createSendInMemory(
	exchange: Exchange,
	store: TokenStore,
	time: VirtualTime,
	timeoutMs: () => number,
): SendRequest {
	return async (path, query) => {
		const sentAtMs = time.hostNow();
		const { statusCode, headers, body } = await askAuthenticated(
			exchange,
			store,
			path,
			query,
			timeoutMs(),
		).catch((error: unknown) => Promise.reject(new CelonisError(classifyFailure(error))));
		const durationMs = Math.max(0, time.hostNow() - sentAtMs);
		const answer = { status: statusCode, headers, body, durationMs };
		const fault = classifyResponse(answer);
		if (fault) throw new CelonisError(fault);
		return answer;
	};
}

/** As n8n does it: a token when there is none, and a new one after a 401, once. */
async function askAuthenticated(
	exchange: Exchange,
	store: TokenStore,
	path: string,
	query: Query,
	timeoutMs: number,
): Promise<Response> {
	const ask = async (token: string) =>
		await exchange(
			{
				method: 'GET',
				path,
				query: searchOf(query),
				headers: { authorization: `Bearer ${token}` },
				body: '',
			},
			timeoutMs,
		);
	const response = await ask((store.token ??= await fetchToken(exchange, timeoutMs)));
	if (response.statusCode !== 401) return response;
	const again = await ask((store.token = await fetchToken(exchange, timeoutMs)));
	if (again.statusCode !== 401) return again;
	const { headers, body: data } = again;
	throw failure('ERR_BAD_REQUEST', 'status code 401', { response: { status: 401, headers, data } });
}

function searchOf(query: Query): URLSearchParams {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) search.set(name, String(value));
	}
	return search;
}

async function fetchToken(exchange: Exchange, timeoutMs: number): Promise<string> {
	const { clientId, clientSecret, scopes } = wideClient;
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
	const token = (body as { access_token?: unknown } | null)?.access_token;
	if (statusCode < 400 && typeof token === 'string') return token;
	throw failure('ESTATUS', 'Unsupported response', { body, status: statusCode });
}
