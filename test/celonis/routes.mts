import type { SimulatedResponse } from './responses.mts';
import { frameworkError } from './responses.mts';
import type { Requirement } from './authorization.mts';
import type { Clock } from './clock.mts';
import type { RateLimitResult } from './rateLimiter.mts';
import { tokenPath } from './tokenEndpoint.mts';

/** The parts of a request that a response depends on. */
export interface SimulatedRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	/** As text; empty for a multipart form. */
	body: string;
	/** The fields of a well-formed multipart form. */
	parts?: ReadonlyMap<string, Uint8Array>;
}

/** The variable parts of a path, by name. */
export type PathValues = Readonly<Record<string, string>>;

export interface Endpoint {
	method: 'GET' | 'POST' | 'DELETE';
	/** The whole path; a regular expression names its variable parts. */
	path: string | RegExp;
	/** False: the path is not found. */
	isAvailable?: () => boolean;
	getRequirement: (values: PathValues) => Requirement;
	respond: (request: SimulatedRequest, values: PathValues) => SimulatedResponse;
}

/** What a request passes before it reaches an endpoint. */
export interface Middleware {
	respondToTokenRequest: (headers: Record<string, string>, body: string) => SimulatedResponse;
	authorize: (header: string | undefined, required: Requirement) => SimulatedResponse | undefined;
	countRequest: () => RateLimitResult;
}

/** Routes a request: unknown path, wrong method, rate limit, authorization, parameters, in this order. */
export function createRouter(middleware: Middleware, endpoints: readonly Endpoint[], clock: Clock) {
	return (request: SimulatedRequest): SimulatedResponse => {
		const { method, path, headers, body } = request;
		const createError = (status: 404 | 405) => frameworkError(status, path, clock.now());
		if (path === tokenPath)
			return method === 'POST' ? middleware.respondToTokenRequest(headers, body) : createError(405);

		const candidates = endpoints.filter(
			(endpoint) => matchesPath(endpoint, path) && (endpoint.isAvailable?.() ?? true),
		);
		if (candidates.length === 0) return createError(404);
		const endpoint = candidates.find((candidate) => candidate.method === method);
		if (!endpoint) return createError(405);

		const values = getPathValues(endpoint, path);
		const { rejection, headers: limitHeaders } = middleware.countRequest();
		const response =
			rejection ??
			middleware.authorize(headers.authorization, endpoint.getRequirement(values)) ??
			endpoint.respond(request, values);
		return { ...response, headers: { ...response.headers, ...limitHeaders } };
	};
}

function matchesPath({ path: own }: Endpoint, path: string): boolean {
	return typeof own === 'string' ? own === path : own.test(path);
}

function getPathValues({ path: own }: Endpoint, path: string): PathValues {
	return typeof own === 'string' ? {} : { ...own.exec(path)?.groups };
}
