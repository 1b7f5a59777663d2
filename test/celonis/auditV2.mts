import { auditV2Path } from './auditPaths.mts';
import type { SimulatedResponse } from './responses.mts';
import {
	badParameterV2,
	emptyResponse,
	expiredPageToken,
	jsonResponse,
	jsonTextResponse,
} from './responses.mts';
import { getListBehaviour, type Behaviour, type EmptyForm } from './behaviour.mts';
import { TokenAges, type PageToken, type PageTokens, type Position } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import type { AuditLog, LogEntry } from './log.mts';
import {
	BadParameter,
	checkNames,
	getSingle,
	parseWholeNumber,
	parseWindow,
} from './parameters.mts';
import { createRecordFormat } from './recordFormat.mts';

export { auditV2Path };

/** The page token of a request has expired. */
class ExpiredToken extends Error {}

const PARAMETERS = ['limit', 'pageToken', 'from', 'to'];

/** With `emptyPageWithToken`, the pages 0, 3, 6 … of a sequence are empty. */
const EMPTY_PAGE_INTERVAL = 3;

/**
 * Version 2: pages by token, over the records that were visible when the first page was requested. Events
 * that arrive while a sequence is read do not shift it ("more stable pagination", Celonis' changelog).
 */
export function createAuditV2Handler(
	log: AuditLog,
	pageTokens: PageTokens,
	clock: Clock,
	common: Behaviour,
) {
	const ages = new TokenAges(clock, common);
	const startOrContinue = (query: URLSearchParams, behaviour: Behaviour): Position => {
		const window = parseWindow(query, behaviour);
		const name = JSON.stringify([query.get('from'), query.get('to')]);
		const token = getSingle(query, 'pageToken');
		if (token === undefined) {
			const records = log.read(window, clock.now(), behaviour.order);
			return { sequence: pageTokens.start(name, records), offset: 0, page: 0 };
		}
		if (ages.isExpired(token)) throw new ExpiredToken();
		const position = pageTokens.parseToken(token);
		if (!position) throw new BadParameter("Parameter 'pageToken' is not valid.");
		if (position.sequence.window !== name) checkWindow(query, behaviour);
		return position;
	};

	return (query: URLSearchParams): SimulatedResponse => {
		const behaviour = getListBehaviour(common, 'v2');
		try {
			ages.countRequest();
			checkNames(query, PARAMETERS, behaviour);
			const requested = parseWholeNumber(query, 'limit', {
				min: 1,
				max: behaviour.maxPageSizeV2,
				otherwise: 200,
			});
			const position = startOrContinue(query, behaviour);
			const { sequence, offset, page } = position;
			const limit = behaviour.ignoresPageSize
				? Infinity
				: Math.min(chooseLimit(requested, position, behaviour), behaviour.cappedPageSize);
			clock.advance(behaviour.pageTimeMs);

			const leaveEmpty = behaviour.emptyPageWithToken && page % EMPTY_PAGE_INTERVAL === 0;
			const end = leaveEmpty ? offset : Math.min(offset + limit, sequence.records.length);
			const more = leaveEmpty || end < sequence.records.length;
			const empty =
				sequence.records.length === 0 && !more ? EMPTY_RESPONSES[behaviour.v2Empty] : undefined;
			if (empty) return empty(behaviour.listName);
			const token = more
				? pageTokens.createToken(
						{ sequence, offset: end, page: page + 1, limit: requested },
						behaviour.tokenForm,
					)
				: undefined;
			ages.issue(token);
			return createPageResponse(sequence.records.slice(offset, end), token, behaviour);
		} catch (error) {
			if (error instanceof BadParameter) return badParameterV2(error.message);
			if (error instanceof ExpiredToken) {
				return expiredPageToken(behaviour.expiredTokenStatus, auditV2Path, clock.now());
			}
			throw error;
		}
	};
}

/** Refuses a page token with another window than that of the request that issued it. */
function checkWindow(query: URLSearchParams, behaviour: Behaviour): void {
	const isOmitted = !query.has('from') && !query.has('to');
	const { tokenWithoutWindow, tokenOtherWindow } = behaviour;
	if ((isOmitted ? tokenWithoutWindow : tokenOtherWindow) === 'samePage') return;
	throw new BadParameter("Parameter 'pageToken' belongs to another 'from' and 'to'.");
}

/** The limit of a request with a token may differ from that of the request that issued it. */
function chooseLimit(requested: number, { limit }: Position, behaviour: Behaviour): number {
	if (limit === undefined || limit === requested) return requested;
	if (behaviour.tokenOtherLimit === 'refused') {
		throw new BadParameter("Parameter 'pageToken' belongs to another 'limit'.");
	}
	return behaviour.tokenOtherLimit === 'applied' ? requested : limit;
}

/** How an empty log is shown, unless by a page with an empty list. */
const EMPTY_RESPONSES: Readonly<
	Record<EmptyForm, ((listName: string) => SimulatedResponse) | undefined>
> = {
	'204': () => emptyResponse(204),
	page: undefined,
	nullContent: (listName) => jsonResponse(200, { [listName]: null, nextPageToken: null }),
	onlyCount: () => jsonResponse(200, { totalCount: 0 }),
};

function createPageResponse(
	records: readonly LogEntry[],
	token: PageToken | undefined,
	behaviour: Behaviour,
): SimulatedResponse {
	const { lastToken, listName } = behaviour;
	const format = createRecordFormat(behaviour);
	const content = `"${listName}":[${records.map(format).join(',')}]`;
	if (token !== undefined)
		return jsonTextResponse(200, `{${content},"nextPageToken":${JSON.stringify(token)}}`);
	const ending = {
		absent: '',
		empty: ',"nextPageToken":""',
		null: ',"nextPageToken":null',
	}[lastToken];
	return jsonTextResponse(200, `{${content}${ending}}`);
}
