import type { Seen, SeenKind } from './seen.mts';
import {
	ACCESS,
	CONTENT_TYPES,
	DATE_FORMS,
	EMPTY_FORMS,
	HEADERS,
	LATENESS,
	LIST_NAMES,
	TIMESTAMP_FORMS,
} from './words.mts';

/** What nobody promises and a look at a team settles. */
export interface Fact {
	/** Its name in reports and in `docs/openapi`. */
	readonly id: string;
	readonly title: string;
	/** What this package takes to be the case. `undefined`: nothing, whatever is seen. */
	readonly assumed: Seen | undefined;
	/** How it is seen. */
	readonly method: string;
	readonly kind: SeenKind;
}

/** The APIs that are examined, in this order. */
export const APIS = ['v2', 'v1', 'logins', 'members'] as const;
export type Api = (typeof APIS)[number];

export const API_TITLES: Readonly<Record<Api, string>> = {
	v2: 'Audit Log API version 2',
	v1: 'Audit Log API version 1',
	logins: 'Login History',
	members: 'Members',
};

type Row = readonly [
	id: string,
	title: string,
	assumed: Seen | undefined,
	method: string,
	kind: SeenKind,
];

const word = (...words: readonly string[]): SeenKind => ({ kind: 'word', words });
const words = (all: readonly string[]): SeenKind => ({ kind: 'words', words: all });
const number = (max: number, min = 0): SeenKind => ({ kind: 'number', min, max });
const fields: SeenKind = { kind: 'fields' };
const YES_NO = word('yes', 'no');

/** What all lists have. `size` is the documented maximum page size. */
const listRows = (size: number): Row[] => [
	['access', 'May the credential read it', 'ok', 'the first request', word(...ACCESS)],
	['list', 'Name of the list', 'content', 'names of the first page', word(...LIST_NAMES)],
	['pageFields', 'Fields of a page', undefined, 'names and JSON types', fields],
	['recordFields', 'Fields of a record', undefined, 'names and JSON types', fields],
	[
		'maxPageSize',
		'Largest page size taken',
		size,
		`requests of ${size} and ${size + 1}; if refused, of 200, 100, 50 and 10`,
		number(size + 1, 0),
	],
	[
		'pageSize',
		'Is the page size obeyed',
		'obeyed',
		`records on pages of 2 and ${size}`,
		word('obeyed', 'capped', 'ignored'),
	],
	['cappedAt', 'Records on a capped page', undefined, 'records on that page', number(10_000)],
];

/** What both logs have. */
const logRows = (size: number, empty: string, dateForms: readonly string[]): Row[] => [
	...listRows(size),
	[
		'id',
		'Field that looks like an ID of the record',
		'none',
		'names; whether the values differ',
		word('none', 'unique', 'not unique', 'sometimes missing'),
	],
	[
		'timestamps',
		'Form of timestamps',
		['yyyy-MM-ddTHH:mm:ss.SSSZ'],
		'all timestamps that were read',
		words(TIMESTAMP_FORMS),
	],
	[
		'order',
		'Order of records',
		'newest first',
		'timestamps of neighbours, also across pages',
		word('newest first', 'oldest first', 'none'),
	],
	[
		'fromBound',
		"Is 'from' inclusive",
		'inclusive',
		'a request from the millisecond of a known record, to the next',
		word('inclusive', 'exclusive'),
	],
	[
		'toBound',
		"Is 'to' inclusive",
		undefined,
		'a request to the millisecond of a known record, from the one before',
		word('inclusive', 'exclusive'),
	],
	['dateForms', 'Forms of dates taken', dateForms, 'a request with each form', words(DATE_FORMS)],
	[
		'dateWithoutZone',
		'A date without a zone is',
		'UTC',
		'whether a known record is in the window',
		word('UTC', 'not UTC'),
	],
	['empty', 'An empty window gets', empty, 'a day in 2001', word(...EMPTY_FORMS)],
	[
		'lateness',
		'Events appear late by up to',
		undefined,
		'with --watch: events in a window that was read before without them',
		word(...LATENESS),
	],
	['late', 'Events that appeared late', undefined, 'with --watch', number(1_000_000)],
	['watched', 'New events during the watch', undefined, 'with --watch', number(10_000_000)],
];

/** What lists with page numbers have. */
const numberedRows: Row[] = [
	[
		'totalCount',
		"What 'totalCount' counts",
		'records',
		'a window of known records, on pages of 2',
		word('records', 'pages', 'text', 'other', 'missing'),
	],
	[
		'beyondEnd',
		'A page beyond the end gets',
		undefined,
		'the page after the last one',
		word(...EMPTY_FORMS),
	],
];

/** What version 2 has of its own. */
const tokenRows: Row[] = [
	[
		'lastToken',
		'Token of the last page',
		undefined,
		'the last page of a window',
		word('absent', 'empty', 'null'),
	],
	['tokenForm', 'Form of page tokens', 'text', 'JSON type', word('text', 'number')],
	['emptyPages', 'Are there empty pages with a token', 'no', 'all pages read', YES_NO],
	[
		'tokenReuse',
		'A token used twice gets',
		'the same page',
		'the same request twice',
		word('the same page', 'another page', 'refused'),
	],
	[
		'tokenWithoutWindow',
		"A token without 'from' and 'to' gets",
		undefined,
		'the second page without them',
		word('the same page', 'another page', 'refused'),
	],
	[
		'tokenOtherWindow',
		"A token with another 'to' gets",
		undefined,
		"the second page with 'to' a second later",
		word('the same page', 'another page', 'refused'),
	],
	[
		'tokenOtherLimit',
		"A token with another 'limit' gets",
		undefined,
		'the second page with 2 records in place of 1',
		word('that many records', 'the same page', 'another page', 'refused'),
	],
	[
		'tokenLife',
		'A token at the end of the probe is',
		'usable',
		'the first token, as the last request of the probe, and every few minutes with --watch',
		word('usable', 'expired'),
	],
	[
		'tokenUsableSeconds',
		'A token was usable for at least (seconds)',
		undefined,
		'the oldest token that was taken',
		number(100_000),
	],
	[
		'expiredStatus',
		'Status for an expired token',
		undefined,
		'the request that was refused',
		word('400', '401', '403', '404', '410', '422', 'other'),
	],
];

const memberRows: Row[] = [
	...listRows(200),
	...numberedRows,
	[
		'includeInternal',
		"Without 'includeInternal' it is",
		undefined,
		'a request without it',
		word('taken', 'refused'),
	],
	['lastLogin', 'Form of lastLogin', undefined, 'all that were read', words(TIMESTAMP_FORMS)],
];

/** The same for all APIs. */
const commonRows: Row[] = [
	[
		'token.scope',
		'Scope for the audit log',
		'audit.log:read',
		'token requests, one for each scope',
		word('audit.log:read', 'audit.log', 'refused'),
	],
	[
		'token.authentication',
		'Where the client secret is taken',
		'post',
		'in the body; if refused, as Basic',
		word('post', 'basic', 'refused'),
	],
	['token.seconds', 'Life of an access token (seconds)', 899, 'expires_in', number(10_000_000)],
	['http.contentTypes', 'Content types of pages', ['json'], 'headers', words(CONTENT_TYPES)],
	['http.headers', 'Headers that are known', undefined, 'names of headers', words(HEADERS)],
	[
		'http.date',
		'The Date header is',
		['valid'],
		'all responses',
		words(['valid', 'invalid', 'doubled', 'missing']),
	],
	[
		'http.clockSeconds',
		"How far Celonis' clock is ahead of this one (seconds)",
		0,
		'the Date header, to 10 seconds, or a minute beyond a minute, or an hour beyond an hour',
		number(1_000_000_000, -1_000_000_000),
	],
	['http.rateLimit', 'Requests allowed in a period', undefined, 'x-ratelimit-limit', number(1e9)],
	[
		'http.rateLimitReset',
		'When requests may go on is told',
		undefined,
		'x-ratelimit-reset, retry-after',
		word('in seconds', 'as an epoch', 'as a date', 'by retry-after', 'not'),
	],
	[
		'http.rateLimitSeconds',
		'Longest wait that is told (seconds)',
		undefined,
		'the same headers, to the next of 1, 10, 60, 600, 3600, 86400',
		number(86_400, 1),
	],
	[
		'audit.versions',
		'Versions 1 and 2 send',
		'the same records',
		'one window by both',
		word('the same records', 'other forms', 'other records'),
	],
	['audit.ids', 'Their IDs of a record are the same', undefined, 'one window by both', YES_NO],
	[
		'schema.access',
		"The team's own schema is reachable",
		undefined,
		'/log/v3/api-docs',
		word(...ACCESS),
	],
	['schema.version2', 'It has version 2', undefined, 'its paths', YES_NO],
	['schema.parameters', 'Its parameters of version 2', undefined, 'their names and types', fields],
	['schema.pageFields', 'Its fields of a page', undefined, 'their names and types', fields],
	['schema.recordFields', 'Its fields of a record', undefined, 'their names and types', fields],
];

const toFacts = (prefix: string, rows: readonly Row[]): Fact[] =>
	rows.map(([id, title, assumed, method, kind]) => {
		return { id: prefix + id, title, assumed, method, kind };
	});

/** What is asked of the audit log only, to save requests. */
const auditRows: Row[] = [
	[
		'reversed',
		"'from' after 'to' is",
		undefined,
		'a window in 2001, reversed',
		word('refused', 'empty', 'other'),
	],
	[
		'unknownParameter',
		'An unknown parameter is',
		'ignored',
		'a request with the parameter probe=1',
		word('ignored', 'refused'),
	],
	['messageFields', 'Fields of messages', undefined, 'names and JSON types', fields],
];

/** Other lists than version 2 are asked with two forms, to save requests. */
const TWO_FORMS = [DATE_FORMS[0], DATE_FORMS[2]];

/** The facts that a report can settle: the one definition of each. */
export const FACTS: readonly Fact[] = [
	...toFacts('', commonRows),
	...toFacts('v2.', [
		...logRows(500, 'an empty list', DATE_FORMS.slice(0, 3)),
		...auditRows,
		...tokenRows,
	]),
	...toFacts('v1.', [...logRows(200, '204', TWO_FORMS), ...auditRows, ...numberedRows]),
	...toFacts('logins.', [...logRows(200, 'an empty list', TWO_FORMS), ...numberedRows]),
	...toFacts('members.', memberRows),
];

const byId = new Map(FACTS.map((fact) => [fact.id, fact]));

/** The fact of an ID; an error for one that is none. */
export function getFact(id: string): Fact {
	const fact = byId.get(id);
	if (!fact) throw new Error(`No fact has the ID ${id}.`);
	return fact;
}
