import type { Behaviour } from './behaviour.mts';
import type { SimulatedResponse } from './responses.mts';

/** What a response with JSON says that it is. */
export type ContentType = keyof typeof CONTENT_TYPE_HEADERS;

export const CONTENT_TYPE_HEADERS = {
	json: 'application/json',
	'problem+json': 'application/problem+json',
	text: 'text/plain;charset=UTF-8',
	html: 'text/html;charset=UTF-8',
	other: 'application/octet-stream',
	none: '',
} as const;

const JSON_TYPE = CONTENT_TYPE_HEADERS.json;

/** Gives responses with JSON the content types of a team, in turn. */
export function createContentTypes({ contentTypes }: Behaviour) {
	let count = 0;
	return (response: SimulatedResponse): SimulatedResponse => {
		const { status, headers } = response;
		if (status !== 200 || headers['content-type'] !== JSON_TYPE) return response;
		const type = contentTypes[count++ % contentTypes.length] ?? 'json';
		return { ...response, headers: { ...headers, 'content-type': CONTENT_TYPE_HEADERS[type] } };
	};
}
