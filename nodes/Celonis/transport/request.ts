import type { IExecuteFunctions, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import type { Answer } from './answer';
import { faultOfAnswer, faultOfFailure } from './classify';
import { CelonisFault } from './faults';

/** Query parameters of a request. One that is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** Sends one authenticated GET to the team and gives its answer, or throws a `CelonisFault`. */
export type Send = (path: string, query: Query) => Promise<Answer>;

/** Where requests go, as whom, and how long an answer may take. */
export interface Target {
	/** Origin of the team, from `originOf`. */
	readonly origin: string;
	readonly credentialType: string;
	readonly timeoutMs: () => number;
}

/**
 * The one place that talks HTTP. Redirects are not followed, since n8n would send the key along;
 * a 401 is left to n8n, which then fetches a new OAuth2 token and tries once more.
 */
export function createSend(context: IExecuteFunctions | IPollFunctions, target: Target): Send {
	return async (path, query) => {
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: `${target.origin}${path}`,
			qs: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
			headers: { Accept: 'application/json' },
			timeout: target.timeoutMs(),
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		const answer = await sendOnce(context, target.credentialType, options);
		const fault = faultOfAnswer(answer);
		if (fault) throw new CelonisFault(fault);
		return answer;
	};
}

async function sendOnce(
	context: IExecuteFunctions | IPollFunctions,
	credentialType: string,
	options: IHttpRequestOptions,
): Promise<Answer> {
	const sentAt = Date.now();
	const response = await context.helpers.httpRequestWithAuthentication
		.call(context, credentialType, options)
		.catch((error: unknown) => Promise.reject(new CelonisFault(faultOfFailure(error))));
	const { statusCode: status, headers, body } = response;
	return { status, headers, body, tookMs: Math.max(0, Date.now() - sentAt) };
}
