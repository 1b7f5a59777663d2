import fc from 'fast-check';
import { isCelonisError, type CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { check, type Properties } from './check.mts';

type Envelope = Readonly<Record<string, unknown>>;

const RECORD = { timestamp: '2026-06-01T08:00:00Z', status: 500, error: 'of the record' };
const LISTS = ['content', 'records', 'Items', 'audit_events', 'data'];
const NUMBERS = ['totalCount', 'pageNumber', 'pageSize'];
const OTHERS = ['messages', 'links', 'foo', '_embedded'];
const SIGNS = [
	'errors',
	'error',
	'errorCode',
	'status',
	'statusCode',
	'code',
	'success',
	'message',
];

const values = fc.oneof(
	fc.constantFrom<unknown>(null, [], {}, 0, '', true, false, 200, '200', 404, '503', 7, -1),
	fc.constantFrom<unknown>('text', 'OK', 'maintenance', 'ERROR', { a: 1 }, [null], ['text']),
	fc.constantFrom<unknown>([RECORD], [RECORD, RECORD]),
);

const envelopes: fc.Arbitrary<Envelope> = fc.dictionary(
	fc.oneof(
		fc.constantFrom(...LISTS),
		fc.constantFrom(...LISTS, ...NUMBERS, ...OTHERS, ...SIGNS, 'nextPageToken', 'hasMore'),
	),
	values,
	{ maxKeys: 4, noNullPrototype: true },
);

/** A page that nobody can take for anything else, by the documents. */
const pages: fc.Arbitrary<Envelope> = fc
	.tuple(
		fc.integer({ min: 0, max: 3 }),
		fc.record(
			{
				pageNumber: fc.constant(0),
				pageSize: fc.constantFrom(200, 500),
				nextPageToken: fc.constantFrom('', null),
				error: fc.constantFrom(null, '', false),
				errors: fc.constantFrom(null, []),
				status: fc.constantFrom(200, '200', 'OK'),
				success: fc.constantFrom(true, 'true'),
			},
			{ requiredKeys: [] },
		),
		fc.constantFrom(...LISTS),
		fc.boolean(),
	)
	.map(([count, fields, name, isCounted]) => ({
		...fields,
		[name]: new Array<unknown>(count).fill(RECORD),
		...(isCounted && { totalCount: count }),
	}));

/** What is around the records of a response. */
export const envelopeProperties: Properties = {
	'envelopes: all records, an error, or a log that says that it is empty': fc.asyncProperty(
		envelopes,
		async (envelope) => {
			for (const [version, records] of await readFirstPages(envelope)) {
				if (isCelonisError(records)) continue;
				check(!tellsOfError(envelope), `${version}: an error was taken for a page`);
				if (records.length > 0) {
					const lists = LISTS.map((name) => envelope[name]);
					check(lists.includes(records), `${version}: the records are not those of the list`);
				} else {
					check(saysEmpty(envelope), `${version}: it was taken for an empty log`);
				}
				check(
					version !== 'v2' || !isUnusable(envelope.nextPageToken),
					'an unusable token was taken for the end',
				);
			}
		},
	),

	'envelopes: a page is a page': fc.asyncProperty(pages, async (envelope) => {
		const list = Object.values(envelope).find((value) => Array.isArray(value) && value[0]);
		const count = Array.isArray(list) ? list.length : 0;
		for (const [version, records] of await readFirstPages(envelope)) {
			if (isCelonisError(records)) throw new Error(`${version}: ${records.details.code}`);
			check(records.length === count, `${version}: ${records.length} of ${count} records`);
		}
	}),
};

/** The records of the first page, or the error, by each version of the API. */
async function readFirstPages(
	body: Envelope,
): Promise<ReadonlyArray<readonly ['v1' | 'v2', readonly unknown[] | CelonisError]>> {
	const response = { status: 200, headers: {}, body, sentAtMs: 0, durationMs: 1 };
	const send = async () => {
		const error = classifyResponse('auditLog', response);
		if (error) throw error;
		return response;
	};
	const connection = { api: 'auditLog', team: 'team.example', send } as const;
	return [
		['v1', await readFirstPage(createPageNumberPaginator(connection, { path: '/' }))],
		['v2', await readFirstPage(createPageTokenPaginator(connection, '/'))],
	];
}

async function readFirstPage(paginate: Paginator): Promise<readonly unknown[] | CelonisError> {
	try {
		for await (const { records } of paginate()) return records;
	} catch (error) {
		if (isCelonisError(error)) return error;
		throw error;
	}
	throw new Error('no page');
}

function tellsOfError(envelope: Envelope): boolean {
	const { errors, error, errorCode, status, statusCode, code, success } = envelope;
	const isSomething = (value: unknown) =>
		['{"a":1}', '["text"]', '"text"', '"maintenance"', '"ERROR"', 'true'].includes(
			JSON.stringify(value),
		) ||
		(Number(value) !== 0 && typeof value === 'number') ||
		['200', '503'].includes(String(value)) ||
		(Array.isArray(value) && value.includes(RECORD));
	return (
		[errors, error, errorCode].some(isSomething) ||
		[status, statusCode, code].some((value) => ['404', '503', 'ERROR'].includes(String(value))) ||
		[false, 0].includes(success as never)
	);
}

/** Whether an envelope says that there is nothing to show, and nothing else. */
function saysEmpty(envelope: Envelope): boolean {
	const lists = LISTS.filter((name) => Object.hasOwn(envelope, name)).map((name) => envelope[name]);
	const { totalCount, message, messages, status, hasMore } = envelope;
	if (lists.some((list) => Array.isArray(list) && list.length > 0)) return false;
	if (status === 'maintenance' || status === 'text') return false;
	if (['text', 'maintenance', 'ERROR'].includes(String(message))) return false;
	if (Array.isArray(messages) && messages.includes('text')) return false;
	if (lists.some((list) => Array.isArray(list))) return true;
	const hasOthers = [...OTHERS, 'message'].some((name) => Object.hasOwn(envelope, name));
	const isCountZero = totalCount === undefined || totalCount === null || totalCount === 0;
	const isNull = lists.every((list) => list === null);
	return (
		!hasOthers &&
		isCountZero &&
		isNull &&
		hasMore !== true &&
		(lists.length > 0 || totalCount === 0)
	);
}

function isUnusable(token: unknown): boolean {
	return typeof token === 'boolean' || (typeof token === 'object' && token !== null);
}
