// The words of a report. A server chooses among them, and adds none.

/** How a request ended. */
export const ACCESS = [
	'ok',
	'empty',
	'unauthorized',
	'forbidden',
	'scope refused',
	'not found',
	'bad request',
	'other refusal',
	'server error',
	'redirect',
	'no JSON',
	'no page',
	'no connection',
	'timeout',
] as const;

export type Access = (typeof ACCESS)[number];

/** How a list shows that it has nothing. */
export const EMPTY_FORMS = ['204', 'an empty list', 'null', 'no list', 'refused', 'other'] as const;

export type EmptyForm = (typeof EMPTY_FORMS)[number];

export const LIST_NAMES = [
	'content',
	'items',
	'data',
	'results',
	'records',
	'events',
	'entries',
	'elements',
	'values',
	'list',
	'another name',
	'the page itself',
	'none',
] as const;

export const TIMESTAMP_FORMS = [
	'yyyy-MM-ddTHH:mm:ss.SSSZ',
	'yyyy-MM-ddTHH:mm:ssZ',
	'another fraction of a second, Z',
	'with an offset',
	'without a zone',
	'with a blank for T',
	'epoch seconds',
	'epoch seconds as text',
	'epoch milliseconds',
	'epoch milliseconds as text',
	'a list',
	'M/d/yyyy, h:mm:ss AM UTC',
	'null',
	'another form',
] as const;

export type TimestampForm = (typeof TIMESTAMP_FORMS)[number];

export const DATE_FORMS = [
	'yyyy-MM-ddTHH:mm:ss.SSSZ',
	'yyyy-MM-ddTHH:mm:ssZ',
	'yyyy-MM-ddTHH:mm:ss',
	'yyyy-MM-ddTHH:mm:ss.SSS+00:00',
	'epoch milliseconds',
] as const;

export type DateForm = (typeof DATE_FORMS)[number];

export const LATENESS = [
	'0 minutes',
	'1 minute',
	'2 minutes',
	'5 minutes',
	'10 minutes',
	'20 minutes',
	'30 minutes',
	'60 minutes',
	'more',
] as const;

export const CONTENT_TYPES = ['json', 'problem+json', 'text', 'html', 'other', 'none'] as const;

export const HEADERS = [
	'age',
	'cache-control',
	'connection',
	'content-encoding',
	'content-length',
	'content-security-policy',
	'content-type',
	'date',
	'deprecation',
	'etag',
	'expires',
	'keep-alive',
	'last-modified',
	'link',
	'location',
	'pragma',
	'ratelimit-limit',
	'ratelimit-policy',
	'ratelimit-remaining',
	'ratelimit-reset',
	'retry-after',
	'server',
	'server-timing',
	'set-cookie',
	'strict-transport-security',
	'sunset',
	'traceparent',
	'transfer-encoding',
	'vary',
	'via',
	'warning',
	'www-authenticate',
	'x-content-type-options',
	'x-correlation-id',
	'x-frame-options',
	'x-ratelimit-limit',
	'x-ratelimit-remaining',
	'x-ratelimit-reset',
	'x-ratelimit-retry-after-seconds',
	'x-request-id',
	'x-total-count',
	'x-trace-id',
	'x-xss-protection',
] as const;
