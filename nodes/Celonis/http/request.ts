import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { CelonisError } from '../errors/celonisError';
import type { HttpResponse } from './response';
import { readBody } from './body';
import { findResponse, classifyResponse, classifyFailure } from './classification';
import { getSecrets } from './secrets';
import { raceAbort } from './raceAbort';

/** Query parameters of a request. One that is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** What makes a request more than a question. */
export interface RequestOptions {
	readonly method: 'POST' | 'DELETE';
	/** An object is sent as JSON. */
	readonly body?: object;
	readonly contentType?: string;
	/** Whether doing it twice does no harm. If not, it is repeated only where it surely was not done. */
	readonly idempotent: boolean;
	/** The answer is good whatever it holds, nothing included. */
	readonly ignoreBody?: boolean;
}

/**
 * Sends one authenticated request to the team, a GET without an errand, and gives its answer, or
 * throws a `CelonisFault`.
 */
export type SendRequest = (
	path: string,
	query: Query,
	errand?: RequestOptions,
) => Promise<HttpResponse>;

/** Where requests go, as whom, and how long an answer may take. */
export interface RequestTarget {
	/** Origin of the team, from `originOf`. */
	readonly origin: string;
	readonly credentialType: string;
	/** Whether the credential asks for tokens that are not for this API: that explains a 403. */
	readonly lacksScope?: boolean;
	/** From sending the request to the end of the answer, a new access token included. */
	readonly timeoutMs: () => number;
	/** Given when the execution is stopped. */
	readonly cancelled?: AbortSignal;
}

/** What a timer can do. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * The one place that talks HTTP. Redirects are not followed, since n8n would send the key along;
 * a 401 is left to n8n, which then fetches a new OAuth2 token and tries once more.
 */
export function createRequestSender(
	context: IExecuteFunctions | IPollFunctions,
	target: RequestTarget,
): SendRequest {
	const { origin, cancelled } = target;
	return async (path, query, errand) => {
		const timeoutMs = Math.min(Math.ceil(target.timeoutMs()), MAX_TIMEOUT_MS);
		const late = AbortSignal.timeout(timeoutMs);
		const signal = cancelled ? AbortSignal.any([late, cancelled]) : late;
		const options: IHttpRequestOptions = {
			method: errand?.method ?? 'GET',
			url: `${origin}${path}`,
			qs: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
			headers: {
				Accept: 'application/json',
				...(errand?.contentType ? { 'Content-Type': errand.contentType } : {}),
			},
			...(errand?.body ? { body: errand.body as IDataObject } : {}),
			timeout: timeoutMs,
			abortSignal: signal,
			// n8n itself would read an answer of any size.
			encoding: 'stream',
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		// n8n passes on neither the signal nor the time limit to the fetching of a token.
		const exchange = raceAbort(
			executeRequest(context, target, options, { signal, needsNoAnswer: errand?.ignoreBody }),
			signal,
		);
		return await exchange.catch((error: unknown) => {
			const ended = cancelled?.aborted ? 'cancelled' : late.aborted ? 'timeout' : undefined;
			return Promise.reject(ended ? new CelonisError({ code: ended }) : error);
		});
	};
}

async function executeRequest(
	context: IExecuteFunctions | IPollFunctions,
	target: RequestTarget,
	options: IHttpRequestOptions,
	{ signal, needsNoAnswer }: { signal: AbortSignal; needsNoAnswer?: boolean },
): Promise<HttpResponse> {
	const { credentialType, lacksScope } = target;
	const secrets = async () => await getSecrets(context, credentialType);
	const rethrow = async (error: unknown) =>
		await Promise.reject(await toCelonisError(error, await secrets(), signal));
	const sentAtMs = performance.now();
	const response: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication
		.call(context, credentialType, options)
		.catch(rethrow);
	const body = await readBody(response.body, signal).catch(rethrow);
	const { statusCode: status, headers } = response;
	const answer = { status, headers, body, durationMs: performance.now() - sentAtMs };
	const isGood = status >= 200 && status < 300;
	const fault = classifyResponse(answer, isGood ? [] : await secrets());
	if (!fault || (isGood && needsNoAnswer && fault.code !== 'webPage')) return answer;
	const isExplained = lacksScope && status === 403;
	throw new CelonisError(isExplained ? { ...fault, code: 'scopeNotAsked' } : fault);
}

/** What n8n's request function threw, as a fault. Its error holds the key, and is not passed on. */
async function toCelonisError(
	error: unknown,
	secrets: readonly string[],
	signal: AbortSignal,
): Promise<CelonisError> {
	if (error instanceof CelonisError) return error;
	const refusal = findResponse(error);
	if (!refusal) return new CelonisError(classifyFailure(error, secrets));
	const body = await readBody(refusal.body, signal).catch(() => undefined);
	return new CelonisError(classifyResponse({ ...refusal, body }, secrets) ?? { code: 'cutOff' });
}
