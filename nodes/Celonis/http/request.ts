import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { CelonisFault } from '../errors/celonisError';
import type { Answer } from './response';
import { readBody } from './body';
import { answerIn, faultOfAnswer, faultOfFailure } from './classification';
import { secretsOf } from './secrets';
import { unlessAborted } from './raceAbort';

/** Query parameters of a request. One that is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** What makes a request more than a question. */
export interface Errand {
	readonly method: 'POST' | 'DELETE';
	/** An object is sent as JSON. */
	readonly body?: object;
	readonly contentType?: string;
	/** Whether doing it twice does no harm. If not, it is repeated only where it surely was not done. */
	readonly repeatable: boolean;
	/** The answer is good whatever it holds, nothing included. */
	readonly needsNoAnswer?: boolean;
}

/**
 * Sends one authenticated request to the team, a GET without an errand, and gives its answer, or
 * throws a `CelonisFault`.
 */
export type Send = (path: string, query: Query, errand?: Errand) => Promise<Answer>;

/** Where requests go, as whom, and how long an answer may take. */
export interface Target {
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
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * The one place that talks HTTP. Redirects are not followed, since n8n would send the key along;
 * a 401 is left to n8n, which then fetches a new OAuth2 token and tries once more.
 */
export function createSend(context: IExecuteFunctions | IPollFunctions, target: Target): Send {
	const { origin, cancelled } = target;
	return async (path, query, errand) => {
		const timeoutMs = Math.min(Math.ceil(target.timeoutMs()), LONGEST_TIMEOUT_MS);
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
		const exchange = unlessAborted(
			send(context, target, options, { signal, needsNoAnswer: errand?.needsNoAnswer }),
			signal,
		);
		return await exchange.catch((error: unknown) => {
			const ended = cancelled?.aborted ? 'cancelled' : late.aborted ? 'timeout' : undefined;
			return Promise.reject(ended ? new CelonisFault({ kind: ended }) : error);
		});
	};
}

async function send(
	context: IExecuteFunctions | IPollFunctions,
	target: Target,
	options: IHttpRequestOptions,
	{ signal, needsNoAnswer }: { signal: AbortSignal; needsNoAnswer?: boolean },
): Promise<Answer> {
	const { credentialType, lacksScope } = target;
	const secrets = async () => await secretsOf(context, credentialType);
	const rethrow = async (error: unknown) =>
		await Promise.reject(await faultOf(error, await secrets(), signal));
	const sentAtMs = performance.now();
	const response: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication
		.call(context, credentialType, options)
		.catch(rethrow);
	const body = await readBody(response.body, signal).catch(rethrow);
	const { statusCode: status, headers } = response;
	const answer = { status, headers, body, tookMs: performance.now() - sentAtMs };
	const isGood = status >= 200 && status < 300;
	const fault = faultOfAnswer(answer, isGood ? [] : await secrets());
	if (!fault || (isGood && needsNoAnswer && fault.kind !== 'webPage')) return answer;
	const isExplained = lacksScope && status === 403;
	throw new CelonisFault(isExplained ? { ...fault, kind: 'scopeNotAsked' } : fault);
}

/** What n8n's request function threw, as a fault. Its error holds the key, and is not passed on. */
async function faultOf(
	error: unknown,
	secrets: readonly string[],
	signal: AbortSignal,
): Promise<CelonisFault> {
	if (error instanceof CelonisFault) return error;
	const refusal = answerIn(error);
	if (!refusal) return new CelonisFault(faultOfFailure(error, secrets));
	const body = await readBody(refusal.body, signal).catch(() => undefined);
	return new CelonisFault(faultOfAnswer({ ...refusal, body }, secrets) ?? { kind: 'cutOff' });
}
