import type { SimulatedResponse } from './responses.mts';
import {
	emptyResponse,
	jsonResponse,
	jsonTextResponse,
	rateLimitExceeded,
	textResponse,
} from './responses.mts';
import type { Fault } from './faults.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import { loginHistoryPath } from './loginHistory.mts';
import { membersPath } from './members.mts';
import type { RecordedRequest } from './requests.mts';
import { tokenPath } from './tokenEndpoint.mts';

/** What answers with a page that has `content`. */
const pagePaths = [auditV1Path, auditV2Path, loginHistoryPath, membersPath];

/** Any answer at all, instead of the real one. */
export function answerWith(
	status: number,
	options: { headers?: Record<string, string>; body?: string | object } = {},
): Fault {
	const { headers = {}, body = '' } = options;
	const type = typeof body === 'string' ? 'text/plain;charset=UTF-8' : 'application/json';
	return {
		name: `answer ${status}`,
		kind: 'answer',
		answer: {
			status,
			headers: body === '' ? headers : { 'content-type': type, ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		},
	};
}

/** A 5xx with the documented body; `reference` is what a user should hand to Celonis' support. */
export function serverError(
	status = 500,
	reference = '00000000-0000-4000-8000-000000000500',
): Fault {
	return answerWith(status, {
		body: {
			reference,
			message: `An unexpected error occurred. Reference: ${reference}`,
			shortMessage: 'An unexpected error occurred.',
		},
	});
}

/** A 429 with the documented body, and whatever headers the test is about. */
export function rateLimited(headers: Record<string, string> = {}, retryAtMs = 22_241_000): Fault {
	const answer = rateLimitExceeded(retryAtMs);
	const all = { ...answer.headers, ...headers };
	return { name: 'rate limited', kind: 'answer', answer: { ...answer, headers: all } };
}

/** A sign-in page with status 200: a wrong team URL, or a session that ended. */
export function htmlPage(): Fault {
	return {
		name: 'HTML page',
		kind: 'answer',
		answer: {
			status: 200,
			headers: { 'content-type': 'text/html;charset=UTF-8' },
			body: '<!DOCTYPE html><html><head><title>Login</title></head><body>Sign in</body></html>',
		},
	};
}

export function redirectTo(location: string, status: 302 | 307 = 302): Fault {
	return { ...answerWith(status, { headers: { location } }), name: `redirect ${status}` };
}

export function emptyOk(): Fault {
	return { name: 'empty 200', kind: 'answer', answer: emptyResponse(200) };
}

export function noContent(): Fault {
	return { name: 'no content', kind: 'answer', answer: emptyResponse(204) };
}

/** JSON that is not an audit page: something else lives at this address. */
export function otherProduct(): Fault {
	const body = { name: 'another service', version: '1.0.0', status: 'UP' };
	return { name: 'other product', kind: 'answer', answer: jsonResponse(200, body) };
}

export function contentMissing(): Fault {
	return changedPage('content missing', ({ content: _content, ...rest }) => rest);
}

export function contentNotAList(): Fault {
	return changedPage('content not a list', (page) => ({ ...page, content: { records: 0 } }));
}

/** The page's first record is no object. */
export function recordNotAnObject(record: unknown = 'not a record'): Fault {
	return changedRecords('record not an object', () => record);
}

/** The page's first record has a timestamp that is no date. */
export function timestampNoDate(timestamp: unknown = 'yesterday'): Fault {
	return changedRecords('timestamp no date', (first) => ({ ...Object(first), timestamp }));
}

/** Version 2 answers a page with the very token that asked for it. */
export function repeatToken(): Fault {
	const fault = changedPage('repeated token', (page, request) => ({
		...page,
		nextPageToken: request.query.pageToken,
	}));
	return { ...fault, possibleFor: ({ path, query }) => path === auditV2Path && !!query.pageToken };
}

/** The token endpoint refuses, with an error of RFC 6749. */
export function tokenFailure(error: string, status = 400, description = 'Refused.'): Fault {
	return {
		name: `token ${error}`,
		kind: 'answer',
		answer: jsonResponse(status, { error, error_description: description }),
		possibleFor: ({ path }) => path === tokenPath,
	};
}

export function truncatedBody(): Fault {
	return { name: 'truncated body', kind: 'truncate' };
}

/** The whole of an answer as far as HTTP is concerned, but only the first half of its JSON. */
export function cutJson(): Fault {
	return {
		name: 'cut JSON',
		kind: 'change',
		change: (answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }),
	};
}

/** An answer that does not say when it was given. */
export function withoutDate(): Fault {
	return {
		name: 'without date',
		kind: 'change',
		change: (answer) => ({ ...answer, headers: { ...answer.headers, date: '' } }),
	};
}

/** Every page is empty and names a next one. */
export function emptyPagesForEver(): Fault {
	let pages = 0;
	return {
		name: 'empty pages',
		kind: 'change',
		possibleFor: ({ path }) => path === auditV2Path,
		change: () => jsonResponse(200, { content: [], nextPageToken: `page-${++pages}` }),
	};
}

/** Version 1 counts more records at each request. */
export function growingCount(): Fault {
	let more = 1;
	return changedPage('growing count', (page) => ({
		...page,
		totalCount: Number(page.totalCount) + more++,
	}));
}

/** The request is carried out, but a gateway answers that it was not. */
export function lostAnswer(status = 502): Fault {
	return {
		name: `lost answer ${status}`,
		kind: 'change',
		change: () => textResponse(status, 'Bad Gateway'),
	};
}

export function trickle(): Fault {
	return { name: 'trickle', kind: 'trickle' };
}

export function flood(): Fault {
	return { name: 'flood', kind: 'flood' };
}

export function resetBeforeAnswer(): Fault {
	return { name: 'reset before answer', kind: 'reset', at: 'start' };
}

export function resetInBody(): Fault {
	return { name: 'reset in body', kind: 'reset', at: 'body' };
}

export function hang(): Fault {
	return { name: 'hang', kind: 'hang' };
}

type Page = Record<string, unknown>;

/** Changes a page of records that was read without error; an answer without a body stays as it is. */
function changedPage(name: string, change: (page: Page, request: RecordedRequest) => Page): Fault {
	return {
		name,
		kind: 'change',
		possibleFor: ({ path }) => pagePaths.includes(path),
		change: (answer, request): SimulatedResponse => {
			if (answer.status !== 200) return answer;
			const page = JSON.parse(answer.body) as Page;
			const changed = jsonTextResponse(200, JSON.stringify(change(page, request)));
			return { ...changed, headers: answer.headers };
		},
	};
}

function changedRecords(name: string, change: (first: unknown) => unknown): Fault {
	return changedPage(name, (page) => {
		const [first, ...rest] = page.content as unknown[];
		return { ...page, content: [change(first), ...rest] };
	});
}
