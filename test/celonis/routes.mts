import type { SimulatedResponse } from './responses.mts';
import { frameworkError } from './responses.mts';
import type { Requirement } from './authorization.mts';
import type { Clock } from './clock.mts';
import type { Verdict } from './rateLimiter.mts';
import { tokenPath } from './tokenEndpoint.mts';

/** A request as far as an answer depends on it. */
export interface SimulatedRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	/** As text; empty where it is a form of several parts. */
	body: string;
	/** The fields of a multipart form, if it is one and well-formed. */
	parts?: ReadonlyMap<string, Uint8Array>;
}

/** The parts of a path that stand for something, by name. */
export type PathValues = Readonly<Record<string, string>>;

export interface Endpoint {
	method: 'GET' | 'POST' | 'DELETE';
	/** The whole path; an expression names its variable parts. */
	path: string | RegExp;
	/** False: the path is not found. */
	isAvailable?: () => boolean;
	needs: (values: PathValues) => Requirement;
	answer: (asked: SimulatedRequest, values: PathValues) => SimulatedResponse;
}

/** What stands before the endpoints. */
export interface Middleware {
	token: (headers: Record<string, string>, body: string) => SimulatedResponse;
	authorize: (header: string | undefined, required: Requirement) => SimulatedResponse | undefined;
	countRequest: () => Verdict;
}

/** Finds the answer: unknown path, wrong method, rate limit, authorization, parameters, in this order. */
export function routes(doors: Middleware, endpoints: readonly Endpoint[], clock: Clock) {
	return (asked: SimulatedRequest): SimulatedResponse => {
		const { method, path, headers, body } = asked;
		const refuse = (status: 404 | 405) => frameworkError(status, path, clock.now());
		if (path === tokenPath) return method === 'POST' ? doors.token(headers, body) : refuse(405);

		const here = endpoints.filter(
			(endpoint) => isAt(endpoint, path) && (endpoint.isAvailable?.() ?? true),
		);
		if (here.length === 0) return refuse(404);
		const endpoint = here.find((candidate) => candidate.method === method);
		if (!endpoint) return refuse(405);

		const values = valuesOf(endpoint, path);
		const { refusal, headers: limitHeaders } = doors.countRequest();
		const answer =
			refusal ??
			doors.authorize(headers.authorization, endpoint.needs(values)) ??
			endpoint.answer(asked, values);
		return { ...answer, headers: { ...answer.headers, ...limitHeaders } };
	};
}

function isAt({ path: own }: Endpoint, path: string): boolean {
	return typeof own === 'string' ? own === path : own.test(path);
}

function valuesOf({ path: own }: Endpoint, path: string): PathValues {
	return typeof own === 'string' ? {} : { ...own.exec(path)?.groups };
}
