import { defaultAppKey, defaultClient, fullAccessAppKey, fullAccessClient } from './access.mts';
import type { OAuthClient } from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { AuditRecord } from './records.mts';
import type { Simulator } from './simulator.mts';
import { tokenPath } from './tokenEndpoint.mts';

// A minimal client for the simulator's own tests.

export const appKeyHeader = `AppKey ${defaultAppKey.key}`;

/** The header of the key with full access. */
export const fullAccessAppKeyHeader = `AppKey ${fullAccessAppKey.key}`;

export type Query = Record<string, string | number>;

export interface PageV1 {
	content: AuditRecord[];
	pageSize: number;
	pageNumber: number;
	totalCount: number;
}

export interface PageV2 {
	content: AuditRecord[];
	nextPageToken?: string | number | null;
}

/** Sends a request and follows no redirects; `authorization: null` omits the header. */
export function get(
	simulator: Simulator,
	path: string,
	query: Query = {},
	authorization: string | null = appKeyHeader,
	init: RequestInit = {},
): Promise<Response> {
	const url = new URL(path, simulator.url);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
	const headers: Record<string, string> = authorization === null ? {} : { authorization };
	return fetch(url, { headers, redirect: 'manual', ...init });
}

export async function getPageV1(simulator: Simulator, query: Query = {}): Promise<PageV1> {
	return (await (await get(simulator, auditV1Path, query)).json()) as PageV1;
}

export async function getPageV2(simulator: Simulator, query: Query = {}): Promise<PageV2> {
	return (await (await get(simulator, auditV2Path, query)).json()) as PageV2;
}

/** Every page of a version 2 reading; `between` is called before each further page. */
export async function getAllPagesV2(
	simulator: Simulator,
	query: Query = {},
	between: () => void = () => {},
): Promise<PageV2[]> {
	const pages = [await getPageV2(simulator, query)];
	for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken) {
		between();
		pages.push(await getPageV2(simulator, { ...query, pageToken: token }));
	}
	return pages;
}

export function requestToken(
	simulator: Simulator,
	form: Record<string, string> = {},
	headers: Record<string, string> = {},
): Promise<Response> {
	const body = new URLSearchParams({
		grant_type: 'client_credentials',
		scope: 'audit.log:read',
		...form,
	});
	return fetch(simulator.url + tokenPath, { method: 'POST', body, headers, redirect: 'manual' });
}

/** The `Authorization` header that a client gets. */
export async function signIn(
	simulator: Simulator,
	scope = 'audit.log:read',
	{ clientId, clientSecret }: OAuthClient = defaultClient,
): Promise<string> {
	const form = { client_id: clientId, client_secret: clientSecret, scope };
	const response = (await (await requestToken(simulator, form)).json()) as { access_token: string };
	return `Bearer ${response.access_token}`;
}

/** The `Authorization` header of the client with full access, for one or more scopes. */
export function signInWithFullAccess(simulator: Simulator, scope: string): Promise<string> {
	return signIn(simulator, scope, fullAccessClient);
}

export function createBasicHeader(clientId: string, clientSecret: string): string {
	return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
