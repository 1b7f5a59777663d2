import type { ErrorDetails } from '../errors/celonisError';
import type { ErrorCode } from '../errors/catalog';
import { getHeader, type HttpResponse } from './response';
import { parseRateLimitDelay } from './rateLimit';
import { extractErrorMessage } from './errorMessage';

/**
 * What is wrong with an response; `undefined` for one that holds JSON, or, with status 204, nothing.
 * The `secrets` are blotted out of what the response says.
 */
export function classifyResponse(
	response: HttpResponse,
	secrets: readonly string[] = [],
): ErrorDetails | undefined {
	const { status } = response;
	if (status === 204) return undefined;
	if (status >= 200 && status < 300) return classifyBody(response);
	const isSilent = status === 403 && isEmpty(response.body);
	const code = isSilent ? 'forbiddenSilently' : classifyStatus(status);
	if (code === 'redirected') return { code, status };
	const retryAfterMs = code === 'rateLimited' ? parseRateLimitDelay(response) : undefined;
	return { code, status, retryAfterMs, detail: extractErrorMessage(response.body, secrets) };
}

/** What a status other than success means. */
export function classifyStatus(status: number): ErrorCode {
	const code = CODES_BY_STATUS[status];
	if (code) return code;
	if (status >= 500) return 'serverFault';
	return status >= 300 && status < 400 ? 'redirected' : 'unexpectedStatus';
}

const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
	400: 'badRequest',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'notFound',
	407: 'proxyRefused',
	408: 'unavailable',
	429: 'rateLimited',
	502: 'unavailable',
	503: 'unavailable',
	504: 'unavailable',
};

/** What an response holds that should hold JSON. */
function classifyBody(response: HttpResponse): ErrorDetails | undefined {
	const { body } = response;
	if (isEmpty(body)) return { code: 'emptyAnswer' };
	if (typeof body !== 'string') return undefined;
	if (/^\s*</.test(body)) return { code: 'webPage' };
	// Text that claims to be JSON was not parsed because it stops in the middle.
	const claimsJson = getHeader(response, 'content-type')?.includes('json') || /^\s*[{[]/.test(body);
	return { code: claimsJson ? 'cutOff' : 'plainText' };
}

/**
 * What is wrong when n8n's request function threw. Its error is taken apart here and never passed
 * on: its causes hold the request's headers, and so the key.
 */
export function classifyFailure(error: unknown, secrets: readonly string[] = []): ErrorDetails {
	const response = findResponse(error);
	if (response) return classifyResponse(response, secrets) ?? { code: 'cutOff' };

	const causes = [...iterateCauses(error)];
	const tokenFault = findFirst(causes, (cause) => classifyTokenError(cause, secrets));
	if (tokenFault) return tokenFault;

	const nativeCode = findFirst(causes, getNativeCode);
	if (nativeCode !== undefined) return { code: classifyNativeCode(nativeCode), nativeCode };
	const unasked = findFirst(causes, (cause) => classifyRefreshError(cause, secrets));
	return unasked ?? { code: 'network', nativeCode: 'unknown' };
}

/** The HTTP response inside an error of n8n's request function, where there was one. */
export function findResponse(error: unknown): HttpResponse | undefined {
	return findFirst([...iterateCauses(error)], parseAxiosResponse);
}

/** The kind of fault that Node.js, its TLS or axios calls by this code. */
function classifyNativeCode(code: string): ErrorCode {
	const kind = CODES_BY_NATIVE_CODE[code];
	if (kind) return kind;
	if (code.startsWith('Z_')) return 'cutOff';
	return TLS_ERROR.test(code) ? 'notSecure' : 'network';
}

const CODES_BY_NATIVE_CODE: Readonly<Record<string, ErrorCode>> = {
	ERR_CANCELED: 'cancelled',
	ETIMEDOUT: 'timeout',
	ECONNABORTED: 'timeout',
	ECONNRESET: 'connectionLost',
	EPIPE: 'connectionLost',
	ENOTFOUND: 'unknownHost',
	EAI_AGAIN: 'unknownHost',
	ECONNREFUSED: 'unreachable',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
};

/** Codes of OpenSSL's and Node.js' checks of a certificate, and of a peer that speaks no TLS. */
const TLS_ERROR = /CERT|SIGNATURE|ISSUER|SSL|TLS|^EPROTO$/;

type Properties = Readonly<Record<string, unknown>>;

function* iterateCauses(error: unknown): Iterable<Properties> {
	const visited = new Set<unknown>();
	for (let cause = error; isObject(cause) && !visited.has(cause); cause = cause.cause) {
		visited.add(cause);
		yield cause;
	}
}

/** The HTTP response inside an axios error. */
function parseAxiosResponse({ response }: Properties): HttpResponse | undefined {
	if (!isObject(response) || typeof response.status !== 'number') return undefined;
	const headers = isObject(response.headers) ? { ...response.headers } : {};
	return { status: response.status, headers, body: response.data, durationMs: 0 };
}

/** n8n's OAuth2 client throws an `AuthError` or a `ResponseError` when it was refused a token. */
function classifyTokenError(
	cause: Properties,
	secrets: readonly string[],
): ErrorDetails | undefined {
	const error = isObject(cause.body) ? getTextProperty(cause.body, 'error') : undefined;
	if (error !== undefined) {
		const nativeCode = TOKEN_ERROR.test(error) ? error : 'unknown error';
		return {
			code: CODES_BY_TOKEN_ERROR[nativeCode] ?? 'noToken',
			nativeCode,
			detail: extractErrorMessage(cause.body, secrets),
		};
	}
	const { status } = cause;
	if (typeof status !== 'number' || getTextProperty(cause, 'code') !== 'ESTATUS') return undefined;
	if (status === 429) return { code: 'rateLimited', status };
	if (status === 407) return { code: 'proxyRefused', status };
	const isAnswered = status >= 400 && status !== 404 && status !== 405;
	return {
		code: isAnswered ? 'noToken' : 'noTokenEndpoint',
		nativeCode: status < 300 ? 'no JSON' : `HTTP status ${status}`,
		detail: extractErrorMessage(cause.body, secrets),
	};
}

/** The form of errors of RFC 6749. Anything else may hold what is not to be shown. */
const TOKEN_ERROR = /^[a-z_]{3,40}$/;

/** Errors of RFC 6749, section 5.2. */
const CODES_BY_TOKEN_ERROR: Readonly<Record<string, ErrorCode>> = {
	invalid_client: 'wrongClient',
	invalid_scope: 'wrongScope',
	unauthorized_client: 'wrongGrant',
};

/** n8n's OAuth2 client did not even ask for a token, for want of a client ID or secret. */
function classifyRefreshError(
	cause: Properties,
	secrets: readonly string[],
): ErrorDetails | undefined {
	const [, reason] =
		/OAuth2 access token: (.*)/.exec(getTextProperty(cause, 'message') ?? '') ?? [];
	if (reason === undefined) return undefined;
	return {
		code: 'noToken',
		nativeCode: 'not asked for',
		detail: extractErrorMessage(reason, secrets),
	};
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}

function findFirst<T>(
	causes: readonly Properties[],
	pick: (cause: Properties) => T | undefined,
): T | undefined {
	for (const cause of causes) {
		const picked = pick(cause);
		if (picked !== undefined) return picked;
	}
	return undefined;
}

function getTextProperty(object: Properties, key: string): string | undefined {
	const value = object[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What Node.js, its TLS or axios calls a failure. */
function getNativeCode(cause: Properties): string | undefined {
	const code = getTextProperty(cause, 'code');
	return code !== undefined && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}

function isObject(value: unknown): value is Properties {
	return typeof value === 'object' && value !== null;
}
