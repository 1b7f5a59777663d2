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

/** One request as the simulator received it, without anything secret. */
export interface RecordedRequest {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Lower-case names; `authorization` is scheme and label, as in `Bearer token#3`. */
	readonly headers: Readonly<Record<string, string>>;
	/** The token request's form, with its secret blanked out. */
	readonly form?: Readonly<Record<string, string>>;
	/** The body, where it is JSON. */
	readonly json?: unknown;
	/** A multipart form: its fields, and how many bytes each has. */
	readonly parts?: Readonly<Record<string, number>>;
	/** Which page of a reading is asked for, from 0; 0 as well for what has no pages. */
	readonly pageIndex: number;
	/** When it came in, by the simulator's clock. */
	readonly at: number;
	/** Status answered; missing while, or because, there was no answer. */
	status?: number;
	/** Name of the fault that this request met. */
	fault?: string;
}

interface Surroundings {
	access: Access;
	tokens: Tokens;
	chains: PageTokens;
	now: number;
}

export function recordOf(asked: SimulatedRequest, around: Surroundings): RecordedRequest {
	const { method, path, query, headers, body } = asked;
	const { access, tokens, chains, now } = around;
	const { authorization } = headers;
	return {
		method,
		path,
		query: Object.fromEntries(query),
		headers:
			authorization === undefined
				? headers
				: { ...headers, authorization: describeAuthorization(authorization, access, tokens) },
		...(path === tokenPath ? { form: withoutSecret(body) } : {}),
		...(headers['content-type']?.startsWith('application/json') ? { json: jsonOf(body) } : {}),
		...(asked.parts ? { parts: sizesOf(asked.parts) } : {}),
		pageIndex: pageIndex(asked, chains),
		at: now,
	};
}

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function sizesOf(parts: NonNullable<SimulatedRequest['parts']>): Record<string, number> {
	return Object.fromEntries([...parts].map(([name, bytes]) => [name, bytes.length]));
}

function withoutSecret(body: string): Record<string, string> {
	const form = Object.fromEntries(new URLSearchParams(body));
	if ('client_secret' in form) form.client_secret = '[removed]';
	return form;
}

function pageIndex({ path, query }: SimulatedRequest, chains: PageTokens): number {
	if ([auditV1Path, loginHistoryPath, membersPath].includes(path)) {
		return Number(query.get('pageNumber') ?? 0);
	}
	if (path === auditV2Path) return chains.position(query.get('pageToken') ?? '')?.page ?? 0;
	return 0;
}
