import { auditV1Path } from '../auditV1.mts';
import { auditV2Path } from '../auditV2.mts';
import { loginHistoryPath } from '../loginHistory.mts';
import { membersPath } from '../members.mts';
import type { RecordedRequest } from '../requests.mts';
import { jsonResponse, jsonTextResponse, type SimulatedResponse } from '../responses.mts';
import type { InjectedFault } from './faultInjector.mts';

/** The endpoints that respond with a page of records. */
export const PAGE_PATHS = [auditV1Path, auditV2Path, loginHistoryPath, membersPath];

export function contentMissing(): InjectedFault {
	return transformPage('content missing', ({ content: _content, ...rest }) => rest);
}

export function contentNotAList(): InjectedFault {
	return transformPage('content not a list', (page) => ({ ...page, content: { records: 0 } }));
}

/** The page's first record is not an object. */
export function recordNotAnObject(record: unknown = 'not a record'): InjectedFault {
	return transformFirstRecord('record not an object', () => record);
}

/** The page's first record has a timestamp that is not a date. */
export function invalidTimestamp(timestamp: unknown = 'yesterday'): InjectedFault {
	return transformFirstRecord('timestamp no date', (first) => ({ ...Object(first), timestamp }));
}

/** Every record of a page is sent in another form. */
export function changeRecords(change: (record: Page) => Page): InjectedFault {
	return transformPage('records changed', (page) => ({
		...page,
		content: (page.content as Page[]).map(change),
	}));
}

/** Version 2 repeats the page token of the request. */
export function repeatToken(): InjectedFault {
	const fault = transformPage('repeated token', (page, request) => ({
		...page,
		nextPageToken: request.query.pageToken,
	}));
	return { ...fault, possibleFor: ({ path, query }) => path === auditV2Path && !!query.pageToken };
}

/** A page of version 2 whose token is neither a text nor a number. */
export function unusablePageToken(token: unknown = { offset: 500 }): InjectedFault {
	const fault = transformPage('unusable token', (page) => ({ ...page, nextPageToken: token }));
	return { ...fault, possibleFor: ({ path }) => path === auditV2Path };
}

/** A page of version 2 that ends the sequence, although its other fields say that more follows. */
export function tokenMissing(promise: Page = { hasMore: true }): InjectedFault {
	const fault = transformPage('token missing', ({ nextPageToken: _token, ...page }) => ({
		...page,
		...promise,
	}));
	return { ...fault, possibleFor: ({ path }) => path === auditV2Path };
}

/** A page that tells of an error and has the first half of its records. */
export function partialPage(error: Page = { error: 'Shard 2 timed out' }): InjectedFault {
	return transformPage('partial page', ({ content, ...page }) => {
		const records = content as unknown[];
		return { content: records.slice(0, Math.floor(records.length / 2)), ...page, ...error };
	});
}

/** A page with its list under another name. */
export function renameList(name: string): InjectedFault {
	return transformPage(`list under ${name}`, ({ content, ...page }) => ({
		[name]: content,
		...page,
	}));
}

/** A page of records with further fields beside them. */
export function pageWith(fields: Page): InjectedFault {
	return transformPage('page with more fields', (page) => ({ ...page, ...fields }));
}

/** Every page is empty and has a token of a next page. */
export function endlessEmptyPages(): InjectedFault {
	let pages = 0;
	return {
		name: 'empty pages',
		type: 'transform',
		possibleFor: ({ path }) => path === auditV2Path,
		transform: () => jsonResponse(200, { content: [], nextPageToken: `page-${++pages}` }),
	};
}

/** Both the `totalCount` of version 1 and its records are others with each request. */
export function shiftingPages(): InjectedFault {
	let requests = 0;
	return transformPage('shifting pages', ({ content, totalCount, ...page }) => {
		requests++;
		const records = (content as Page[]).map((record) => ({ ...record, port: String(requests) }));
		return { ...page, content: records, totalCount: Number(totalCount) + requests };
	});
}

type Page = Record<string, unknown>;

/** Changes a successful page of records; other responses stay as they are. */
function transformPage(
	name: string,
	change: (page: Page, request: RecordedRequest) => Page,
): InjectedFault {
	return {
		name,
		type: 'transform',
		possibleFor: ({ path }) => PAGE_PATHS.includes(path),
		transform: (response, request): SimulatedResponse => {
			if (response.status !== 200) return response;
			const page = JSON.parse(response.body) as Page;
			const changed = jsonTextResponse(200, JSON.stringify(change(page, request)));
			return { ...changed, headers: response.headers };
		},
	};
}

function transformFirstRecord(name: string, change: (first: unknown) => unknown): InjectedFault {
	return transformPage(name, (page) => {
		const [first, ...rest] = page.content as unknown[];
		return { ...page, content: [change(first), ...rest] };
	});
}
