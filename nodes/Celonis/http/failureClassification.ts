import type { ApiName } from '../errors/apis';
import { CelonisError, type CodeWithFacts } from '../errors/celonisError';
import { getOwn } from '../records/json';
import { isBlank } from '../records/text';
import { classifyResponse } from './classification';
import { extractErrorMessage } from './errorMessage';
import type { HttpResponse } from './response';
import { describePage, isFromIntermediary, isWebPage } from './webPage';

/**
 * Classifies what n8n's request function threw. Its error is never passed on: its causes contain the
 * headers of the request, and so the key.
 */
export function classifyFailure(
	api: ApiName,
	error: unknown,
	secrets: readonly string[] = [],
): CelonisError {
	const response = findResponse(error);
	if (response) {
		return (
			classifyResponse(api, response, secrets) ?? new CelonisError('truncatedResponse', { api })
		);
	}
	const causes = [...iterateCauses(error)];
	const tokenError = findFirst(causes, (cause) => classifyTokenError(api, cause, secrets));
	if (tokenError) return tokenError;

	const nativeCode = findFirst(causes, getNativeCode);
	if (nativeCode !== undefined) {
		return new CelonisError(classifyNativeCode(nativeCode), { api, nativeCode });
	}
	if (causes.some(isSigningError)) {
		return new CelonisError('tokenEndpointUnavailable', { api, nativeCode: 'no access token' });
	}
	const refreshError = findFirst(causes, (cause) => classifyRefreshError(api, cause, secrets));
	return refreshError ?? new CelonisError('networkError', { api, nativeCode: 'unknown' });
}

/** Whether n8n's request function sent nothing, because what it has stored is no access token. */
export function isWithoutAccessToken(error: unknown): boolean {
	return [...iterateCauses(error)].some(isSigningError);
}

/** The HTTP response inside an error of n8n's request function, if there is one. */
export function findResponse(error: unknown): HttpResponse | undefined {
	return findFirst([...iterateCauses(error)], parseAxiosResponse);
}

/** An error that is fully described by an API and a code of Node.js or of the token endpoint. */
type NativeErrorCode = CodeWithFacts<'api' | 'nativeCode'>;

/** The error that a code of Node.js, its TLS or axios stands for. */
function classifyNativeCode(nativeCode: string): NativeErrorCode {
	const code = getOwn(CODES_BY_NATIVE_CODE, nativeCode);
	if (code) return code;
	if (nativeCode.startsWith('Z_')) return 'truncatedResponse';
	return TLS_ERROR.test(nativeCode) ? 'tlsError' : 'networkError';
}

const CODES_BY_NATIVE_CODE: Readonly<Record<string, NativeErrorCode>> = {
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

/** Codes for invalid certificates, by OpenSSL and Node.js, and for a peer that does not speak TLS. */
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
	return { status: response.status, headers, body: response.data, sentAtMs: 0, durationMs: 0 };
}

/** n8n's OAuth2 client throws an `AuthError` or a `ResponseError` if it does not get a token. */
function classifyTokenError(
	api: ApiName,
	cause: Properties,
	secrets: readonly string[],
): CelonisError | undefined {
	const error = isObject(cause.body) ? getTextProperty(cause.body, 'error') : undefined;
	if (error !== undefined) {
		const nativeCode = TOKEN_ERROR.test(error) ? error : 'unknown error';
		const detail = extractErrorMessage(cause.body, secrets);
		const code = getOwn(CODES_BY_TOKEN_ERROR, nativeCode) ?? 'tokenError';
		return new CelonisError(code, { api, nativeCode, detail });
	}
	const { status } = cause;
	if (typeof status !== 'number' || getTextProperty(cause, 'code') !== 'ESTATUS') return undefined;
	const response = { status, headers: {}, body: cause.body, sentAtMs: 0, durationMs: 0 };
	const code = classifyTokenStatus(response);
	const isRefusal = code === 'tokenError' || code === 'tokenRefusedWithoutReason';
	if (isRefusal && isTokenStatusOfAnyone(response)) {
		return classifyResponse(api, response, secrets);
	}
	const isPage = isWebPage(response);
	return new CelonisError(code, {
		api,
		nativeCode: status < 300 ? 'no JSON' : `HTTP status ${status}`,
		detail: extractErrorMessage(cause.body, secrets),
		page: isPage ? describePage(response, secrets) : undefined,
	});
}

/** Statuses whose errors have nothing to do with the OAuth client. */
const STATUSES_OF_ANYONE: readonly number[] = [407, 413, 429];

function isTokenStatusOfAnyone(response: HttpResponse): boolean {
	return STATUSES_OF_ANYONE.includes(response.status) || isFromIntermediary(response);
}

/** n8n's client follows redirects, so that a page of a proxy or of a maintenance has status 200. */
function classifyTokenStatus({ status, body }: HttpResponse): NativeErrorCode {
	if (status < 400 || status === 408) return 'tokenEndpointUnavailable';
	if (status === 404 || status === 405) return 'tokenEndpointNotFound';
	const isByEndpoint = STATUSES_OF_TOKEN_ERRORS.includes(status);
	return isByEndpoint || !isBlank(body) ? 'tokenError' : 'tokenRefusedWithoutReason';
}

/** The statuses of token errors in RFC 6749, section 5.2. */
const STATUSES_OF_TOKEN_ERRORS: readonly number[] = [400, 401];

/** The form of error codes in RFC 6749. Anything else might contain a secret. */
const TOKEN_ERROR = /^[a-z_]{3,40}$/;

/** Error codes of RFC 6749, sections 5.2 and 4.1.2.1. */
const CODES_BY_TOKEN_ERROR: Readonly<Record<string, NativeErrorCode>> = {
	invalid_client: 'invalidClient',
	invalid_scope: 'invalidScope',
	unauthorized_client: 'unauthorizedClient',
	server_error: 'tokenEndpointUnavailable',
	temporarily_unavailable: 'tokenEndpointUnavailable',
};

/** n8n's OAuth2 client does not even request a token if the client ID or the secret is missing. */
function classifyRefreshError(
	api: ApiName,
	cause: Properties,
	secrets: readonly string[],
): CelonisError | undefined {
	const [, reason] =
		/OAuth2 access token: (.*)/.exec(getTextProperty(cause, 'message') ?? '') ?? [];
	if (reason === undefined) return undefined;
	const detail = extractErrorMessage(reason, secrets);
	return new CelonisError('tokenError', { api, nativeCode: 'not requested', detail });
}

function isSigningError(cause: Properties): boolean {
	return getTextProperty(cause, 'message')?.includes('sign without access token') ?? false;
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

/** The code that Node.js, its TLS or axios uses for a failure. */
function getNativeCode(cause: Properties): string | undefined {
	const code = getTextProperty(cause, 'code');
	return code !== undefined && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}

function isObject(value: unknown): value is Properties {
	return typeof value === 'object' && value !== null;
}
