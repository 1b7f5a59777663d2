import { defaultAppKey, defaultClient, wideAppKey, wideClient } from './access.mts';
import type { OAuthClient } from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { AuditRecord } from './records.mts';
import type { Simulator } from './simulator.mts';
import { tokenPath } from './tokenEndpoint.mts';

// A client as plain as possible, for the simulator's own tests.

export const appKeyHeader = `AppKey ${defaultAppKey.key}`;

/** Of the key that may use the neighbours as well. */
export const wideAppKeyHeader = `AppKey ${wideAppKey.key}`;

export type Query = Record<string, string | number>;

export interface PageV1 {
	content: AuditRecord[];
	pageSize: number;
	pageNumber: number;
	totalCount: number;
}

export interface PageV2 {
	content: AuditRecord[];
	nextPageToken?: string | null;
}

/** A request that follows no redirects; `authorization: null` leaves the header out. */
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

export async function pageV1(simulator: Simulator, query: Query = {}): Promise<PageV1> {
	return (await (await get(simulator, auditV1Path, query)).json()) as PageV1;
}

export async function pageV2(simulator: Simulator, query: Query = {}): Promise<PageV2> {
	return (await (await get(simulator, auditV2Path, query)).json()) as PageV2;
}

/** Every page of a version 2 reading; `between` is called before each further page. */
export async function chainV2(
	simulator: Simulator,
	query: Query = {},
	between: () => void = () => {},
): Promise<PageV2[]> {
	const pages = [await pageV2(simulator, query)];
	for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken) {
		between();
		pages.push(await pageV2(simulator, { ...query, pageToken: token }));
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
	const answer = (await (await requestToken(simulator, form)).json()) as { access_token: string };
	return `Bearer ${answer.access_token}`;
}

/** The `Authorization` header of the client that may use the neighbours, for one or more scopes. */
export function signInWide(simulator: Simulator, scope: string): Promise<string> {
	return signIn(simulator, scope, wideClient);
}

export function basic(clientId: string, clientSecret: string): string {
	return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
