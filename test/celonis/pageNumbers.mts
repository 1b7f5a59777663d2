import type { SimulatedResponse } from './responses.mts';
import { badParameterV1, emptyResponse, jsonTextResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { EventLog } from './log.mts';
import { BadParameter, parseWholeNumber, parseWindow } from './parameters.mts';

/** How a list with page numbers behaves at a request. */
export interface PageRules {
	maxPageSize: number;
	/** How it responds when there is nothing to show. */
	empty: '204' | 'page';
}

/** Pages by number of a log, over the records that are visible now, so that pages shift. */
export function createLogHandler(
	log: EventLog,
	clock: Clock,
	behaviour: Behaviour,
	rules: () => PageRules,
) {
	return (query: URLSearchParams): SimulatedResponse =>
		respondOrReject(() => {
			const window = parseWindow(query, behaviour);
			const read = () => log.read(window, clock.now(), behaviour.order).map((entry) => entry.json);
			const response = createPageResponse(read, query, rules());
			clock.advance(behaviour.pageTimeMs);
			return response;
		});
}

/** One page of a list of JSON texts. `totalCount` counts records. */
export function createPageResponse(
	read: () => readonly string[],
	query: URLSearchParams,
	{ maxPageSize, empty }: PageRules,
): SimulatedResponse {
	const pageNumber = parseWholeNumber(query, 'pageNumber', {
		min: 0,
		max: 999_999_999,
		otherwise: 0,
	});
	const range = { min: 1, max: maxPageSize, otherwise: 200 };
	const pageSize = parseWholeNumber(query, 'pageSize', range);
	const records = read();
	const page = records.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize);
	if (page.length === 0 && empty === '204') return emptyResponse(204);
	return jsonTextResponse(
		200,
		`{"content":[${page.join(',')}],"pageSize":${pageSize},"pageNumber":${pageNumber},"totalCount":${records.length}}`,
	);
}

/** Responds to a bad parameter with an error. */
export function respondOrReject(response: () => SimulatedResponse): SimulatedResponse {
	try {
		return response();
	} catch (error) {
		if (error instanceof BadParameter) return badParameterV1(error.message);
		throw error;
	}
}
