import type { Access } from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import { describeAuthorization } from './authorization.mts';
import type { PageTokens } from './pageTokens.mts';
import { loginHistoryPath } from './loginHistory.mts';
import { membersPath } from './members.mts';
import type { SimulatedRequest } from './routes.mts';
import { tokenPath } from './tokenEndpoint.mts';
import type { Tokens } from './tokens.mts';

/** One request as the simulator received it, without secrets. */
export interface RecordedRequest {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Lower-case names; `authorization` is scheme and label, as in `Bearer token#3`. */
	readonly headers: Readonly<Record<string, string>>;
	/** The form of a token request, with its secret redacted. */
	readonly form?: Readonly<Record<string, string>>;
	/** The body, where it is JSON. */
	readonly json?: unknown;
	/** The fields of a multipart form, with their sizes in bytes. */
	readonly parts?: Readonly<Record<string, number>>;
	/** The index of the requested page, from 0; 0 for endpoints without pages. */
	readonly pageIndex: number;
	/** When it arrived, by the simulator's clock. */
	readonly at: number;
	/** Status of the response; missing as long as there is none. */
	status?: number;
	/** Name of the fault that was injected. */
	fault?: string;
}

interface RequestContext {
	access: Access;
	tokens: Tokens;
	pageTokens: PageTokens;
	now: number;
}

export function recordRequest(request: SimulatedRequest, context: RequestContext): RecordedRequest {
	const { method, path, query, headers, body } = request;
	const { access, tokens, pageTokens, now } = context;
	const { authorization } = headers;
	return {
		method,
		path,
		query: Object.fromEntries(query),
		headers:
			authorization === undefined
				? headers
				: { ...headers, authorization: describeAuthorization(authorization, access, tokens) },
		...(path === tokenPath ? { form: redactSecret(body) } : {}),
		...(headers['content-type']?.startsWith('application/json') ? { json: parseJson(body) } : {}),
		...(request.parts ? { parts: getSizes(request.parts) } : {}),
		pageIndex: getPageIndex(request, pageTokens),
		at: now,
	};
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function getSizes(parts: NonNullable<SimulatedRequest['parts']>): Record<string, number> {
	return Object.fromEntries([...parts].map(([name, bytes]) => [name, bytes.length]));
}

function redactSecret(body: string): Record<string, string> {
	const form = Object.fromEntries(new URLSearchParams(body));
	if ('client_secret' in form) form.client_secret = '[removed]';
	return form;
}

function getPageIndex({ path, query }: SimulatedRequest, pageTokens: PageTokens): number {
	if ([auditV1Path, loginHistoryPath, membersPath].includes(path)) {
		return Number(query.get('pageNumber') ?? 0);
	}
	if (path === auditV2Path) return pageTokens.parseToken(query.get('pageToken') ?? '')?.page ?? 0;
	return 0;
}
