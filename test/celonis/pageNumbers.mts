import type { SimulatedResponse } from './responses.mts';
import { badParameterV1, emptyResponse, jsonTextResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { EventLog } from './log.mts';
import { BadParameter, wholeNumber, parseWindow } from './parameters.mts';

/** What a listing by page number may do differently at every request. */
export interface PageRules {
	maxPageSize: number;
	/** How it answers when there is nothing to show. */
	empty: '204' | 'page';
}

/** Pages by number of a log, over what is visible at this very moment, so that they shift. */
export function logPages(
	log: EventLog,
	clock: Clock,
	behaviour: Behaviour,
	rules: () => PageRules,
) {
	return (query: URLSearchParams): SimulatedResponse =>
		unlessBad(() => {
			const window = parseWindow(query, behaviour);
			const read = () => log.read(window, clock.now(), behaviour.order).map((entry) => entry.json);
			const answer = pageOf(read, query, rules());
			clock.advance(behaviour.pageTimeMs);
			return answer;
		});
}

/** One page of a list of JSON texts. `totalCount` counts records. */
export function pageOf(
	read: () => readonly string[],
	query: URLSearchParams,
	{ maxPageSize, empty }: PageRules,
): SimulatedResponse {
	const pageNumber = wholeNumber(query, 'pageNumber', { min: 0, max: 999_999_999, otherwise: 0 });
	const range = { min: 1, max: maxPageSize, otherwise: 200 };
	const pageSize = wholeNumber(query, 'pageSize', range);
	const records = read();
	const page = records.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize);
	if (page.length === 0 && empty === '204') return emptyResponse(204);
	return jsonTextResponse(
		200,
		`{"content":[${page.join(',')}],"pageSize":${pageSize},"pageNumber":${pageNumber},"totalCount":${records.length}}`,
	);
}

/** Turns a bad parameter into the answer that refuses it. */
export function unlessBad(answer: () => SimulatedResponse): SimulatedResponse {
	try {
		return answer();
	} catch (error) {
		if (error instanceof BadParameter) return badParameterV1(error.message);
		throw error;
	}
}
