import { headerOf, type Answer } from './answer';
import { describeRefusal } from './refusal';
import type { Fault } from './faults';
import { rateLimitWait } from './rateLimit';

/** What is wrong with an answer, judged by its status; `undefined` for a good one. */
export function faultOfAnswer(answer: Answer): Fault | undefined {
	const { status } = answer;
	if (status >= 200 && status < 300) return undefined;
	if (status >= 300 && status < 400) return { kind: 'redirected', status };

	const detail = describeRefusal(answer.body);
	switch (status) {
		case 400:
			return { kind: 'badRequest', detail };
		case 401:
			return { kind: 'unauthorized', detail };
		case 403:
			return { kind: 'forbidden', detail };
		case 404:
			return { kind: 'notFound', detail };
		case 429:
			return { kind: 'rateLimited', waitMs: rateLimitWait(answer), detail };
		default:
			return status >= 500
				? { kind: 'server', status, detail }
				: { kind: 'unexpectedStatus', status, detail };
	}
}

/** What a good answer without the log's list holds instead. */
export function faultOfBody(answer: Answer): Fault {
	const { body } = answer;
	if (body === undefined || body === null || body === '') {
		return { kind: 'notTheLog', found: 'nothing' };
	}
	if (typeof body !== 'string') return { kind: 'notTheLog', found: 'otherJson' };
	if (/^\s*</.test(body)) return { kind: 'notTheLog', found: 'webPage' };
	// Text that claims to be JSON was not parsed because it stops in the middle.
	const claimsJson = headerOf(answer, 'content-type')?.includes('json') || /^\s*[{[]/.test(body);
	return claimsJson ? { kind: 'cutOff' } : { kind: 'notTheLog', found: 'text' };
}

/**
 * What is wrong when n8n's request function threw. Its error is taken apart here and never passed
 * on: its causes hold the request's headers, and so the key.
 */
export function faultOfFailure(error: unknown): Fault {
	const causes = [...causesOf(error)];

	const answer = firstOf(causes, answerOf);
	if (answer) return faultOfAnswer(answer) ?? { kind: 'cutOff' };

	const tokenFault = firstOf(causes, tokenFaultOf);
	if (tokenFault) return tokenFault;

	const code = firstOf(causes, (cause) => textIn(cause, 'code'));
	if (code === undefined) {
		return firstOf(causes, unaskedTokenFaultOf) ?? { kind: 'network', code: 'unknown' };
	}
	if (code === 'ERR_CANCELED') return { kind: 'cancelled' };
	if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return { kind: 'timeout' };
	return { kind: 'network', code };
}

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
function tokenFaultOf(cause: Properties): Fault | undefined {
	const code = isObject(cause.body) ? textIn(cause.body, 'error') : undefined;
	if (code) return { kind: 'noToken', code, detail: describeRefusal(cause.body) };
	return typeof cause.status === 'number' && textIn(cause, 'code') === 'ESTATUS'
		? { kind: 'noToken', detail: `HTTP status ${cause.status}` }
		: undefined;
}

/** Its message where it did not even ask for one, for want of a client id or secret. */
function unaskedTokenFaultOf(cause: Properties): Fault | undefined {
	const [, reason] = /OAuth2 access token: (.*)/.exec(textIn(cause, 'message') ?? '') ?? [];
	return reason === undefined ? undefined : { kind: 'noToken', detail: describeRefusal(reason) };
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

function isObject(value: unknown): value is Properties {
	return typeof value === 'object' && value !== null;
}
