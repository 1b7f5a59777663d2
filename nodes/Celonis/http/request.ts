import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';
import type { ApiName } from '../errors/apis';
import { CelonisError, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import { readBody } from './body';
import type { Clock } from './clock';
import type { CredentialScope } from './credentialScope';
import { classifyResponse } from './classification';
import { classifyFailure, findResponse } from './failureClassification';
import { raceAbort } from './raceAbort';
import type { HttpResponse } from './response';
import { getSecrets } from './secrets';
import { sendAuthenticated } from './sendAuthenticated';

/** Query parameters of a request. One that is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** A request other than GET. */
export interface RequestOptions {
	readonly method: 'POST' | 'DELETE';
	/** An object is sent as JSON. */
	readonly body?: object;
	readonly contentType?: string;
	/** Whether it may be executed twice. If not, it is retried only if Celonis did not execute it. */
	readonly idempotent: boolean;
	/** Any response with status 2xx is a success, except for a web page. */
	readonly ignoreBody?: boolean;
}

/** How a GET is sent. */
export interface ReadOptions {
	/**
	 * Called after each failed attempt. Returns the query to send instead, if another one may succeed.
	 * It may throw the error to end with.
	 */
	readonly rephrase?: (failure: CelonisError) => Query | undefined;
	/** The maximum share of the time until the deadline that an attempt may take, 1 by default. */
	readonly maxTimeShare?: number;
}

type Without<Options> = { readonly [Name in keyof Options]?: undefined };

/** Options of a GET, or of another request. */
export type SendOptions =
	| (RequestOptions & Without<ReadOptions>)
	| (ReadOptions & Without<RequestOptions>);

/** Sends one authenticated request to the team (GET by default). Throws a `CelonisError`. */
export type SendRequest = (
	path: string,
	query: Query,
	options?: SendOptions,
) => Promise<HttpResponse>;

/** Is told of every request, each attempt on its own. */
export interface RequestObserver {
	/** Called before a request is sent. What it throws ends the request. */
	beforeRequest(): void;
	/** Called after each response, whatever its status and body. */
	afterResponse(response: HttpResponse): void;
}

/** Where and how requests are sent. */
export interface RequestTarget {
	/** The API that errors are about. */
	readonly api: ApiName;
	/** Origin of the team, from `parseTeamOrigin`. */
	readonly origin: string;
	readonly credentialType: string;
	/** Whose tokens are sent; n8n's stored one by default. */
	readonly credential?: CredentialScope;
	readonly clock: Clock;
	/** Whether the credential requests no scope of this API, which explains a 403. */
	readonly lacksScope?: boolean;
	/** From sending the request to the end of the response; fetching an access token included. */
	readonly timeoutMs: (maxTimeShare?: number) => number;
	/** Aborted when the execution is cancelled. */
	readonly cancelled?: AbortSignal;
	readonly observer?: RequestObserver;
}

/** The maximum of a timer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * The one place that sends HTTP requests. Redirects are not followed, since n8n would send the key
 * along. A 401 is left to n8n, which fetches a new OAuth2 token and sends the request once more.
 */
export function createRequestSender(
	context: IExecuteFunctions | IPollFunctions,
	target: RequestTarget,
): SendRequest {
	const { api, origin, clock, cancelled } = target;
	return async (path, query, options) => {
		target.observer?.beforeRequest();
		const timeoutMs = Math.min(Math.ceil(target.timeoutMs(options?.maxTimeShare)), MAX_TIMEOUT_MS);
		const timeout = clock.createTimeout(timeoutMs);
		const signal = cancelled ? AbortSignal.any([timeout, cancelled]) : timeout;
		const request: IHttpRequestOptions = {
			method: options?.method ?? 'GET',
			url: `${origin}${path}`,
			qs: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
			headers: {
				Accept: 'application/json',
				...(options?.contentType ? { 'Content-Type': options.contentType } : {}),
			},
			...(options?.body ? { body: options.body as IDataObject } : {}),
			timeout: timeoutMs,
			abortSignal: signal,
			// n8n itself would read a response of any size into memory.
			encoding: 'stream',
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		// n8n applies neither the signal nor the timeout to the request for an access token.
		const exchange = raceAbort(
			executeRequest(context, target, request, { signal, ignoreBody: options?.ignoreBody }),
			signal,
		);
		return await exchange.catch((error: unknown) => {
			const code = cancelled?.aborted ? 'cancelled' : timeout.aborted ? 'timeout' : undefined;
			return rethrow(code ? new CelonisError(code, { api }) : error);
		});
	};
}

async function executeRequest(
	context: IExecuteFunctions | IPollFunctions,
	{ api, credentialType, credential, clock, lacksScope, observer }: RequestTarget,
	request: IHttpRequestOptions,
	{ signal, ignoreBody }: { signal: AbortSignal; ignoreBody?: boolean },
): Promise<HttpResponse> {
	const fetchSecrets = async () =>
		await getSecrets(credential?.accepted.getContext() ?? context, credentialType);
	const rethrowClassified = async (error: unknown) =>
		rethrow(
			await classifyThrown(api, error, await fetchSecrets(), signal, (response) =>
				observer?.afterResponse({ ...response, ...getTimes() }),
			),
		);
	const sentAtMs = clock.wallNow();
	const startedMs = clock.now();
	const getTimes = () => ({ sentAtMs, durationMs: clock.now() - startedMs });
	const { statusCode, headers, ...received } = await sendAuthenticated(
		context,
		credentialType,
		request,
		credential,
	).catch(rethrowClassified);
	const body = await readBody(api, received.body, signal).catch(rethrowClassified);
	const response: HttpResponse = { status: statusCode, headers, body, ...getTimes() };
	observer?.afterResponse(response);

	const isSuccess = statusCode >= 200 && statusCode < 300;
	const isError = classifyResponse(api, response) !== undefined;
	const error = isError ? classifyResponse(api, response, await fetchSecrets()) : undefined;
	if (!error) return response;
	const { code, status, detail } = error.details;
	if (isSuccess && ignoreBody && code !== 'htmlResponse') return response;
	const isExplained = lacksScope && status === 403;
	throw isExplained ? new CelonisError('scopeNotRequested', { api, status, detail }) : error;
}

/** Classifies what n8n's request function threw. That error contains the key: it must not escape. */
async function classifyThrown(
	api: ApiName,
	error: unknown,
	secrets: readonly string[],
	signal: AbortSignal,
	observe: (response: HttpResponse) => void,
): Promise<CelonisError> {
	if (isCelonisError(error)) return error;
	const response = findResponse(error);
	if (response) observe(response);
	if (!response) return classifyFailure(api, error, secrets);
	const body = await readBody(api, response.body, signal).catch(() => undefined);
	return (
		classifyResponse(api, { ...response, body }, secrets) ??
		new CelonisError('truncatedResponse', { api })
	);
}
