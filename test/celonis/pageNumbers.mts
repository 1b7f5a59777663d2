import type { SimulatedResponse } from './responses.mts';
import { badParameterV1, emptyResponse, jsonResponse, jsonTextResponse } from './responses.mts';
import type { Behaviour, EmptyForm, TotalCount } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { EventLog } from './log.mts';
import { createRecordFormat } from './recordFormat.mts';
import { BadParameter, checkNames, parseWholeNumber, parseWindow } from './parameters.mts';

/** How a list with page numbers behaves at a request. */
export interface PageRules
	extends Pick<
		Behaviour,
		'cappedPageSize' | 'ignoresPageSize' | 'sendsPageSize' | 'totalCount' | 'listName'
	> {
	maxPageSize: number;
	/** How it responds when there is nothing to show. */
	empty: EmptyForm;
}

const PARAMETERS = ['pageNumber', 'pageSize', 'from', 'to'];

/** Pages by number of a log, over the records that are visible now, so that pages shift. */
export function createLogHandler(
	log: EventLog,
	clock: Clock,
	getBehaviour: () => Behaviour,
	getRules: (behaviour: Behaviour) => PageRules,
) {
	return (query: URLSearchParams): SimulatedResponse =>
		respondOrReject(() => {
			const behaviour = getBehaviour();
			checkNames(query, PARAMETERS, behaviour);
			const window = parseWindow(query, behaviour);
			const format = createRecordFormat(behaviour);
			const read = () => log.read(window, clock.now(), behaviour.order).map(format);
			const response = createPageResponse(read, query, getRules(behaviour));
			clock.advance(behaviour.pageTimeMs);
			return response;
		});
}

/** One page of a list of JSON texts. */
export function createPageResponse(
	read: () => readonly string[],
	query: URLSearchParams,
	{ maxPageSize, empty, ...rules }: PageRules,
): SimulatedResponse {
	const pageNumber = parseWholeNumber(query, 'pageNumber', {
		min: 0,
		max: 999_999_999,
		otherwise: 0,
	});
	const range = { min: 1, max: maxPageSize, otherwise: 200 };
	const requested = parseWholeNumber(query, 'pageSize', range);
	const pageSize = rules.ignoresPageSize ? 1_000_000 : Math.min(requested, rules.cappedPageSize);
	const records = read();
	const page = records.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize);
	const paging = {
		pageSize: rules.sendsPageSize ? pageSize : undefined,
		pageNumber,
		totalCount: countTotal(records.length, pageSize, rules.totalCount),
	};
	if (page.length === 0 && empty === '204') return emptyResponse(204);
	if (records.length === 0 && empty === 'nullContent') {
		return jsonResponse(200, { [rules.listName]: null, ...paging });
	}
	if (records.length === 0 && empty === 'onlyCount') return jsonResponse(200, paging);
	const fields = JSON.stringify(paging).slice(1);
	return jsonTextResponse(200, `{"${rules.listName}":[${page.join(',')}],${fields}`);
}

function countTotal(records: number, pageSize: number, totalCount: TotalCount): unknown {
	if (typeof totalCount === 'function') return totalCount(records, pageSize);
	const counts = { records, pages: Math.ceil(records / pageSize), text: String(records) };
	return counts[totalCount];
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
