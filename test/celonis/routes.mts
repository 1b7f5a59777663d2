import type { Answer } from './answers.mts';
import { frameworkError } from './answers.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import { tokenPath } from './tokenEndpoint.mts';
import type { Verdict } from './rateLimiter.mts';

/** A request as far as an answer depends on it. */
export interface Asked {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	body: string;
}

export interface Endpoints {
	token: (headers: Record<string, string>, body: string) => Answer;
	v1: (query: URLSearchParams) => Answer;
	v2: (query: URLSearchParams) => Answer;
	authorize: (header: string | undefined) => Answer | undefined;
	countRequest: () => Verdict;
}

/** Finds the answer: unknown path, wrong method, rate limit, authorization, parameters, in this order. */
export function routes(endpoints: Endpoints, clock: Clock, behaviour: Behaviour) {
	return ({ method, path, query, headers, body }: Asked): Answer => {
		const refuse = (status: 404 | 405) => frameworkError(status, path, clock.now());
		if (path === tokenPath) {
			return method === 'POST' ? endpoints.token(headers, body) : refuse(405);
		}
		const audit =
			path === auditV1Path && behaviour.v1Available
				? endpoints.v1
				: path === auditV2Path && behaviour.v2Available
					? endpoints.v2
					: undefined;
		if (!audit) return refuse(404);
		if (method !== 'GET') return refuse(405);

		const { refusal, headers: limitHeaders } = endpoints.countRequest();
		const answer = refusal ?? endpoints.authorize(headers.authorization) ?? audit(query);
		return { ...answer, headers: { ...answer.headers, ...limitHeaders } };
	};
}
