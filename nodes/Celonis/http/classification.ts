import type { Fault } from '../errors/celonisError';
import type { FaultKind } from '../errors/catalog';
import { headerOf, type Answer } from './response';
import { rateLimitWait } from './rateLimit';
import { describeRefusal } from './errorMessage';

/**
 * What is wrong with an answer; `undefined` for one that holds JSON, or, with status 204, nothing.
 * The `secrets` are blotted out of what the answer says.
 */
export function faultOfAnswer(answer: Answer, secrets: readonly string[] = []): Fault | undefined {
	const { status } = answer;
	if (status === 204) return undefined;
	if (status >= 200 && status < 300) return faultOfBody(answer);
	const isSilent = status === 403 && isEmpty(answer.body);
	const kind = isSilent ? 'forbiddenSilently' : kindOfStatus(status);
	if (kind === 'redirected') return { kind, status };
	const waitMs = kind === 'rateLimited' ? rateLimitWait(answer) : undefined;
	return { kind, status, waitMs, detail: describeRefusal(answer.body, secrets) };
}

/** What a status other than success means. */
export function kindOfStatus(status: number): FaultKind {
	const kind = KINDS_BY_STATUS[status];
	if (kind) return kind;
	if (status >= 500) return 'serverFault';
	return status >= 300 && status < 400 ? 'redirected' : 'unexpectedStatus';
}

const KINDS_BY_STATUS: Readonly<Record<number, FaultKind>> = {
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

/** What an answer holds that should hold JSON. */
function faultOfBody(answer: Answer): Fault | undefined {
	const { body } = answer;
	if (isEmpty(body)) return { kind: 'emptyAnswer' };
	if (typeof body !== 'string') return undefined;
	if (/^\s*</.test(body)) return { kind: 'webPage' };
	// Text that claims to be JSON was not parsed because it stops in the middle.
	const claimsJson = headerOf(answer, 'content-type')?.includes('json') || /^\s*[{[]/.test(body);
	return { kind: claimsJson ? 'cutOff' : 'plainText' };
}

/**
 * What is wrong when n8n's request function threw. Its error is taken apart here and never passed
 * on: its causes hold the request's headers, and so the key.
 */
export function faultOfFailure(error: unknown, secrets: readonly string[] = []): Fault {
	const answer = answerIn(error);
	if (answer) return faultOfAnswer(answer, secrets) ?? { kind: 'cutOff' };

	const causes = [...causesOf(error)];
	const tokenFault = firstOf(causes, (cause) => tokenFaultOf(cause, secrets));
	if (tokenFault) return tokenFault;

	const code = firstOf(causes, codeIn);
	if (code !== undefined) return { kind: kindOfCode(code), code };
	const unasked = firstOf(causes, (cause) => unaskedTokenFaultOf(cause, secrets));
	return unasked ?? { kind: 'network', code: 'unknown' };
}

/** The HTTP answer inside an error of n8n's request function, where there was one. */
export function answerIn(error: unknown): Answer | undefined {
	return firstOf([...causesOf(error)], answerOf);
}

/** The kind of fault that Node.js, its TLS or axios calls by this code. */
function kindOfCode(code: string): FaultKind {
	const kind = KINDS_BY_CODE[code];
	if (kind) return kind;
	if (code.startsWith('Z_')) return 'cutOff';
	return NOT_SECURE.test(code) ? 'notSecure' : 'network';
}

const KINDS_BY_CODE: Readonly<Record<string, FaultKind>> = {
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
const NOT_SECURE = /CERT|SIGNATURE|ISSUER|SSL|TLS|^EPROTO$/;

type Properties = Readonly<Record<string, unknown>>;

function* causesOf(error: unknown): Iterable<Properties> {
	const visited = new Set<unknown>();
	for (let cause = error; isObject(cause) && !visited.has(cause); cause = cause.cause) {
		visited.add(cause);
		yield cause;
	}
}

/** The HTTP answer inside an axios error. */
function answerOf({ response }: Properties): Answer | undefined {
	if (!isObject(response) || typeof response.status !== 'number') return undefined;
	const headers = isObject(response.headers) ? { ...response.headers } : {};
	return { status: response.status, headers, body: response.data, tookMs: 0 };
}

/** n8n's OAuth2 client throws an `AuthError` or a `ResponseError` when it was refused a token. */
function tokenFaultOf(cause: Properties, secrets: readonly string[]): Fault | undefined {
	const error = isObject(cause.body) ? textIn(cause.body, 'error') : undefined;
	if (error !== undefined) {
		const code = TOKEN_ERROR.test(error) ? error : 'unknown error';
		return {
			kind: KINDS_BY_TOKEN_ERROR[code] ?? 'noToken',
			code,
			detail: describeRefusal(cause.body, secrets),
		};
	}
	const { status } = cause;
	if (typeof status !== 'number' || textIn(cause, 'code') !== 'ESTATUS') return undefined;
	if (status === 429) return { kind: 'rateLimited', status };
	if (status === 407) return { kind: 'proxyRefused', status };
	const isAnswered = status >= 400 && status !== 404 && status !== 405;
	return {
		kind: isAnswered ? 'noToken' : 'noTokenEndpoint',
		code: status < 300 ? 'no JSON' : `HTTP status ${status}`,
		detail: describeRefusal(cause.body, secrets),
	};
}

/** The form of errors of RFC 6749. Anything else may hold what is not to be shown. */
const TOKEN_ERROR = /^[a-z_]{3,40}$/;

/** Errors of RFC 6749, section 5.2. */
const KINDS_BY_TOKEN_ERROR: Readonly<Record<string, FaultKind>> = {
	invalid_client: 'wrongClient',
	invalid_scope: 'wrongScope',
	unauthorized_client: 'wrongGrant',
};

/** n8n's OAuth2 client did not even ask for a token, for want of a client ID or secret. */
function unaskedTokenFaultOf(cause: Properties, secrets: readonly string[]): Fault | undefined {
	const [, reason] = /OAuth2 access token: (.*)/.exec(textIn(cause, 'message') ?? '') ?? [];
	if (reason === undefined) return undefined;
	return { kind: 'noToken', code: 'not asked for', detail: describeRefusal(reason, secrets) };
}

function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === '';
}

function firstOf<T>(
	causes: readonly Properties[],
	pick: (cause: Properties) => T | undefined,
): T | undefined {
	for (const cause of causes) {
		const picked = pick(cause);
		if (picked !== undefined) return picked;
	}
	return undefined;
}

function textIn(object: Properties, key: string): string | undefined {
	const value = object[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What Node.js, its TLS or axios calls a failure. */
function codeIn(cause: Properties): string | undefined {
	const code = textIn(cause, 'code');
	return code !== undefined && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}

function isObject(value: unknown): value is Properties {
	return typeof value === 'object' && value !== null;
}
