import type { ApiName } from '../errors/apis';
import { CelonisError, type CodeWithFacts } from '../errors/celonisError';
import { extractErrorMessage } from './errorMessage';
import { parseRateLimitDelay } from './rateLimit';
import { getHeader, type HttpResponse } from './response';

/**
 * The error that a response is; `undefined` if it is JSON, or has status 204. The `secrets` are
 * redacted in what the response says.
 */
export function classifyResponse(
	api: ApiName,
	response: HttpResponse,
	secrets: readonly string[] = [],
): CelonisError | undefined {
	const { status, body } = response;
	if (status === 204) return undefined;
	if (status >= 200 && status < 300) return classifyBody(api, response);
	const isWithoutReason = status === 403 && isEmpty(body);
	const code = isWithoutReason ? 'forbiddenWithoutReason' : classifyStatus(status);
	if (code === 'redirect') return new CelonisError(code, { api, status });
	const retryAfterMs = code === 'rateLimited' ? parseRateLimitDelay(response) : undefined;
	const detail = extractErrorMessage(body, secrets);
	return new CelonisError(code, { api, status, retryAfterMs, detail });
}

/** An error that is fully described by an API and a status. */
type StatusErrorCode = CodeWithFacts<'api' | 'status'>;

/** The error that a status other than 2xx stands for. */
export function classifyStatus(status: number): StatusErrorCode {
	const code = CODES_BY_STATUS[status];
	if (code) return code;
	if (status >= 500) return 'serverError';
	return status >= 300 && status < 400 ? 'redirect' : 'unexpectedStatus';
}

const CODES_BY_STATUS: Readonly<Record<number, StatusErrorCode>> = {
	400: 'badRequest',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'notFound',
	407: 'proxyAuthenticationRequired',
	408: 'unavailable',
	429: 'rateLimited',
	502: 'unavailable',
	503: 'unavailable',
	504: 'unavailable',
};

/** What is wrong with a body that should be JSON. */
function classifyBody(api: ApiName, response: HttpResponse): CelonisError | undefined {
	const { body } = response;
	if (isEmpty(body)) return new CelonisError('emptyResponse', { api });
	if (typeof body !== 'string') return undefined;
	if (/^\s*</.test(body)) return new CelonisError('htmlResponse', { api });
	// Text that claims to be JSON could not be parsed, because it ends in the middle.
	const claimsJson = getHeader(response, 'content-type')?.includes('json') || /^\s*[{[]/.test(body);
	return new CelonisError(claimsJson ? 'truncatedResponse' : 'plainTextResponse', { api });
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}
