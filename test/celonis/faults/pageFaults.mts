import { auditV1Path } from '../auditV1.mts';
import { auditV2Path } from '../auditV2.mts';
import { loginHistoryPath } from '../loginHistory.mts';
import { membersPath } from '../members.mts';
import type { RecordedRequest } from '../requests.mts';
import { jsonResponse, jsonTextResponse, type SimulatedResponse } from '../responses.mts';
import type { InjectedFault } from './faultInjector.mts';

/** The endpoints that respond with a page of records. */
const PAGE_PATHS = [auditV1Path, auditV2Path, loginHistoryPath, membersPath];

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

/** Version 2 repeats the page token of the request. */
export function repeatToken(): InjectedFault {
	const fault = transformPage('repeated token', (page, request) => ({
		...page,
		nextPageToken: request.query.pageToken,
	}));
	return { ...fault, possibleFor: ({ path, query }) => path === auditV2Path && !!query.pageToken };
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

/** The `totalCount` of version 1 grows with each request. */
export function growingCount(): InjectedFault {
	let more = 1;
	return transformPage('growing count', (page) => ({
		...page,
		totalCount: Number(page.totalCount) + more++,
	}));
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
