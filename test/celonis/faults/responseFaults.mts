import { emptyResponse, jsonResponse, rateLimitExceeded } from '../responses.mts';
import { tokenPath } from '../tokenEndpoint.mts';
import type { InjectedFault } from './faultInjector.mts';

/** A response that replaces the real one. */
export function respondWith(
	status: number,
	options: { headers?: Record<string, string>; body?: string | object } = {},
): InjectedFault {
	const { headers = {}, body = '' } = options;
	const type = typeof body === 'string' ? 'text/plain;charset=UTF-8' : 'application/json';
	return {
		name: `answer ${status}`,
		type: 'respond',
		response: {
			status,
			headers: body === '' ? headers : { 'content-type': type, ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		},
	};
}

/** A 5xx with the documented body; `reference` is for Celonis' support. */
export function serverError(
	status = 500,
	reference = '00000000-0000-4000-8000-000000000500',
): InjectedFault {
	return respondWith(status, {
		body: {
			reference,
			message: `An unexpected error occurred. Reference: ${reference}`,
			shortMessage: 'An unexpected error occurred.',
		},
	});
}

/** A 429 with the documented body, and further headers. */
export function rateLimited(
	headers: Record<string, string> = {},
	retryAtMs = 22_241_000,
): InjectedFault {
	const response = rateLimitExceeded(retryAtMs);
	const all = { ...response.headers, ...headers };
	return { name: 'rate limited', type: 'respond', response: { ...response, headers: all } };
}

/** A sign-in page with status 200: a wrong team URL, or a session that ended. */
export function htmlPage(): InjectedFault {
	return {
		name: 'HTML page',
		type: 'respond',
		response: {
			status: 200,
			headers: { 'content-type': 'text/html;charset=UTF-8' },
			body: '<!DOCTYPE html><html><head><title>Login</title></head><body>Sign in</body></html>',
		},
	};
}

/** An error page of nginx, as it sends it in place of the API. */
export function nginxPage(status: number, reason: string): InjectedFault {
	const title = `${status} ${reason}`;
	const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
	return {
		...intermediaryResponse(status, body, { server: 'nginx/1.22.1' }),
		name: `nginx ${status}`,
	};
}

/** A response of something between the client and Celonis; HTML unless the headers say otherwise. */
export function intermediaryResponse(
	status: number,
	body: string,
	headers: Record<string, string> = {},
): InjectedFault {
	return respondWith(status, { headers: { 'content-type': 'text/html', ...headers }, body });
}

export function redirectTo(location: string, status: 302 | 307 = 302): InjectedFault {
	return { ...respondWith(status, { headers: { location } }), name: `redirect ${status}` };
}

export function emptyOk(): InjectedFault {
	return { name: 'empty 200', type: 'respond', response: emptyResponse(200) };
}

export function noContent(): InjectedFault {
	return { name: 'no content', type: 'respond', response: emptyResponse(204) };
}

/** JSON that is not an audit page: another service lives at this address. */
export function unrelatedJson(): InjectedFault {
	const body = { name: 'another service', version: '1.0.0', status: 'UP' };
	return { name: 'other product', type: 'respond', response: jsonResponse(200, body) };
}

/** The token endpoint responds with an error of RFC 6749. */
export function tokenFailure(error: string, status = 400, description = 'Refused.'): InjectedFault {
	return {
		name: `token ${error}`,
		type: 'respond',
		response: jsonResponse(status, { error, error_description: description }),
		possibleFor: ({ path }) => path === tokenPath,
	};
}
