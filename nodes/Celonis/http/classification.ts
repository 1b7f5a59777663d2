import type { ApiName } from '../errors/apis';
import type { ErrorCode } from '../errors/catalog';
import { CelonisError, type CodeWithFacts } from '../errors/celonisError';
import { tryParseJson } from './body';
import { findBodyError } from './bodyError';
import { extractErrorMessage } from './errorMessage';
import { parseRateLimitDelay, parseRateLimitText, parseRetryAfter } from './rateLimit';
import { getHeader, type HttpResponse } from './response';
import { describePage, isFromIntermediary, isWebPage } from './webPage';

/**
 * The error that a response is; `undefined` if it is JSON that describes no error, or has status 204.
 * The `secrets` are redacted in what the response says.
 */
export function classifyResponse(
	api: ApiName,
	response: HttpResponse,
	secrets: readonly string[] = [],
): CelonisError | undefined {
	const { status, body } = response;
	if (status === 204) return undefined;
	if (status >= 200 && status < 300) return classifyBody(api, response, secrets);
	const code = classifyStatus(status);
	if (code === 'redirect') return new CelonisError(code, { api, status });
	if (isFromIntermediary(response)) return classifyIntermediary(api, response, code, secrets);
	const isWithoutReason = code === 'forbidden' && isEmpty(body);
	const detail = extractErrorMessage(body, secrets);
	const retryAfterMs = findRetryDelay(code, response, detail);
	return new CelonisError(isWithoutReason ? 'forbiddenWithoutReason' : code, {
		api,
		status,
		retryAfterMs,
		detail,
	});
}

/** The error of a proxy, a firewall or a gateway, by the error that Celonis' response would be. */
function classifyIntermediary(
	api: ApiName,
	response: HttpResponse,
	code: StatusErrorCode,
	secrets: readonly string[],
): CelonisError {
	const { status } = response;
	const page = describePage(response, secrets);
	const retryAfterMs = findRetryDelay(code, response, undefined);
	if (UNMISTAKABLE_CODES.includes(code)) {
		return new CelonisError(code, { api, status, page, retryAfterMs });
	}
	const proxyCode = status >= 500 || code === 'unavailable' ? 'proxyUnavailable' : 'proxyRefused';
	return new CelonisError(proxyCode, { api, status, page, retryAfterMs });
}

/** Errors whose texts are right whoever responds. */
const UNMISTAKABLE_CODES: readonly ErrorCode[] = [
	'notFound',
	'proxyAuthenticationRequired',
	'rateLimited',
	'requestTooLarge',
];

/**
 * A 429 that asks for a shorter pause means one that is rounded down to whole seconds: without any pause,
 * all attempts would fail at once.
 */
const MIN_RATE_LIMIT_DELAY_MS = 1000;

/** How long the service asks to wait before the next request. */
function findRetryDelay(
	code: ErrorCode,
	response: HttpResponse,
	detail: string | undefined,
): number | undefined {
	if (code === 'unavailable') return parseRetryAfter(response);
	if (code !== 'rateLimited') return undefined;
	const delayMs = parseRateLimitDelay(response) ?? parseRateLimitText(response, detail);
	return delayMs === undefined ? undefined : Math.max(delayMs, MIN_RATE_LIMIT_DELAY_MS);
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
	413: 'requestTooLarge',
	429: 'rateLimited',
	502: 'unavailable',
	503: 'unavailable',
	504: 'unavailable',
};

/** What is wrong with a body that should be JSON. */
function classifyBody(
	api: ApiName,
	response: HttpResponse,
	secrets: readonly string[],
): CelonisError | undefined {
	const { body } = response;
	if (body === undefined || body === '') return new CelonisError('emptyResponse', { api });
	if (typeof body !== 'string') return classifyJson(api, response, secrets);
	if (isWebPage(response)) {
		return new CelonisError('htmlResponse', { api, page: describePage(response, secrets) });
	}
	if (tryParseJson(body) !== undefined) return new CelonisError('unexpectedJson', { api });
	// Text that claims to be JSON could not be parsed, because it ends in the middle.
	const claimsJson = getHeader(response, 'content-type')?.includes('json') || /^\s*[{[]/.test(body);
	return new CelonisError(claimsJson ? 'truncatedResponse' : 'plainTextResponse', { api });
}

/**
 * The error that JSON with a 2xx status describes. A data push job describes its own failure, which is
 * not one of the request.
 */
function classifyJson(
	api: ApiName,
	response: HttpResponse,
	secrets: readonly string[],
): CelonisError | undefined {
	const error = api === 'dataPush' ? undefined : findBodyError(response.body);
	if (!error) return undefined;
	const { status } = error;
	if (status !== undefined) return classifyResponse(api, { ...response, status }, secrets);
	const detail = extractErrorMessage(response.body, secrets);
	return new CelonisError('errorInBody', { api, status: response.status, detail });
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}
