import type { SimulatedResponse } from './responses.mts';
import { badParameterV2, emptyResponse, jsonTextResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { PageTokens, Position } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import type { AuditLog, LogEntry } from './log.mts';
import { BadParameter, getSingle, parseWholeNumber, parseWindow } from './parameters.mts';

export const auditV2Path = '/log/api/external/v2/audit';

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
	behaviour: Behaviour,
) {
	const startOrContinue = (query: URLSearchParams): Position => {
		const window = parseWindow(query, behaviour);
		const name = JSON.stringify([query.get('from'), query.get('to')]);
		const token = getSingle(query, 'pageToken');
		if (token === undefined) {
			const records = log.read(window, clock.now(), behaviour.order);
			return { sequence: pageTokens.start(name, records), offset: 0, page: 0 };
		}
		const position = pageTokens.parseToken(token);
		if (!position) throw new BadParameter("Parameter 'pageToken' is not valid.");
		if (position.sequence.window !== name) {
			throw new BadParameter("Parameter 'pageToken' belongs to another 'from' and 'to'.");
		}
		return position;
	};

	return (query: URLSearchParams): SimulatedResponse => {
		try {
			const limit = parseWholeNumber(query, 'limit', {
				min: 1,
				max: behaviour.maxPageSizeV2,
				otherwise: 200,
			});
			const position = startOrContinue(query);
			const { sequence, offset, page } = position;
			clock.advance(behaviour.pageTimeMs);

			const leaveEmpty = behaviour.emptyPageWithToken && page % EMPTY_PAGE_INTERVAL === 0;
			const end = leaveEmpty ? offset : Math.min(offset + limit, sequence.records.length);
			const more = leaveEmpty || end < sequence.records.length;
			if (sequence.records.length === 0 && !more && behaviour.v2Empty === '204') {
				return emptyResponse(204);
			}
			const token = more
				? pageTokens.createToken({ sequence, offset: end, page: page + 1 })
				: undefined;
			return createPageResponse(sequence.records.slice(offset, end), token, behaviour);
		} catch (error) {
			if (error instanceof BadParameter) return badParameterV2(error.message);
			throw error;
		}
	};
}

function createPageResponse(
	records: readonly LogEntry[],
	token: string | undefined,
	{ lastToken }: Behaviour,
): SimulatedResponse {
	const content = `"content":[${records.map((entry) => entry.json).join(',')}]`;
	if (token !== undefined) return jsonTextResponse(200, `{${content},"nextPageToken":"${token}"}`);
	const ending = {
		absent: '',
		empty: ',"nextPageToken":""',
		null: ',"nextPageToken":null',
	}[lastToken];
	return jsonTextResponse(200, `{${content}${ending}}`);
}
